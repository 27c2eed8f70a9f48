package org.vrrp4j.model;

/**
 * What a VRRPv3 checksum over IPv4 covers. RFC 9568, 5.2.8 takes the message alone; what RFC 5798 routers do,
 * keepalived, FRR and MikroTik among them, adds the IPv4 pseudo-header. Received packets may have either form, and
 * if a router wants that the one of old keepalived too.
 */
public enum ChecksumForm {
    /** The pseudo-header (source, destination, protocol, length) and the message. */
    PSEUDO_HEADER,
    /** The message only. */
    MESSAGE_ONLY,
    /** As {@link #PSEUDO_HEADER}, but with the multicast group as destination of a packet to a single host. */
    GROUP_PSEUDO_HEADER
}
