package org.vrrp4j.keepalived;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.config.BfdPath;
import org.vrrp4j.config.BfdTimers;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** The block of a bfd_instance. */
final class BfdKeywords {
    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofMillis(4_294_967);
    private static final int MAX_COUNT = 255;
    private static final Values<InetAddress> HOST = new Values<>(
            "ADDRESS",
            List.of("192.0.2.9"),
            List.of("x", "192.0.2.300"),
            line -> line.value("an IP address").flatMap(text -> host(line, text)));

    static final KeywordTable<BfdDraft> TABLE = new KeywordTable<BfdDraft>("bfd_instance")
            .line("neighbor_ip", HOST, (draft, address) -> draft.neighbor = Optional.of(address))
            .line("neighbour_ip", HOST, (draft, address) -> draft.neighbor = Optional.of(address))
            .line("source_ip", HOST, (draft, address) -> draft.source = Optional.of(address))
            .line("min_rx", Values.milliseconds(MIN, MAX), (draft, time) -> draft.requiredMinRx = time)
            .line("min_tx", Values.milliseconds(MIN, MAX), (draft, time) -> draft.desiredMinTx = time)
            .line("idle_tx", Values.milliseconds(BfdTimers.MIN_IDLE, MAX), (draft, time) -> draft.idleTx = time)
            .line("multiplier", Values.integer(1, MAX_COUNT), (draft, count) -> draft.multiplier = count)
            .line("passive", Values.NONE, (draft, given) -> draft.passive = true)
            .line("ttl", Values.integer(1, MAX_COUNT), (draft, limit) -> draft.hopLimit = OptionalInt.of(limit))
            .line("hoplimit", Values.integer(1, MAX_COUNT), (draft, limit) -> draft.hopLimit = OptionalInt.of(limit))
            .line("max_hops", Values.number(-1, MAX_COUNT), (draft, hops) -> draft.maxHops = hops.intValue())
            .line("multihop", Values.NONE, (draft, given) -> draft.multihop = true)
            .line("weight", Values.weight(ScriptKeywords.MAX_WEIGHT), (draft, weight) -> draft.weight = weight)
            .line("vrrp", Values.NONE, (draft, given) -> draft.vrrp = true)
            .line("checker", Values.NONE, (draft, given) -> draft.checker = true);

    private BfdKeywords() {}

    private static Optional<InetAddress> host(Statement line, String text) {
        Optional<InetAddress> address = IpAddresses.parse(text);
        if (address.isEmpty()) {
            line.error(line.keyword() + " must be an IP address: " + Found.quote(text));
        } else if (address.get().isLinkLocalAddress() && IpFamily.of(address.get()) == IpFamily.IPV6) {
            line.error(line.keyword() + " must not be link-local, as no interface can be given: " + Found.quote(text));
            return Optional.empty();
        }
        return address;
    }

    /** What the block says. */
    static final class BfdDraft extends TrackerDraft {
        /** What keepalived sends over IPv6 unless told otherwise, and RFC 5881 forbids. */
        private static final int IPV6_HOP_LIMIT = 64;

        private Optional<InetAddress> neighbor = Optional.empty();
        private Optional<InetAddress> source = Optional.empty();
        private Duration desiredMinTx = BfdTimers.DEFAULT.desiredMinTx();
        private Duration requiredMinRx = BfdTimers.DEFAULT.requiredMinRx();
        private Duration idleTx = BfdTimers.DEFAULT.idleTx();
        private int multiplier = BfdTimers.DEFAULT.multiplier();
        private boolean passive;
        private OptionalInt hopLimit = OptionalInt.empty();
        private int maxHops;
        private boolean multihop;
        private boolean vrrp;
        private boolean checker;

        BfdDraft(String name, Position position) {
            super(name, position);
        }

        /** Without either word it is for both. */
        @Override
        boolean isForVrrp() {
            return vrrp || !checker;
        }

        @Override
        Optional<Tracker> build(GlobalDraft globals, Reading reading) {
            if (given("neighbour_ip") == null) {
                missing(reading, "bfd_instance", "neighbor_ip");
            }
            return neighbor.flatMap(to -> build(to, reading));
        }

        private Optional<Tracker> build(InetAddress to, Reading reading) {
            boolean ipv6 = IpFamily.of(to) == IpFamily.IPV6;
            int sent = hopLimit.orElse(ipv6 ? IPV6_HOP_LIMIT : BfdPath.MAX_HOP_LIMIT);
            try {
                BfdPath path = new BfdPath(to, source, multihop, sent, maxHops < 0 ? BfdPath.ANY_HOPS : maxHops);
                BfdTimers timers = new BfdTimers(desiredMinTx, requiredMinRx, idleTx, multiplier);
                return Optional.of(new BfdTracker(name, path, timers, passive));
            } catch (IllegalArgumentException e) {
                reading.error(position(), "bfd_instance " + Found.quote(name) + ": " + e.getMessage());
                return Optional.empty();
            }
        }
    }
}
