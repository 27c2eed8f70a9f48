/**
 * Tells neighbours where virtual addresses are: {@link org.vrrp4j.linux.announce.FrameAnnouncer} by gratuitous ARP for
 * IPv4 (RFC 9568, 8.1.2) and neighbour advertisements for IPv6 (8.2.2), through a packet socket (packet(7)).
 *
 * <p>Not here: the frames ({@code org.vrrp4j.packet}) and when they are sent (the runtime).
 */
package org.vrrp4j.linux.announce;
