/** Tests of the packet filter. */
package org.vrrp4j.linux.filter;
