package org.vrrp4j.linux.lab;

/**
 * An Ethernet switch of a lab: a bridge that forwards every multicast packet to every port and has no spanning tree.
 * Made by {@link Lab#addSwitch}.
 */
public final class LabSwitch {
    private final String name;

    LabSwitch(String name) {
        this.name = name;
    }

    /** The name it was made with. */
    public String name() {
        return name;
    }

    String bridge() {
        return name;
    }

    @Override
    public String toString() {
        return "switch " + name;
    }
}
