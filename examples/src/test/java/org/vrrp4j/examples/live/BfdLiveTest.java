package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.KeepalivedPeer;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.OutputLine;

/** a tracks a BFD session with the client, b does not: while the client cannot be reached, b has the address. */
class BfdLiveTest {
    private static final String VIP = Configuration.VIP;

    /** Every 100 ms, five may be missing. */
    private static final Duration DETECTION = Duration.ofMillis(500);

    /** Who is at the other end. */
    enum Peer {
        FRR,
        KEEPALIVED,
        OURS
    }

    private static String session(String source, String neighbor, String more) {
        return """
                bfd_instance gw {
                    neighbor_ip %s
                    source_ip %s
                    min_rx 100
                    min_tx 100
                    multiplier 5
                    %s
                }
                """.formatted(neighbor, source, more);
    }

    private static void startPeer(Peer peer, TwoHosts hosts, String own, String other, String more) throws IOException {
        LabHost host = hosts.client;
        switch (peer) {
            case FRR -> {
                TwoHosts.require("FRR", Frr.unavailabilityCause(hosts, "bfdd"));
                Frr frr = new Frr(host);
                frr.startZebra();
                frr.configure("bfdd", """
                        bfd
                         peer %s local-address %s
                          receive-interval 100
                          transmit-interval 100
                          detect-multiplier 5
                          no shutdown
                         !
                        !
                        """.formatted(other, own));
                frr.start("bfdd", "--bfdctl", "/run/frr-client/bfdd.sock");
            }
            case KEEPALIVED -> {
                TwoHosts.require("keepalived", KeepalivedPeer.unavailabilityCause());
                String file = host.write("bfd.conf", session(own, other, more));
                host.start(
                        "keepalived",
                        "--dont-fork",
                        "--log-console",
                        "--no-syslog",
                        "--log-detail",
                        "--use-file=" + file,
                        "--pid=" + file + ".pid",
                        "--bfd_pid=" + file + ".bfd.pid");
            }
            case OURS ->
                hosts.start(
                        RouterProcess.Kind.OURS,
                        host,
                        session(own, other, more)
                                + Configuration.of(Protocol.V3_1_S, 100)
                                        .text()
                                        .replace("virtual_router_id 51", "virtual_router_id 52")
                                        .replace(VIP, "192.0.2.200"));
            default -> throw new IllegalArgumentException("no such peer: " + peer);
        }
    }

    @ParameterizedTest(name = "{0} over IPv{1}")
    @CsvSource({
        "FRR, 4, ''",
        "FRR, 6, hoplimit 255",
        "KEEPALIVED, 4, ''",
        "KEEPALIVED, 6, ''",
        "OURS, 4, ''",
        "OURS, 6, passive"
    })
    @DisplayName("its link is cut, the session is down, FAULT, and the address moves; it is mended, and comes back")
    void linkOfTheNeighbor(Peer peer, int version, String more) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String own = version == 4 ? "192.0.2.9" : "2001:db8::9";
            String other = version == 4 ? "192.0.2.1" : "2001:db8::1";
            startPeer(peer, hosts, own, other, more.replace("passive", ""));
            RouterProcess a = hosts.start(
                    RouterProcess.Kind.OURS,
                    hosts.a,
                    session(other, own, more)
                            + Configuration.of(Protocol.V3_100_MS, 150)
                                    .with("track_bfd { gw }")
                                    .text());
            hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 100));
            a.awaitLine("bfd gw " + own + ": Init -> Up|bfd gw " + own + ": Down -> Up");
            hosts.awaitOnlyHolder(hosts.a, VIP);

            Instant cut = Instant.now();
            hosts.client.unplug();
            OutputLine down = a.process()
                    .awaitLine("bfd gw " + own + ": Up -> Down: no packet within", cut, RouterProcess.PATIENCE);
            System.out.printf(
                    "%s over IPv%d: down %d ms after the cut, detection time %d ms%n",
                    peer, version, Duration.between(cut, down.time()).toMillis(), DETECTION.toMillis());
            a.awaitRole("VI_1", "FAULT", cut);
            a.awaitLine("bfd gw is down \\(no packet within the detection time\\)");
            hosts.awaitOnlyHolder(hosts.b, VIP);
            assertThat(Duration.between(cut, down.time())).isGreaterThan(DETECTION.dividedBy(2));

            Instant mended = Instant.now();
            hosts.client.plug();
            a.process().awaitLine("bfd gw " + own + ": \\w+ -> Up", mended, RouterProcess.PATIENCE);
            hosts.awaitOnlyHolder(hosts.a, VIP);
        }
    }

    @Test
    @DisplayName("in another network namespace; reloads leave the session up and change it, and the last one ends it")
    void reloadsInNamespace() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String vrrp = Configuration.of(Protocol.V3_100_MS, 150).text();
            String tracking = "net_namespace a\n%s"
                    + Configuration.of(Protocol.V3_100_MS, 150)
                            .with("track_bfd { gw }")
                            .text();
            RouterProcess a = hosts.start(
                    RouterProcess.Kind.OURS, hosts.client, tracking.formatted(session("192.0.2.1", "192.0.2.2", "")));
            RouterProcess b = hosts.start(
                    RouterProcess.Kind.OURS,
                    hosts.b,
                    session("192.0.2.2", "192.0.2.1", "")
                            + Configuration.of(Protocol.V3_100_MS, 100).text());
            b.awaitLine("bfd gw 192.0.2.1: \\w+ -> Up");
            hosts.awaitOnlyHolder(hosts.a, VIP);

            a.reload(tracking.formatted(session("192.0.2.1", "192.0.2.2", "")).replace("priority 150", "priority 151"));
            a.awaitLine("reload.*priority");
            a.reload(tracking.formatted(session("192.0.2.1", "192.0.2.2", "idle_tx 2000"))
                    .replace("priority 150", "priority 151")
                    .replace("min_tx 100", "min_tx 70"));
            a.awaitLine("reload.*bfdSessions");
            assertThat(a.process().output()).doesNotContain("Up -> Down");
            assertThat(b.process().output()).doesNotContain("Up -> Down");

            Instant ended = Instant.now();
            a.reload("net_namespace a\n" + vrrp.replace("priority 150", "priority 151"));
            b.process()
                    .awaitLine("bfd gw 192.0.2.1: Up -> Down: the neighbour signalled", ended, RouterProcess.PATIENCE);
            hosts.awaitOnlyHolder(hosts.a, VIP);
            assertThat(a.stop()).isZero();
        }
    }
}
