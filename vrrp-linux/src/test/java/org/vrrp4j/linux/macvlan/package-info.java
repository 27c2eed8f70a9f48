/** Tests of the aliases by which interfaces are known; what the kernel does is seen live. */
package org.vrrp4j.linux.macvlan;
