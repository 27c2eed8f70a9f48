/** Tests of who else claims an address. */
package org.vrrp4j.linux.holder;
