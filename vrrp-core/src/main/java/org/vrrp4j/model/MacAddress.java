package org.vrrp4j.model;

import java.util.HexFormat;

/**
 * An Ethernet address.
 *
 * @param value the 48 bits, the first byte on the wire being the most significant
 */
public record MacAddress(long value) {
    /** The length in bytes. */
    public static final int BYTES = 6;

    /** All ones: every station. */
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    private static final HexFormat HEX = HexFormat.ofDelimiter(":");
    private static final long MASK = 0xffff_ffff_ffffL;
    private static final long VIRTUAL_ROUTER_PREFIX = 0x00005e00_0000L;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if more than 48 bits are set
     */
    public MacAddress {
        if ((value & ~MASK) != 0) {
            throw new IllegalArgumentException("MAC address must have 48 bits: value=" + value);
        }
    }

    /**
     * From its six bytes.
     *
     * @throws IllegalArgumentException if there are not six
     */
    public static MacAddress of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("MAC address must have 6 bytes: length=" + bytes.length);
        }
        long value = 0;
        for (byte b : bytes) {
            value = value << 8 | b & 0xff;
        }
        return new MacAddress(value);
    }

    /**
     * From its text, as {@link #toString()} writes it.
     *
     * @throws IllegalArgumentException if it is not six bytes as hexadecimal digits between colons
     */
    public static MacAddress parse(String text) {
        return of(HEX.parseHex(text));
    }

    /**
     * The virtual router MAC address, 00-00-5E-00-01-VRID for IPv4 and 00-00-5E-00-02-VRID for IPv6 (RFC 9568, 7.3).
     */
    public static MacAddress virtualRouter(RouterId router) {
        int family = router.family() == IpFamily.IPV4 ? 1 : 2;
        return new MacAddress(VIRTUAL_ROUTER_PREFIX | family << 8 | router.vrid());
    }

    /** A new array of the six bytes, in the order of the wire. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (value >> 8 * (BYTES - 1 - i));
        }
        return bytes;
    }

    @Override
    public String toString() {
        return HEX.formatHex(bytes());
    }
}
