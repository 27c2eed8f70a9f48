/** Tests of the package. */
package org.vrrp4j.linux.settings;
