/**
 * Sockets without a thread of their own: {@link org.vrrp4j.linux.socket.RawSocket} for advertisements (IP
 * protocol 112, raw(7)), {@link org.vrrp4j.linux.socket.PacketSocket} for sending whole Ethernet frames (packet(7)),
 * {@link org.vrrp4j.linux.socket.CaptureSocket} for seeing all advertisements on a wire; and {@link
 * org.vrrp4j.linux.socket.UdpSocket} for datagrams whose TTL matters (udp(7)).
 *
 * <p>Not here: what is in the packets, and, but for the capture, waiting for them; an event loop
 * watches {@code fd()}.
 */
package org.vrrp4j.linux.socket;
