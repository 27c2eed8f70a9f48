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
import org.vrrp4j.linux.lab.LabProcess;

/** A flood of packets that must be rejected, 2,000 a second for 10 s, neither silences a master nor moves a backup. */
class RejectedPacketsLiveTest {
    private static final Pattern ADVERTISEMENT = Pattern.compile("^(\\d+\\.\\d+) .*VRRP.*prio 150");
    private static final int TRIES = 3;

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"V2_PASS", "V3_100_MS"})
    @DisplayName("R9568-7.1-9 R9568-7.1-10"
            + " the master's longest silence stays under one and a half intervals, and nobody changes its role")
    void floodChangesNothing(Protocol protocol) throws IOException, InterruptedException {
        Duration limit = Duration.ofMillis(protocol == Protocol.V2_PASS ? 1500 : 150);
        List<Duration> silences = new ArrayList<>();
        // a busy machine can only add to the time, so one try within the limit is proof
        while (silences.stream().noneMatch(silence -> silence.compareTo(limit) < 0) && silences.size() < TRIES) {
            silences.add(longestSilence(protocol, limit));
        }
        assertThat(silences).anySatisfy(silence -> assertThat(silence).isLessThan(limit));
    }

    private static Duration longestSilence(Protocol protocol, Duration limit) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(protocol, 150));
            hosts.awaitHolder(hosts.a, Configuration.VIP);
            RouterProcess b = hosts.ours(hosts.b, Configuration.of(protocol, 100));
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            LabProcess capture = hosts.client.capture("eth0", "proto", "112", "and", "src", "192.0.2.1");

            LabProcess gun =
                    hosts.client.startJava(PacketGun.class, protocol == Protocol.V2_PASS ? "2" : "3", "2000", "10");
            gun.awaitLine("shooting", RouterProcess.PATIENCE);
            gun.awaitLine("sent 20000", RouterProcess.PATIENCE);

            a.awaitLine("rejected an advertisement of 192.0.2.254: wrong checksum");
            a.awaitLine("rejected an advertisement of 192.0.2.254: TTL or hop limit is not 255");
            Duration silence = longestGap(capture.output());
            // where the machine itself has kept the master silent, a backup is right to take over
            if (silence.compareTo(limit) < 0) {
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
