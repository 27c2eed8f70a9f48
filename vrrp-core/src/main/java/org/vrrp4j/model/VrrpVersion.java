package org.vrrp4j.model;

/** The protocol version of a virtual router. */
public enum VrrpVersion {
    /** VRRPv2, RFC 3768 (with the authentication of RFC 2338): IPv4, whole seconds. */
    V2(2),
    /** VRRPv3, RFC 9568: IPv4 and IPv6, centiseconds. */
    V3(3);

    private final int number;

    VrrpVersion(int number) {
        this.number = number;
    }

    /** The number in the packet. */
    public int number() {
        return number;
    }
}
