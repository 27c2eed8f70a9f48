/**
 * Sockets below UDP, without a thread of their own: {@link org.vrrp4j.linux.socket.RawSocket} for advertisements (IP
 * protocol 112, raw(7)) and {@link org.vrrp4j.linux.socket.PacketSocket} for whole Ethernet frames (packet(7)).
 *
 * <p>Not here: what is in the packets, and waiting for them; an event loop watches {@code fd()}.
 */
package org.vrrp4j.linux.socket;
