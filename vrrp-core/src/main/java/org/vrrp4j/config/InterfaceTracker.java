package org.vrrp4j.config;

import java.util.Objects;

/**
 * Another network interface than that of the router; up if the kernel says that it is up and running.
 *
 * @param name its name
 */
public record InterfaceTracker(String name) implements Tracker {

    /** Checks that nothing is missing. */
    public InterfaceTracker {
        Objects.requireNonNull(name, "name");
    }

    /** Such as {@code interface eth1}. */
    @Override
    public String toString() {
        return "interface " + name;
    }
}
