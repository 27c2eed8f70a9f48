package org.vrrp4j.model;

import java.net.InetAddress;
import java.time.Duration;

/** Something worth knowing that is no change of role. New kinds are added with new versions. */
public sealed interface VrrpEvent {

    /** The virtual router that noticed it. */
    RouterId router();

    /** The event in words, for log lines: a clause in lower case without a full stop. */
    String text();

    /**
     * While this router is MASTER another one advertises too, and this one stays MASTER. It was told of itself and the
     * addresses were announced again. Told once per rival and not again before a minute of silence. The conflict began
     * now; {@link ConflictEnded} tells its end.
     *
     * @param router this router
     * @param rival the other master's primary address
     * @param rivalPriority its priority
     */
    record MasterConflict(RouterId router, InetAddress rival, int rivalPriority) implements VrrpEvent {
        @Override
        public String text() {
            return "another master, " + rival.getHostAddress() + " with priority " + rivalPriority
                    + ", advertises too; advertised and announced again";
        }
    }

    /**
     * The other master of a {@link MasterConflict} does not advertise beside this one any more.
     *
     * @param router this router
     * @param rival the other master's primary address
     * @param duration from its first advertisement to the end; to its last one if it fell silent
     * @param outcome how it ended
     */
    record ConflictEnded(RouterId router, InetAddress rival, Duration duration, ConflictOutcome outcome)
            implements VrrpEvent {
        @Override
        public String text() {
            return "the conflict with the master " + rival.getHostAddress() + " ended after " + duration.toMillis()
                    + " ms: " + outcome.text();
        }
    }

    /**
     * While this router is MASTER another host says, by ARP or neighbour discovery, that it has one of the addresses:
     * one that is set by hand, or a router that does not hear us. Who is master is not decided by that, so the address
     * stays; it was announced again, at most every 10 s (RFC 5227, 2.4). Told when it begins, every 10 minutes as long
     * as it goes on, and for 64 holders at a time; {@link AddressConflictEnded} tells the end.
     *
     * @param router this router
     * @param address the address
     * @param holder the other host's MAC address
     * @param since for how long it has been heard now and then; 0 when it begins
     */
    record AddressConflict(RouterId router, InetAddress address, MacAddress holder, Duration since)
            implements VrrpEvent {
        @Override
        public String text() {
            return "another host, " + holder + ", says that it has " + address.getHostAddress()
                    + (since.isZero() ? "" : ", for " + since.toSeconds() + " s now") + "; kept and announced again";
        }
    }

    /**
     * The other host of an {@link AddressConflict} has not claimed the address for a minute, or this router holds it no
     * more.
     *
     * @param router this router
     * @param address the address
     * @param holder the other host's MAC address
     * @param duration from its first claim to the end; to its last one if it fell silent
     * @param outcome how it ended
     */
    record AddressConflictEnded(
            RouterId router, InetAddress address, MacAddress holder, Duration duration, ConflictOutcome outcome)
            implements VrrpEvent {
        @Override
        public String text() {
            return "the conflict with " + holder + " about " + address.getHostAddress() + " ended after "
                    + duration.toMillis() + " ms: " + outcome.text();
        }
    }

    /**
     * Packets are being rejected. Told for the first of a sender and reason, then with growing distance; the counters
     * have every one.
     *
     * @param router the router, or the interface's router with that VRID
     * @param source who sent it
     * @param reason the failed check
     * @param detail found and expected values
     * @param count how many were rejected for this reason since the start
     */
    record PacketsRejected(RouterId router, InetAddress source, RejectionReason reason, String detail, long count)
            implements VrrpEvent {
        @Override
        public String text() {
            return "rejected an advertisement of " + source.getHostAddress() + ": " + reason.text()
                    + (detail.isEmpty() ? "" : " (" + detail + ")") + ", " + count + " so far";
        }
    }

    /**
     * A VRRPv3 master's interval differs from ours: it is used to time the master out, as RFC 9568 wants, but routers
     * of one VRID should agree. Told once per master.
     *
     * @param router this router
     * @param master the master's primary address
     * @param received its interval
     * @param configured ours
     */
    record IntervalMismatch(RouterId router, InetAddress master, Duration received, Duration configured)
            implements VrrpEvent {
        @Override
        public String text() {
            return "the master " + master.getHostAddress() + " advertises every " + received.toMillis()
                    + " ms, this router is configured for " + configured.toMillis() + " ms";
        }
    }

