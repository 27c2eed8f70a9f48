package org.vrrp4j.config;

import java.net.InetAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * The addresses that begin alike, such as {@code 198.51.100.0/24}.
 *
 * @param address the first of them
 * @param length how many bits are the same, 0 to 32 or 128
 */
public record IpPrefix(InetAddress address, int length) {

    /**
     * Checks that nothing is set behind the prefix.
     *
     * @throws IllegalArgumentException if the length is out of range or the address has bits behind it
     */
    public IpPrefix {
        int max = IpFamily.of(address).maxPrefixLength();
        if (length < 0 || length > max) {
            throw new IllegalArgumentException("prefix length must be 0 to " + max + ": length=" + length);
        }
        byte[] bytes = address.getAddress();
        for (int bit = length; bit < max; bit++) {
            if ((bytes[bit / Byte.SIZE] & 0x80 >> bit % Byte.SIZE) != 0) {
                throw new IllegalArgumentException(
                        "a prefix must have no bits behind its length: " + IpAddresses.text(address) + "/" + length);
            }
        }
    }

    /** All addresses of a family: the destination of a default route. */
    public static IpPrefix all(IpFamily family) {
        return new IpPrefix(IpAddresses.of(new byte[family.addressBytes()]), 0);
    }

    /**
     * A prefix as text; without a length it is a single host.
     *
     * @throws IllegalArgumentException if the text is no prefix
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = IpAddresses.parse(literal)
                .orElseThrow(() -> new IllegalArgumentException("not an IP address: '" + literal + "'"));
        if (slash < 0) {
            return new IpPrefix(address, IpFamily.of(address).maxPrefixLength());
        }
        try {
            return new IpPrefix(address, Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("prefix length must be a number: '" + text + "'", e);
        }
    }

    /** The family of its addresses. */
    public IpFamily family() {
        return IpFamily.of(address);
    }

    /** The form {@code 198.51.100.0/24}. */
    @Override
    public String toString() {
        return IpAddresses.text(address) + "/" + length;
    }
}
