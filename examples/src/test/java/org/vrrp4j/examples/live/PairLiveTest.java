package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.examples.live.RouterProcess.Kind;

/** Two routers on one wire: ours with ours, and ours with keepalived on either side. */
class PairLiveTest {
    private static final String VIP = Configuration.VIP;

    static Stream<Arguments> pairs() {
        return Stream.of(Protocol.V2_PASS, Protocol.V3_100_MS)
                .flatMap(protocol -> Stream.of(
                        Arguments.of(protocol, Kind.OURS, Kind.OURS),
                        Arguments.of(protocol, Kind.OURS, Kind.KEEPALIVED),
                        Arguments.of(protocol, Kind.KEEPALIVED, Kind.OURS)));
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    @DisplayName("R9568-6.4.2-5 the higher priority holds the address whenever its link is there")
    void cutAndReturn(Protocol protocol, Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a =
                    hosts.start(first, hosts.a, Configuration.of(protocol, 150).text());
            hosts.awaitHolder(hosts.a, VIP);
            RouterProcess b =
                    hosts.start(second, hosts.b, Configuration.of(protocol, 100).text());
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            hosts.awaitOnlyHolder(hosts.a, VIP);

            Instant cut = Instant.now();
            hosts.a.unplug();
            a.awaitRole("VI_1", "FAULT", cut);
            hosts.awaitOnlyHolder(hosts.b, VIP);
            b.awaitRole("VI_1", "MASTER", cut);

            Instant back = Instant.now();
            hosts.a.plug();
            a.awaitRole("VI_1", "MASTER", back);
            b.awaitRole("VI_1", "BACKUP", back);
            hosts.awaitOnlyHolder(hosts.a, VIP);
            assertThat(hosts.client.resolve(VIP)).isPresent();
        }
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    @DisplayName("a stopped master hands over, takes back when it returns, and loses the address when killed")
    void stopReturnAndKill(Protocol protocol, Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String better = Configuration.of(protocol, 150).text();
            RouterProcess a = hosts.start(first, hosts.a, better);
            RouterProcess b =
                    hosts.start(second, hosts.b, Configuration.of(protocol, 100).text());
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            hosts.awaitOnlyHolder(hosts.a, VIP);

            assertThat(a.stop()).isZero();
            hosts.awaitOnlyHolder(hosts.b, VIP);
            if (b.isOurs()) {
                b.awaitLine("BACKUP -> MASTER: the master gave up");
            }

            a = hosts.start(first, hosts.a, better);
            hosts.awaitOnlyHolder(hosts.a, VIP);

            Instant killed = Instant.now();
            a.kill();
            hosts.awaitHolder(hosts.b, VIP);
            b.awaitRole("VI_1", "MASTER", killed);
            if (a.isOurs()) {
                hosts.awaitOnlyHolder(hosts.b, VIP);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    @DisplayName("nopreempt leaves a working master of lower priority alone")
    void noPreempt(Protocol protocol, Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess b =
                    hosts.start(second, hosts.b, Configuration.of(protocol, 100).text());
            hosts.awaitHolder(hosts.b, VIP);
            RouterProcess a = hosts.start(
                    first,
                    hosts.a,
                    Configuration.of(protocol, 150).with("nopreempt").text());
            a.awaitRole("VI_1", "BACKUP", Instant.MIN);
            // longer than the Master_Down_Interval of either protocol, on a wire that is watched
            Thread.sleep(protocol == Protocol.V2_PASS ? 5000 : 1500);
            hosts.watch.sync();
            assertThat(hosts.watch.holdings(VIP))
                    .allSatisfy(holding -> assertThat(holding.host()).isEqualTo("b"));

            assertThat(b.stop()).isZero();
            hosts.awaitOnlyHolder(hosts.a, VIP);
        }
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    @DisplayName("of two masters with equal priority the one with the greater address stays")
    void equalPriority(Protocol protocol, Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.start(first, hosts.a, Configuration.of(protocol, 100).text());
            hosts.awaitHolder(hosts.a, VIP);
            hosts.start(second, hosts.b, Configuration.of(protocol, 100).text())
                    .awaitRole("VI_1", "BACKUP", Instant.MIN);
            hosts.b.partition();
            hosts.awaitHolder(hosts.b, VIP);
            hosts.watch.sync();
            assertThat(hosts.watch.holders(VIP)).containsExactlyInAnyOrder("a", "b");
            hosts.b.heal();
            hosts.awaitOnlyHolder(hosts.b, VIP);
        }
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("kinds")
    @DisplayName("with different passwords both stay masters, and ours says why")
    void wrongPassword(Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            Configuration configuration = Configuration.of(Protocol.V2_PASS, 150);
            RouterProcess a = hosts.start(first, hosts.a, configuration.text());
            RouterProcess b = hosts.start(
                    second, hosts.b, Configuration.of(Protocol.V2_PASS, 100).textWithPassword("wrong"));
            hosts.awaitHolder(hosts.a, VIP);
            hosts.awaitHolder(hosts.b, VIP);
            for (RouterProcess router : new RouterProcess[] {a, b}) {
                if (router.isOurs()) {
                    router.awaitLine("rejected an advertisement of 192.0.2.[12]: wrong password");
                }
            }
            hosts.watch.sync();
            assertThat(hosts.watch.holders(VIP)).containsExactlyInAnyOrder("a", "b");
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(Kind.OURS, Kind.OURS),
                Arguments.of(Kind.OURS, Kind.KEEPALIVED),
                Arguments.of(Kind.KEEPALIVED, Kind.OURS));
    }

    @Test
    @DisplayName("a higher priority preempts, and no host holds the address for longer than the change takes")
    void higherPriorityPreempts() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess b = hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 100));
            hosts.awaitHolder(hosts.b, VIP);
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 101));
            a.awaitLine("BACKUP -> MASTER: preempts a master of lower priority");
            b.awaitLine("MASTER -> BACKUP: heard a higher priority \\(master 192.0.2.1\\)");
            hosts.awaitOnlyHolder(hosts.a, VIP);
        }
    }
}
