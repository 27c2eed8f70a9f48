/**
 * Bytes to values and back: VRRP advertisements of version 2 (RFC 3768, 5.1; RFC 2338 for the password) and version 3
 * (RFC 9568, 5.1), the Internet checksum (RFC 1071), the IP headers in front of a message (RFC 791, 3.1; RFC 8200, 3)
 * and the frames that announce addresses, and say who has them: ARP (RFC 826) and neighbour advertisements (RFC 4861).
 * Decoding never throws for what a peer sent: it answers with a {@link org.vrrp4j.packet.PacketRejection}, or with
 * nothing. Nothing here knows
 * sockets, roles or time.
 */
package org.vrrp4j.packet;
