package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** Unicast peers and the TTL that is sent to them change while real nodes run. */
class LivePeersLiveTest {

    private static void say(LabProcess router, String ttlAndPeers) throws IOException, InterruptedException {
        router.standardInput().write((ttlAndPeers + "\n").getBytes(StandardCharsets.UTF_8));
        router.standardInput().flush();
        router.awaitLine("peers are " + ttlAndPeers, RouterProcess.PATIENCE);
    }

    private static LabProcess start(LabHost host, String... arguments) throws IOException {
        return host.startJava(LivePeers.class, arguments);
    }

    @Test
    @DisplayName("a master that gets another peer is heard by it at once, and its TTL is the one that was asked for")
    void peersAndTtlChange() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess a = start(hosts.a, "150", "255", "192.0.2.7");
            a.awaitLine("role MASTER", RouterProcess.PATIENCE);
            LabProcess b = start(hosts.b, "100", "255", "192.0.2.1");
            b.awaitLine("role MASTER", RouterProcess.PATIENCE);

            Instant known = Instant.now();
            say(a, "255 192.0.2.7 192.0.2.2");
            b.awaitLine("role BACKUP", known, RouterProcess.PATIENCE);
            hosts.awaitOnlyHolder(hosts.a, Configuration.VIP);

            Instant otherTtl = Instant.now();
            say(a, "9 192.0.2.2");
            b.awaitLine("role MASTER", otherTtl, RouterProcess.PATIENCE);
            b.awaitLine("TTL or hop limit is not 255 .found 9.", RouterProcess.PATIENCE);
            Instant sameTtl = Instant.now();
            say(b, "9 192.0.2.1");
            b.awaitLine("role BACKUP", sameTtl, RouterProcess.PATIENCE);
            hosts.awaitOnlyHolder(hosts.a, Configuration.VIP);

            assertThat(a.output()).doesNotContain("role MASTER\nrole BACKUP\nrole MASTER");
            for (LabProcess router : new LabProcess[] {b, a}) {
                router.standardInput().close();
                assertThat(router.awaitExit(RouterProcess.PATIENCE)).isZero();
            }
        }
    }
}
