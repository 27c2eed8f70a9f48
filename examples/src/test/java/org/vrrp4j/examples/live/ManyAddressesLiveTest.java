package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.lab.AddressEvent;
import org.vrrp4j.linux.lab.AddressEvent.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** A router of 250 addresses that moves from host to host. */
class ManyAddressesLiveTest {
    private static final int MOVES = RepeatedTimes.repeats(6);
    /** On a busy machine: load only adds time. */
    private static final int MOST_MOVES = Math.max(24, MOVES);

    private static final Pattern SENT =
            Pattern.compile("^(?<seconds>\\d+)\\.(?<micros>\\d{6}) .* 192.0.2.(?<host>[12]) > .* vrid (?<vrid>\\d+),");
    private static final String MOVED = "the last address has come, counted from when the first went";
    private static final String RELEASED = "all have gone from the old master";
    private static final String ACQUIRED = "all have come to the new master";
    private static final String GAP = "the longest gap between advertisements of a node while 250 addresses moved";
    private static final Duration LIMIT = Duration.ofMillis(50);

    /** An advertisement as the kernel stamped it. */
    private record Sent(Instant time, String vrid) {}

    @Test
    @DisplayName("250 addresses move in less than 50 ms, and advertisements of the same loops stay on time")
    void move() throws IOException, InterruptedException {
        RepeatedTimes times = new RepeatedTimes();
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess a = hosts.a.startJava(ManyAddressesNode.class, "52", "192.0.2.201/24");
            awaitAll(hosts, hosts.a);
            LabProcess b = hosts.b.startJava(ManyAddressesNode.class, "53", "192.0.2.202/24");
            hosts.awaitHolder(hosts.b, "192.0.2.202");
            LabProcess capture = hosts.client.capture("eth0", "proto", "112");
            for (int i = 0; i < MOVES || i < MOST_MOVES && !isInside(times); i++) {
                boolean forth = i % 2 == 0;
                Instant from = Instant.now();
                LabProcess old = forth ? a : b;
                old.standardInput().write('\n');
                old.standardInput().flush();
                awaitAll(hosts, forth ? hosts.b : hosts.a);
                times.add(MOVED, Duration.between(first(hosts, Kind.DELETED, from), last(hosts, Kind.ADDED, from)));
                times.add(
                        RELEASED, Duration.between(first(hosts, Kind.DELETED, from), last(hosts, Kind.DELETED, from)));
                times.add(ACQUIRED, Duration.between(first(hosts, Kind.ADDED, from), last(hosts, Kind.ADDED, from)));
                Instant moved = last(hosts, Kind.ADDED, from);
                // an advertisement of each after that has come too
                Thread.sleep(10 * ManyAddressesNode.BEAT.toMillis());
                times.add(GAP, longestGap(capture, from, moved));
            }
            for (LabProcess node : List.of(a, b)) {
                node.standardInput().close();
                assertThat(node.awaitExit(RouterProcess.PATIENCE)).isZero();
            }
        }
        times.print("250 addresses");
        assertThat(times.shortest(MOVED)).isLessThan(LIMIT);
        assertThat(times.shortest(GAP)).isLessThan(LIMIT);
    }

    private static boolean isInside(RepeatedTimes times) {
        return times.shortest(MOVED).compareTo(LIMIT) < 0 && times.shortest(GAP).compareTo(LIMIT) < 0;
    }

    private static void awaitAll(TwoHosts hosts, LabHost host) throws IOException, InterruptedException {
        for (String address : ManyAddressesNode.ADDRESSES) {
            hosts.awaitHolder(host, address);
        }
        hosts.watch.sync();
        assertThat(ManyAddressesNode.ADDRESSES)
                .allSatisfy(address -> assertThat(hosts.watch.holders(address)).containsExactly(host.name()));
    }

    private static Instant first(TwoHosts hosts, Kind kind, Instant from) {
        return times(hosts, kind, from).min(Instant::compareTo).orElseThrow();
    }

    private static Instant last(TwoHosts hosts, Kind kind, Instant from) {
        return times(hosts, kind, from).max(Instant::compareTo).orElseThrow();
    }

    private static Stream<Instant> times(TwoHosts hosts, Kind kind, Instant from) {
        return hosts.watch.events().stream()
                .filter(event -> event.kind() == kind && event.address().startsWith("198.51.100."))
                .map(AddressEvent::time)
                .filter(time -> !time.isBefore(from));
    }

    /** Of the routers that do not move, one on each host. */
    private static Duration longestGap(LabProcess capture, Instant from, Instant until) {
        List<Sent> sent = new ArrayList<>();
        capture.output().lines().forEach(line -> {
            Matcher matcher = SENT.matcher(line);
            if (matcher.find()) {
                Instant time = Instant.ofEpochSecond(
                        Long.parseLong(matcher.group("seconds")), 1000 * Long.parseLong(matcher.group("micros")));
                sent.add(new Sent(time, matcher.group("vrid")));
            }
        });
        Duration longest = Duration.ZERO;
        for (String vrid : List.of("52", "53")) {
            List<Instant> beats = sent.stream()
                    .filter(each -> each.vrid().equals(vrid))
                    .map(Sent::time)
                    .toList();
            assertThat(beats).as("of VRID %s", vrid).hasSizeGreaterThan(10);
            for (int i = 1; i < beats.size(); i++) {
                boolean inside = beats.get(i).isAfter(from) && beats.get(i - 1).isBefore(until);
                Duration gap = Duration.between(beats.get(i - 1), beats.get(i));
                longest = inside && gap.compareTo(longest) > 0 ? gap : longest;
            }
        }
        return longest;
    }
}