    /**
     * A VRRPv3 master's interval is outside of what this router believes, see
     * {@code org.vrrp4j.config.LearnedIntervals}. Told once per master and interval.
     *
     * @param router this router
     * @param master the master's primary address
     * @param received its interval
     * @param used the interval that it is timed out by
     */
    record IntervalBounded(RouterId router, InetAddress master, Duration received, Duration used) implements VrrpEvent {
        @Override
        public String text() {
            return "the master " + master.getHostAddress() + " claims to advertise every " + received.toMillis()
                    + " ms; it is timed out by " + used.toMillis() + " ms";
        }
    }

    /**
     * The addresses in an accepted advertisement are not ours: the configurations differ, or a stranger uses this VRID.
     * Told once per sender, and again when ours change. Where such an advertisement is dropped, {@link PacketsRejected}
     * tells the difference.
     *
     * @param router this router
     * @param source the sender's primary address
     * @param difference what differs
     */
    record AddressListMismatch(RouterId router, InetAddress source, AddressListDifference difference)
            implements VrrpEvent {
        @Override
        public String text() {
            return source.getHostAddress() + " advertises other addresses for this VRID: " + difference.text();
        }
    }

    /**
     * A router advertises a first IPv6 address that is not link-local, against RFC 9568, 5.2.9. It is listened to all
     * the same, as keepalived does; a strict router rejects it instead. Told once per sender.
     *
     * @param router this router
     * @param source the sender's link-local address, or its unicast address
     * @param address the first address it advertises
     */
    record NotLinkLocal(RouterId router, InetAddress source, InetAddress address) implements VrrpEvent {
        @Override
        public String text() {
            return source.getHostAddress() + " advertises " + address.getHostAddress()
                    + " first, which is not link-local; accepted";
        }
    }

    /**
     * A virtual address vanished from this host while it was MASTER and was put back.
     *
     * @param router this router
     * @param address the address
     */
    record AddressRestored(RouterId router, InetAddress address) implements VrrpEvent {
        @Override
        public String text() {
            return "the address " + address.getHostAddress() + " had been removed; put back and announced";
        }
    }

    /**
     * A virtual route or rule vanished from this host while it was MASTER and was put back.
     *
     * @param router this router
     * @param what the route or rule, in the words of ip-route(8) or ip-rule(8)
     */
    record RoutingRestored(RouterId router, String what) implements VrrpEvent {
        @Override
        public String text() {
            return "the " + what + " had been removed; put back";
        }
    }

    /**
     * The event loop was so late that peers may have taken over in between: a long pause of the JVM or of the host.
     * Told when the last advertisement is as old as the shortest Master_Down_Interval, and the next one a whole
     * interval late.
     *
     * @param router this router
     * @param lateness by how much an advertisement was overdue
     */
    record Stall(RouterId router, Duration lateness) implements VrrpEvent {
        @Override
        public String text() {
            return "this process stalled: an advertisement was " + lateness.toMillis() + " ms late";
        }
    }

    /**
     * This router handed over, and nobody took over for as long as the lowest priority waits and an interval more: it
     * becomes MASTER again.
     *
     * @param router this router
     */
    record HandOverUnanswered(RouterId router) implements VrrpEvent {
        @Override
        public String text() {
            return "nobody has taken over after the hand-over; taking over again";
        }
    }

    /**
     * Sending failed. Told for the first failure after a success.
     *
     * @param router this router
     * @param operation what was being sent
     * @param message the error
     */
    record SendFailed(RouterId router, String operation, String message) implements VrrpEvent {
        @Override
        public String text() {
            return "could not send " + operation + ": " + message;
        }
    }

    /**
     * An address could not be taken away when this router left the MASTER role. Its lease ends by itself.
     *
     * @param router this router
     * @param message the error
     */
    record ReleaseFailed(RouterId router, String message) implements VrrpEvent {
        @Override
        public String text() {
            return "could not remove the addresses, their lease will end by itself: " + message;
        }
    }
}
