package org.vrrp4j.config;

/**
 * How a router bears with keepalived up to 1.3.6, whose version 3 checksums over IPv4 to unicast peers cover a
 * pseudo-header with the multicast group instead of the peer; keepalived's {@code old_unicast_checksum}.
 */
public enum UnicastChecksum {
    /** Both are accepted, and a peer is sent what its last advertisement had. */
    AS_PEER,

    /** Both are accepted, and every peer is sent the old one. */
    OLD,

    /** Only the right one is sent and accepted. */
    STANDARD
}
