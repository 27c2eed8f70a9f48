package org.vrrp4j.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** IP addresses as text and in order, without ever asking a name service. */
public final class IpAddresses {

    private IpAddresses() {}

    /**
     * Reads a literal: four decimal numbers, or an IPv6 address (RFC 4291, 2.2) without a zone.
     *
     * @return the address, or empty if the text is no literal; never a name's address
     */
    public static Optional<InetAddress> parse(String text) {
        byte[] bytes = text.indexOf(':') < 0 ? parseIpv4(text) : parseIpv6(text);
        return bytes == null ? Optional.empty() : Optional.of(of(bytes));
    }

    /**
     * The address of four or sixteen bytes.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes: length=" + bytes.length, e);
        }
    }

    /** As text; IPv6 in its canonical form (RFC 5952, 4), which {@link InetAddress#getHostAddress} does not give. */
    public static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == IpFamily.IPV4.addressBytes()) {
            return address.getHostAddress();
        }
        int gap = 0;
        int gapEnd = 0;
        for (int i = 0, run = 0; i < bytes.length; i += 2) {
            run = group(bytes, i) == 0 ? run + 2 : 0;
            // a single zero group is not shortened, and the first of two equal runs is
            if (run > Math.max(2, gapEnd - gap)) {
                gap = i + 2 - run;
                gapEnd = i + 2;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 2) {
            if (i >= gap && i < gapEnd) {
                i = gapEnd - 2;
                text.append(gap == 0 ? "::" : ":");
            } else {
                text.append(Integer.toHexString(group(bytes, i))).append(i < bytes.length - 2 ? ":" : "");
            }
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[index] & 0xff) << 8 | bytes[index + 1] & 0xff;
    }

    /**
     * What a host tells an address apart by from its others: a link-local one of IPv6 is another one on each interface,
     * {@code fe80::1%eth0} (RFC 4007, 11).
     */
    public static String text(InetAddress address, String interfaceName) {
        boolean scoped = IpFamily.of(address) == IpFamily.IPV6 && address.isLinkLocalAddress();
        return scoped ? text(address) + "%" + interfaceName : text(address);
    }

    /** Compares as unsigned numbers in network order, as the tie-break of RFC 9568, 6.4.3 does. */
    public static int compare(InetAddress a, InetAddress b) {
        return Arrays.compareUnsigned(a.getAddress(), b.getAddress());
    }

    private static byte[] parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 10, 3);
            if (value < 0 || value > 255) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private static byte[] parseIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] bytes = groups(text);
            return bytes != null && bytes.length == 16 ? bytes : null;
        }
        if (text.lastIndexOf('.', gap) >= 0) {
            return null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length > 14) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    private static byte[] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        boolean dotted = parts[parts.length - 1].indexOf('.') >= 0;
        if (parts.length > 8) {
            return null;
        }
        byte[] bytes = new byte[parts.length * 2 + (dotted ? 2 : 0)];
        for (int i = 0; i < parts.length; i++) {
            if (dotted && i == parts.length - 1) {
                byte[] last = parseIpv4(parts[i]);
                if (last == null) {
                    return null;
                }
                System.arraycopy(last, 0, bytes, i * 2, 4);
                continue;
            }
            int value = number(parts[i], 16, 4);
            if (value < 0) {
                return null;
            }
            bytes[i * 2] = (byte) (value >> 8);
            bytes[i * 2 + 1] = (byte) value;
        }
        return bytes;
    }

    /** The number, or -1 if there is none, a sign or too many digits. */
    private static int number(String text, int radix, int maxDigits) {
        if (text.isEmpty() || text.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
