/** What the tests of this module share: a loop turned by hand, a fake kernel, real network namespaces. */
package org.vrrp4j.linux.testing;
