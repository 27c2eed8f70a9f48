package org.vrrp4j.linux.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of an address on a host of a lab, told by the kernel (rtnetlink(7), RTM_NEWADDR and RTM_DELADDR).
 *
 * @param time when the message was read from the kernel, to the microsecond, by the machine's clock
 * @param host the host's name
 * @param interfaceIndex the number of the interface on that host: 1 is lo
 * @param address the address with its prefix length, such as {@code 192.0.2.100/24}
 * @param kind what happened
 * @param lifetime the valid lifetime that the kernel gives it from now; empty for ever
 */
public record AddressEvent(
        Instant time, String host, int interfaceIndex, String address, Kind kind, Optional<Duration> lifetime) {
    /** What can happen to an address. */
    public enum Kind {
        /** It is there and was not before. */
        ADDED,
        /** It was there already, and something about it was set anew, such as its lifetime. */
        RENEWED,
        /** It is there no more: taken away, or its lifetime is over. */
        DELETED
    }

    /** The address without prefix length. */
    public String bareAddress() {
        return address.substring(0, address.indexOf('/'));
    }
}
