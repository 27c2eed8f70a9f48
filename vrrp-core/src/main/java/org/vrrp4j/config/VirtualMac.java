package org.vrrp4j.config;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;

/**
 * That a router answers for its addresses with a MAC address of their own, which moves with them (RFC 9568, 7.3): what
 * neighbours know stays right when another host takes over. The addresses are then on an interface of its own beside
 * that of the router, and advertisements come from that MAC address. keepalived's {@code use_vmac}.
 *
 * @param name the name of that interface, 1 to 15 bytes; empty for {@code vrrp.VRID}, over IPv6 {@code vrrp6.VRID}
 * @param address the MAC address, the same on all routers of the group; empty for that of the RFC
 * @param transmitOnBase whether advertisements nevertheless come from the interface's own MAC address, for networks
 *     that refuse another one. Switches then learn the virtual one from announcements only
 */
public record VirtualMac(Optional<String> name, Optional<MacAddress> address, boolean transmitOnBase) {
    /** The longest name of an interface: IFNAMSIZ without the final zero. */
    public static final int MAX_NAME_BYTES = 15;

    /** How long the beginning of a name may be to which {@code 6}, a digit and a dot with the VRID are added. */
    public static final int MAX_PREFIX_BYTES = 9;

    /** The beginning of a name that is not given. */
    public static final String DEFAULT_PREFIX = "vrrp";

    /** With the name, the MAC address and the sender of the RFC. */
    public static final VirtualMac DEFAULT = new VirtualMac(Optional.empty(), Optional.empty(), false);

    private static final long GROUP_BIT = 0x0100_0000_0000L;

    /**
     * Checks name and address.
     *
     * @throws IllegalArgumentException if the kernel would not take the name, or the address is none of a single
     *     station
     */
    public VirtualMac {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        name.ifPresent(VirtualMac::checkName);
        address.ifPresent(VirtualMac::checkAddress);
    }

    private static void checkName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        boolean plain = name.chars().noneMatch(c -> c == '/' || c == ':' || Character.isWhitespace(c));
        if (bytes < 1 || bytes > MAX_NAME_BYTES || !plain || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("the name of a virtual MAC interface must have 1 to " + MAX_NAME_BYTES
                    + " bytes, none of them '/', ':' or blank: name=" + name);
        }
    }

    private static void checkAddress(MacAddress address) {
        if (address.value() == 0 || (address.value() & GROUP_BIT) != 0) {
            throw new IllegalArgumentException("a virtual MAC address must be that of a station: address=" + address);
        }
    }

    /** The same with an interface of this name. */
    public VirtualMac named(String interfaceName) {
        return new VirtualMac(Optional.of(interfaceName), address, transmitOnBase);
    }

    /** The same with this MAC address. */
    public VirtualMac withAddress(MacAddress mac) {
        return new VirtualMac(name, Optional.of(mac), transmitOnBase);
    }

    /** The same with advertisements from the interface's own MAC address. */
    public VirtualMac withTransmitOnBase() {
        return new VirtualMac(name, address, true);
    }

    /** This one, for a router whose interface is another one than that of the virtual MAC address, which must be so. */
    VirtualMac checkedFor(RouterId router) {
        if (interfaceOf(router).equals(router.interfaceName())) {
            throw new IllegalArgumentException(
                    "the interface of a virtual MAC address must be another one than the router's: name="
                            + router.interfaceName());
        }
        return this;
    }

    /** The name of the interface that a router's addresses are on. */
    public String interfaceOf(RouterId router) {
        return name.orElseGet(() -> defaultName(router, 0));
    }

    /**
     * The names that are tried one after the other for a router that is given none: {@code vrrp.VRID}, {@code
     * vrrp1.VRID} and so on; over IPv6 {@code vrrp6.VRID}, {@code vrrp61.VRID}. A VRID is unique on an interface only.
     *
     * @param attempt from 0
     */
    public static String defaultName(RouterId router, int attempt) {
        return defaultName(DEFAULT_PREFIX, router, attempt);
    }

    /** The same with another word than {@code vrrp}, of up to {@link #MAX_PREFIX_BYTES} bytes. */
    public static String defaultName(String prefix, RouterId router, int attempt) {
        String family = router.family() == IpFamily.IPV6 ? "6" : "";
        return prefix + family + (attempt == 0 ? "" : attempt) + "." + router.vrid();
    }

    /** The MAC address of a router. */
    public MacAddress addressOf(RouterId router) {
        return address.orElseGet(() -> MacAddress.virtualRouter(router));
    }
}
