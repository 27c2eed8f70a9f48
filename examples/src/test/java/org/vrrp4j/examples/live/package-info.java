/**
 * The whole of it on real wires: {@code vrrp run} in its own JVMs, real keepalived, real kernel addresses, each test
 * in a network lab of its own. Time decides nothing here but the order of the kernel's own events; waits are generous.
 */
package org.vrrp4j.examples.live;
