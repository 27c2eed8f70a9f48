package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * One virtual IP address and how it is put on the interface (ip-address(8)).
 *
 * @param address the address
 * @param prefixLength the length of its network prefix, 0 to 32 or 128
 * @param device the interface that gets it; empty for the router's own
 * @param label the IPv4 label, such as {@code eth0:1}, up to 15 characters; empty for none
 * @param scope the address scope as the kernel numbers it: 0 global, 200 site, 253 link, 254 host
 * @param preferred whether new outgoing connections may come from an IPv6 address although the host has another one
 *     that fits (RFC 6724, rule 3); of no effect with IPv4, where the kernel prefers the address that was there first
 */
public record VirtualAddress(
        InetAddress address,
        int prefixLength,
        Optional<String> device,
        Optional<String> label,
        int scope,
        boolean preferred) {
    /** The longest label: IFNAMSIZ without the final zero. */
    public static final int MAX_LABEL_LENGTH = 15;

    /** The scope of an address that is valid everywhere. */
    public static final int SCOPE_GLOBAL = 0;

    /**
     * Checks every range.
     *
     * @throws IllegalArgumentException if the prefix length, label or scope is out of range, or an IPv6 address
     *     has a label
     */
    public VirtualAddress {
        Objects.requireNonNull(device, "device");
        int max = IpFamily.of(address).maxPrefixLength();
        if (prefixLength < 0 || prefixLength > max) {
            throw new IllegalArgumentException("prefix length must be 0 to " + max + ": prefixLength=" + prefixLength);
        }
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "virtual address must be a unicast address: address=" + address.getHostAddress());
        }
        label.ifPresent(text -> checkLabel(address, text));
        if (scope < 0 || scope > 255) {
            throw new IllegalArgumentException("scope must be 0 to 255: scope=" + scope);
        }
    }

    /**
     * An address that is not preferred.
     *
     * @throws IllegalArgumentException as the other constructor
     */
    public VirtualAddress(
            InetAddress address, int prefixLength, Optional<String> device, Optional<String> label, int scope) {
        this(address, prefixLength, device, label, scope, false);
    }

    private static void checkLabel(InetAddress address, String label) {
        if (IpFamily.of(address) != IpFamily.IPV4) {
            throw new IllegalArgumentException("only IPv4 addresses have a label: label=" + label);
        }
        if (label.isBlank() || label.length() > MAX_LABEL_LENGTH) {
            throw new IllegalArgumentException(
                    "label must have 1 to " + MAX_LABEL_LENGTH + " characters: label=" + label);
        }
    }

    /**
     * An address as text, such as {@code 192.0.2.100/24}; without a prefix length it is a single host (/32, /128).
     *
     * @throws IllegalArgumentException if the text is no address literal or the prefix length is out of range
     */
    public static VirtualAddress parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = IpAddresses.parse(literal)
                .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + literal));
        int prefixLength = IpFamily.of(address).maxPrefixLength();
        if (slash >= 0) {
            try {
                prefixLength = Integer.parseInt(text.substring(slash + 1));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("prefix length must be a number: " + text, e);
            }
        }
        return new VirtualAddress(address, prefixLength, Optional.empty(), Optional.empty(), SCOPE_GLOBAL);
    }

    /** The family that all addresses of a router must have, of which there is one at least. */
    static IpFamily family(List<VirtualAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("at least one virtual address is needed");
        }
        IpFamily family = IpFamily.of(addresses.get(0).address());
        if (addresses.size() > RouterConfig.maxAddresses(family)) {
            throw new IllegalArgumentException("at most " + RouterConfig.maxAddresses(family)
                    + " virtual addresses: addresses=" + addresses.size());
        }
        if (addresses.stream().anyMatch(other -> IpFamily.of(other.address()) != family)) {
            throw new IllegalArgumentException("IPv4 and IPv6 addresses need two virtual routers");
        }
        return family;
    }

    /** The same address on another interface than the router's own. */
    public VirtualAddress onDevice(String name) {
        return new VirtualAddress(address, prefixLength, Optional.of(name), label, scope, preferred);
    }

    /** The same address with an IPv4 label. */
    public VirtualAddress withLabel(String text) {
        return new VirtualAddress(address, prefixLength, device, Optional.of(text), scope, preferred);
    }

    /** The same address with another scope. */
    public VirtualAddress withScope(int number) {
        return new VirtualAddress(address, prefixLength, device, label, number, preferred);
    }

    /**
     * The same address as one that new outgoing connections may come from. These end when the address moves to another
     * host.
     */
    public VirtualAddress withPreference() {
        return new VirtualAddress(address, prefixLength, device, label, scope, true);
    }

    /** The address in CIDR form, such as {@code 192.0.2.100/24}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
