package org.vrrp4j.examples.watch;

import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.model.MacAddress;

/**
 * What the link layer says about a packet.
 *
 * @param interfaceName where it was captured; empty if the file does not tell
 * @param vlan the innermost VLAN tag (IEEE 802.1Q); empty for an untagged frame
 * @param source the sender's MAC address; empty if the record has no Ethernet header
 */
public record Link(String interfaceName, OptionalInt vlan, Optional<MacAddress> source) {
    /** Nothing is known. */
    static final Link UNKNOWN = new Link("", OptionalInt.empty(), Optional.empty());

    /** A frame on an interface of this host, its header not read yet. */
    public static Link on(String interfaceName) {
        return new Link(interfaceName, OptionalInt.empty(), Optional.empty());
    }

    /** The interface with the VLAN, such as {@code eth0.10}; may be empty. */
    String name() {
        if (vlan.isEmpty()) {
            return interfaceName;
        }
        return interfaceName.isEmpty() ? "vlan " + vlan.getAsInt() : interfaceName + "." + vlan.getAsInt();
    }
}
