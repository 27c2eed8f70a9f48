/**
 * Hears when another host on the link says that it has an address that is held here.
 *
 * <p>Not here: what follows from it (the router's machine), the frames ({@link org.vrrp4j.packet.AddressHolder}) and
 * the kernel's filter ({@link org.vrrp4j.linux.socket.HolderSocket}).
 */
package org.vrrp4j.linux.holder;
