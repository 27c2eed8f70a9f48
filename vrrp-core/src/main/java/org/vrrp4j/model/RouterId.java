package org.vrrp4j.model;

import java.util.Objects;

/**
 * Which virtual router: a VRID is unique only on an interface and in a family.
 *
 * @param interfaceName the interface, such as {@code eth0}
 * @param vrid the virtual router identifier, 1 to 255; 0 in {@link #NODE} only
 * @param family the address family
 */
public record RouterId(String interfaceName, int vrid, IpFamily family) {
    private static final String NODE_NAME = "*";

    /**
     * No virtual router but the node itself, to an address backend: whose static addresses, routes and rules it puts in
     * place like those of a router.
     */
    public static final RouterId NODE = new RouterId(NODE_NAME, 0, IpFamily.IPV4);

    /**
     * Checks the range of the VRID.
     *
     * @throws IllegalArgumentException if the VRID is not 1 to 255 or the interface name is blank
     */
    public RouterId {
        Objects.requireNonNull(family, "family");
        if (interfaceName.isBlank()) {
            throw new IllegalArgumentException("interface name must not be blank");
        }
        if ((vrid < 1 || vrid > 255) && !(vrid == 0 && interfaceName.equals(NODE_NAME))) {
            throw new IllegalArgumentException("vrid must be 1 to 255: vrid=" + vrid);
        }
    }

    /** The short form of log lines, such as {@code eth0/51} or {@code eth0/51/IPv6}. */
    @Override
    public String toString() {
        return vrid == 0 ? "static resources" : interfaceName + "/" + vrid + (family == IpFamily.IPV6 ? "/IPv6" : "");
    }
}
