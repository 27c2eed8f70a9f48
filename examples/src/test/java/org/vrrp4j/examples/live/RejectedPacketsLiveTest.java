package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** A flood of packets that must be rejected, 2,000 a second for 10 s, neither silences a master nor moves a backup. */
class RejectedPacketsLiveTest {
    private static final Pattern ADVERTISEMENT = Pattern.compile("^(\\d+\\.\\d+) .*VRRP.*prio 150");
    private static final int TRIES = 3;

    private enum Case {
        V2(1000, "2") {
            @Override
            String text(int host, int priority) {
                return Configuration.of(Protocol.V2_PASS, priority).text();
            }
        },
        V3(100, "3") {
            @Override
            String text(int host, int priority) {
                return Configuration.of(Protocol.V3_100_MS, priority).text();
            }
        },
        /** A backup hears the master's packets only where they are sent to, so that is where they are counted. */
        UNICAST(100, "3", "1", "2") {
            @Override
            String text(int host, int priority) {
                return Way.UNICAST_V3.text(host, priority);
            }
        };

        private final Duration limit;
        private final String version;
        private final List<String> targets;

        Case(long intervalMillis, String version, String... targets) {
            this.limit = Duration.ofMillis(intervalMillis * 3 / 2);
            this.version = version;
            this.targets = List.of(targets);
        }

        abstract String text(int host, int priority);

        String[] gun() {
            List<String> arguments = new ArrayList<>(List.of(version, "2000", "10"));
            arguments.addAll(targets);
            return arguments.toArray(String[]::new);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R9568-7.1-9 R9568-7.1-10"
            + " the master's longest silence stays under one and a half intervals, and nobody changes its role")
    void floodChangesNothing(Case flood) throws IOException, InterruptedException {
        List<Duration> silences = new ArrayList<>();
        // a busy machine can only add to the time, so one try within the limit is proof
        while (silences.stream().noneMatch(silence -> silence.compareTo(flood.limit) < 0) && silences.size() < TRIES) {
            silences.add(longestSilence(flood));
        }
        assertThat(silences).anySatisfy(silence -> assertThat(silence).isLessThan(flood.limit));
    }

    private static Duration longestSilence(Case flood) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            RouterProcess a = hosts.start(RouterProcess.Kind.OURS, hosts.a, flood.text(1, 150));
            hosts.awaitHolder(hosts.a, Configuration.VIP);
            RouterProcess b = hosts.start(RouterProcess.Kind.OURS, hosts.b, flood.text(2, 100));
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            LabHost ear = flood.targets.isEmpty() ? hosts.client : hosts.b;
            LabProcess capture = ear.capture("eth0", "proto", "112", "and", "src", "192.0.2.1");

            LabProcess gun = hosts.client.startJava(PacketGun.class, flood.gun());
            gun.awaitLine("shooting", RouterProcess.PATIENCE);
            gun.awaitLine("sent 20000", RouterProcess.PATIENCE);

            a.awaitLine("rejected an advertisement of 192.0.2.254: wrong checksum");
            a.awaitLine("rejected an advertisement of 192.0.2.254: TTL or hop limit is not 255");
            if (!flood.targets.isEmpty()) {
                a.awaitLine("rejected an advertisement of 192.0.2.254: sender is not a unicast peer");
                b.awaitLine("rejected an advertisement of 192.0.2.254: sender is not a unicast peer");
            }
            Duration silence = longestGap(capture.output());
            // where the machine itself has kept the master silent, a backup is right to take over
            if (silence.compareTo(flood.limit) < 0) {
                assertThat(a.process().output())
                        .containsOnlyOnce("BACKUP -> MASTER")
                        .doesNotContain("MASTER -> ");
                assertThat(b.process().output()).containsOnlyOnce(" -> ");
            }
            return silence;
        }
    }

    private static Duration longestGap(String capture) {
        BigDecimal longest = BigDecimal.ZERO;
        BigDecimal last = null;
        for (String line : capture.split("\n")) {
            Matcher advertisement = ADVERTISEMENT.matcher(line);
            if (advertisement.find()) {
                BigDecimal time = new BigDecimal(advertisement.group(1));
                longest = last == null ? longest : longest.max(time.subtract(last));
                last = time;
            }
        }
        assertThat(longest).as("seen advertisements").isPositive();
        return Duration.ofNanos(longest.movePointRight(9).longValue());
    }
}
