package org.vrrp4j.model;

/**
 * Which check a received packet failed. A rejected packet changes nothing but its counter: no timer, no role. The order
 * is that of the checks.
 */
public enum RejectionReason {
    /** The IPv4 header is damaged or too short. */
    IP_HEADER("damaged IP header"),
    /** The TTL or hop limit is not 255, so the packet may come from another network (RFC 9568, 5.1.1.3). */
    TTL("TTL or hop limit is not 255"),
    /** The message ends before its fixed part or its addresses do. */
    TRUNCATED("truncated"),
    /** The version is neither 2 nor 3, or version 2 came over IPv6. */
    VERSION("unknown version"),
    /** The type is not ADVERTISEMENT. */
    TYPE("unknown type"),
    /** The VRID is 0. */
    VRID_ZERO("VRID is 0"),
    /** The count of addresses is 0. */
    NO_ADDRESSES("no addresses"),
    /** There are bytes behind the end of the message. */
    LENGTH("longer than its content"),
    /** The checksum is wrong in every accepted form. */
    CHECKSUM("wrong checksum"),
    /** The advertisement interval is 0. */
    INTERVAL_ZERO("interval is 0"),
    /**
     * The first IPv6 address is not link-local (RFC 9568, 5.2.9): rejected by a strict router only. A message in which
     * any of them is no IPv6 address at all, but an IPv4-mapped one, always is.
     */
    NOT_LINK_LOCAL("first IPv6 address is not link-local"),
    /** No router of this node has this VRID on this interface. */
    VRID_UNKNOWN("VRID is not configured here"),
    /** The packet came to the multicast group, and the router has unicast peers. */
    MULTICAST("multicast, but this router has unicast peers"),
    /** The packet came to an address of this host, and the router has no unicast peers. */
    UNICAST("unicast, but this router has no unicast peers"),
    /** The sender is none of the router's unicast peers. */
    NOT_A_PEER("sender is not a unicast peer of this router"),
    /** The TTL or hop limit is outside of what this unicast peer is configured with. */
    PEER_TTL("TTL or hop limit is not that of this peer"),
    /** The packet has this node's own source address: it is ours, or another host uses our address. */
    OWN_ADDRESS("sent from our own address"),
    /** The router runs the other version. */
    VERSION_MISMATCH("version differs from the configured one"),
    /** The Auth Type differs from the configured one (RFC 3768, 5.3.6). */
    AUTHENTICATION_TYPE("authentication type differs from the configured one"),
    /** The password is wrong. */
    AUTHENTICATION_FAILED("wrong password"),
    /** The addresses of a VRRPv2 packet are not the configured ones (RFC 3768, 7.1). */
    ADDRESS_LIST("addresses differ from the configured ones"),
    /** The VRRPv2 interval differs from the configured one (RFC 3768, 7.1). */
    INTERVAL_MISMATCH("interval differs from the configured one");

    private final String text;

    RejectionReason(String text) {
        this.text = text;
    }

    /** The failed check in words, for log lines. */
    public String text() {
        return text;
    }
}
