package org.vrrp4j.model;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The address family of a virtual router. IPv4 and IPv6 with the same VRID are two virtual routers. */
public enum IpFamily {
    /** IPv4. */
    IPV4(new byte[] {(byte) 224, 0, 0, 18}),
    /** IPv6. */
    IPV6(new byte[] {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12});

    private final InetAddress multicastGroup;
    private final int addressBytes;

    IpFamily(byte[] multicastGroup) {
        this.multicastGroup = IpAddresses.of(multicastGroup);
        this.addressBytes = multicastGroup.length;
    }

    /** The family of an address. */
    public static IpFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** Where all VRRP routers of a link listen: 224.0.0.18 or ff02::12 (RFC 9568, 5.1.1.2 and 5.1.2.2). */
    public InetAddress multicastGroup() {
        return multicastGroup;
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
