package org.vrrp4j.model;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The address family of a virtual router. IPv4 and IPv6 with the same VRID are two virtual routers. */
public enum IpFamily {
    /** IPv4. */
    IPV4(4),
    /** IPv6. */
    IPV6(16);

    private final int addressBytes;

    IpFamily(int addressBytes) {
        this.addressBytes = addressBytes;
    }

    /** The family of an address. */
    public static IpFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** The length of one address in bytes. */
    public int addressBytes() {
        return addressBytes;
    }

    /** The longest prefix length, which is that of a single address. */
    public int maxPrefixLength() {
        return addressBytes * 8;
    }
}
