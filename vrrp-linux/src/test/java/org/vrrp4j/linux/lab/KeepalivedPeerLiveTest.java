package org.vrrp4j.linux.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lab holds real keepalived pairs, and their known behaviour shows in it. */
class KeepalivedPeerLiveTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String VIP = "192.0.2.100/24";

    private Lab lab;
    private LabHost a;
    private LabHost b;
    private LabHost client;
    private AddressWatch watch;
    private KeepalivedPeer master;
    private KeepalivedPeer backup;

    @BeforeEach
    void startPair() throws IOException, InterruptedException {
        LiveTests.requireKeepalived();
        lab = LiveTests.openLab();
        a = lab.addHost("a", "192.0.2.1/24");
        b = lab.addHost("b", "192.0.2.2/24");
        client = lab.addHost("client", "192.0.2.9/24");
        watch = lab.watchAddresses();
        master = KeepalivedPeer.start(a, configuration(150));
        master.awaitState("web", "MASTER", Instant.MIN, LONG);
        watch.awaitHolder(a, VIP, LONG);
        backup = KeepalivedPeer.start(b, configuration(100));
        backup.awaitState("web", "BACKUP", Instant.MIN, LONG);
    }

    @AfterEach
    void close() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    private static String configuration(int priority) {
        return """
               global_defs {
                   vrrp_version 3
               }
               vrrp_instance web {
                   interface eth0
                   virtual_router_id 51
                   priority %d
                   advert_int 0.2
                   virtual_ipaddress {
                       192.0.2.100/24
                   }
               }
               """.formatted(priority);
    }

    private static String mac(LabHost host) throws IOException {
        return host.run("cat", "/sys/class/net/eth0/address").strip();
    }

    @Test
    void stoppedMasterHandsItsAddressOver() throws IOException, InterruptedException {
        master.stop();
        watch.awaitHolder(b, VIP, LONG);
        watch.sync();
        assertThat(watch.sharedSpans(VIP)).isEmpty();
        assertThat(watch.holders(VIP)).containsExactly("b");
        assertThat(client.resolve("192.0.2.100")).contains(mac(b));
    }

    @Test
    void crashedMasterKeepsItsAddressWhileTheBackupTakesIt() throws IOException, InterruptedException {
        master.crash();
        watch.awaitHolder(b, VIP, LONG);
        backup.awaitState("web", "MASTER", Instant.MIN, LONG);
        assertThat(backup.state("web")).isEqualTo(Optional.of("MASTER"));
        assertThat(watch.holders(VIP)).containsExactlyInAnyOrder("a", "b");
        assertThat(watch.sharedSpans(VIP)).hasSize(1);
    }

    @Test
    void partitionMakesTwoMastersAndHealingOne() throws IOException, InterruptedException {
        a.partition();
        watch.awaitHolder(b, VIP, LONG);
        assertThat(client.resolve("192.0.2.100")).contains(mac(b));
        Instant healing = Instant.now();
        a.heal();
        backup.awaitState("web", "BACKUP", healing, LONG);
        watch.awaitEvent(
                event -> event.kind() == AddressEvent.Kind.DELETED
                        && event.host().equals("b"),
                LONG);
        assertThat(watch.holders(VIP)).containsExactly("a");
        assertThat(client.resolve("192.0.2.100")).contains(mac(a));
    }

    @Test
    void unpluggedMasterGoesToFault() throws IOException, InterruptedException {
        Instant before = Instant.now();
        a.unplug();
        master.awaitState("web", "FAULT", before, LONG);
        watch.awaitHolder(b, VIP, LONG);
        Instant plugging = Instant.now();
        a.plug();
        master.awaitState("web", "MASTER", plugging, LONG);
    }

    @Test
    void pausedMasterKeepsItsAddressAndComesBack() throws IOException, InterruptedException {
        master.pause();
        watch.awaitHolder(b, VIP, LONG);
        assertThat(watch.holders(VIP)).containsExactlyInAnyOrder("a", "b");
        Instant resumed = Instant.now();
        master.resume();
        backup.awaitState("web", "BACKUP", resumed, LONG);
    }

    @Test
    void reloadedConfigurationTakesEffect() throws IOException, InterruptedException {
        Instant before = Instant.now();
        master.reload(configuration(50));
        backup.awaitState("web", "MASTER", before, LONG);
    }
}
