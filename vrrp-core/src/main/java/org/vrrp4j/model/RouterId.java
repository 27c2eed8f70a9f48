package org.vrrp4j.model;

import java.util.Objects;

/**
 * Which virtual router: a VRID is unique only on an interface and in a family.
 *
 * @param interfaceName the interface, such as {@code eth0}
 * @param vrid the virtual router identifier, 1 to 255
 * @param family the address family
 */
public record RouterId(String interfaceName, int vrid, IpFamily family) {

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
        if (vrid < 1 || vrid > 255) {
            throw new IllegalArgumentException("vrid must be 1 to 255: vrid=" + vrid);
        }
    }

    /** The short form of log lines, such as {@code eth0/51} or {@code eth0/51/IPv6}. */
    @Override
    public String toString() {
        return interfaceName + "/" + vrid + (family == IpFamily.IPV6 ? "/IPv6" : "");
    }
}
