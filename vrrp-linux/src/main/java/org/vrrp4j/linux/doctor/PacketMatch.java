package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vrrp4j.linux.doctor.FirewallRules.Match;
import org.vrrp4j.linux.doctor.FirewallRules.Truth;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** The conditions that both kinds of firewall have, of values as they are written in rules. */
final class PacketMatch {
    private static final List<String> PROTOCOL_NAMES = List.of("vrrp", "112", "carp");
    private static final List<String> ALL_PROTOCOLS = List.of("all", "0", "ip");

    private PacketMatch() {}

    static Match always(Truth truth) {
        return packet -> truth;
    }

    static Match family(IpFamily family) {
        return packet -> Truth.of(packet.family() == family);
    }

    static Truth protocol(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        return Truth.of(PROTOCOL_NAMES.contains(name) || ALL_PROTOCOLS.contains(name));
    }

    /** The address of a packet, as an address, ADDRESS/LENGTH, or ADDRESS/MASK. */
    static Truth address(Optional<InetAddress> address, String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> network = IpAddresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (network.isEmpty()) {
            return Truth.UNKNOWN;
        }
        int max = IpFamily.of(network.get()).maxPrefixLength();
        int length = slash < 0 ? max : prefixLength(text.substring(slash + 1), max);
        if (length == 0) {
            return Truth.YES;
        }
        if (address.isEmpty() || length < 0) {
            return Truth.UNKNOWN;
        }
        return Truth.of(HostNetwork.sameSubnet(address.get(), network.get(), length));
    }

    private static int prefixLength(String text, int max) {
        if (text.matches("\\d{1,3}")) {
            int length = Integer.parseInt(text);
            return length <= max ? length : -1;
        }
        return IpAddresses.parse(text).map(PacketMatch::lengthOfMask).orElse(-1);
    }

    private static int lengthOfMask(InetAddress mask) {
        byte[] bytes = mask.getAddress();
        int length = 0;
        while (length < bytes.length * 8 && (bytes[length / 8] & 0x80 >> length % 8) != 0) {
            length++;
        }
        return length;
    }

    /** The address of a packet between two others. */
    static Truth between(Optional<InetAddress> address, String from, String to) {
        Optional<InetAddress> first = IpAddresses.parse(from);
        Optional<InetAddress> last = IpAddresses.parse(to);
        if (address.isEmpty() || first.isEmpty() || last.isEmpty()) {
            return Truth.UNKNOWN;
        }
        if (IpFamily.of(address.get()) != IpFamily.of(first.get())) {
            return Truth.NO;
        }
        return Truth.of(IpAddresses.compare(first.get(), address.get()) <= 0
                && IpAddresses.compare(address.get(), last.get()) <= 0);
    }

    /**
     * The interface of a packet.
     *
     * @param incoming whether the one where it arrived is meant, which an outgoing packet has not
     * @param pattern a name, or with the wildcard at its end the beginning of one
     */
    static Truth interfaceName(FirewallPacket packet, boolean incoming, String pattern, char wildcard) {
        if (packet.outgoing() == incoming) {
            return Truth.NO;
        }
        boolean isBeginning = !pattern.isEmpty() && pattern.charAt(pattern.length() - 1) == wildcard;
        return Truth.of(
                isBeginning
                        ? packet.interfaceName().startsWith(pattern.substring(0, pattern.length() - 1))
                        : packet.interfaceName().equals(pattern));
    }

    /** The state that connection tracking gives it: nobody answers multicast, so that it stays new. */
    static Truth connectionState(FirewallPacket packet, String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "new" -> packet.isMulticast() ? Truth.YES : Truth.UNKNOWN;
            case "established" -> packet.isMulticast() ? Truth.NO : Truth.UNKNOWN;
            case "related", "invalid" -> Truth.NO;
            default -> Truth.UNKNOWN;
        };
    }

    static Truth packetType(FirewallPacket packet, String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "multicast" -> Truth.of(packet.isMulticast());
            case "host", "unicast" -> Truth.of(!packet.isMulticast());
            default -> Truth.NO;
        };
    }
}
