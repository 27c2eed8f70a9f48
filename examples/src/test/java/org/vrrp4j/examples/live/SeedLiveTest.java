package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.examples.demo.Prober;
import org.vrrp4j.examples.demo.WebServer;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/**
 * Two load balancers with existing configuration files, each the master of one address and the backup of the other's,
 * and a client that asks both addresses all the time.
 */
class SeedLiveTest {
    private static final String OF_A = "192.0.2.103";
    private static final String OF_B = "192.0.2.104";
    private static final String PORT = "8080";

    @ParameterizedTest(name = "OURS and {0}")
    @EnumSource(Kind.class)
    @DisplayName("when one is unplugged the other has both addresses, and each has its own again afterwards")
    void unplugged(Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            Clients clients = start(hosts, second);

            Instant cut = Instant.now();
            hosts.a.unplug();
            awaitAll(hosts, hosts.b);
            clients.awaitAnswers(hosts.b, hosts.b, cut);
            Instant back = Instant.now();
            hosts.a.plug();
            awaitEachItsOwn(hosts, clients, back);

            cut = Instant.now();
            hosts.b.unplug();
            awaitAll(hosts, hosts.a);
            clients.awaitAnswers(hosts.a, hosts.a, cut);
            back = Instant.now();
            hosts.b.plug();
            awaitEachItsOwn(hosts, clients, back);
        }
    }

    @Test
    @DisplayName("when one is cut off silently both have both addresses, the client gets answers, and it heals")
    void partitioned() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            Clients clients = start(hosts, Kind.OURS);

            Instant cut = Instant.now();
            hosts.a.partition();
            hosts.awaitHolder(hosts.b, OF_A);
            hosts.awaitHolder(hosts.a, OF_B);
            clients.awaitAnswers(hosts.b, hosts.b, cut);
            hosts.watch.sync();
            assertThat(hosts.watch.holders(OF_A)).containsExactlyInAnyOrder("a", "b");
            assertThat(hosts.watch.holders(OF_B)).containsExactlyInAnyOrder("a", "b");

            Instant healed = Instant.now();
            hosts.a.heal();
            awaitEachItsOwn(hosts, clients, healed);
        }
    }

    private static Clients start(TwoHosts hosts, Kind second) throws IOException, InterruptedException {
        for (LabHost host : List.of(hosts.a, hosts.b)) {
            host.startJava(WebServer.class, host.name(), PORT).awaitLine(WebServer.LISTENING, RouterProcess.PATIENCE);
        }
        hosts.start(Kind.OURS, hosts.a, configuration("lb01.conf"));
        hosts.start(second, hosts.b, configuration("lb02.conf"));
        Clients clients = new Clients(prober(hosts, OF_A), prober(hosts, OF_B));
        awaitEachItsOwn(hosts, clients, Instant.MIN);
        return clients;
    }

    private static LabProcess prober(TwoHosts hosts, String address) throws IOException {
        return hosts.client.startJava(Prober.class, address, PORT, "20", "250");
    }

    private static String configuration(String name) throws IOException {
        try (InputStream file = SeedLiveTest.class.getResourceAsStream("/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void awaitAll(TwoHosts hosts, LabHost holder) throws IOException, InterruptedException {
        hosts.awaitOnlyHolder(holder, OF_A);
        hosts.awaitOnlyHolder(holder, OF_B);
    }

    private static void awaitEachItsOwn(TwoHosts hosts, Clients clients, Instant from)
            throws IOException, InterruptedException {
        hosts.awaitOnlyHolder(hosts.a, OF_A);
        hosts.awaitOnlyHolder(hosts.b, OF_B);
        clients.awaitAnswers(hosts.a, hosts.b, from);
    }

    /** The client's requests to each address. */
    private record Clients(LabProcess toFirst, LabProcess toSecond) {
        void awaitAnswers(LabHost first, LabHost second, Instant from) throws IOException, InterruptedException {
            toFirst.awaitLine("answer \\d+ " + first + "$", from, RouterProcess.PATIENCE);
            toSecond.awaitLine("answer \\d+ " + second + "$", from, RouterProcess.PATIENCE);
        }
    }
}
