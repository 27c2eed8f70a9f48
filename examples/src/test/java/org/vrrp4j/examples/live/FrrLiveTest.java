package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.linux.lab.LabProcess;

/** Ours on b beside FRR's vrrpd on a, which holds its addresses on a macvlan with the virtual router MAC address. */
class FrrLiveTest {
    /** What differs between the families. */
    enum Family {
        IPV4("192.0.2.100", "192.0.2.100/32", "00:00:5e:00:01:33", " vrrp 51 ip 192.0.2.100", "192.0.2.100/24"),
        IPV6(
                "2001:db8::100",
                "2001:db8::100/64",
                "00:00:5e:00:02:33",
                " vrrp 51 ipv6 fe80::51\n vrrp 51 ipv6 2001:db8::100",
                "fe80::51/64\n2001:db8::100/64");

        private final String vip;
        private final String onMacvlan;
        private final String mac;
        private final String frr;
        private final String ours;

        Family(String vip, String onMacvlan, String mac, String frr, String ours) {
            this.vip = vip;
            this.onMacvlan = onMacvlan;
            this.mac = mac;
            this.frr = frr;
            this.ours = ours;
        }
    }

    /** Waits for its zebra, without which vrrpd has no interfaces. */
    private static LabProcess startFrr(TwoHosts hosts, Family family, int priority)
            throws IOException, InterruptedException {
        String setUp = """
                set -e
                # the addresses stay on the macvlan, and eth0 would answer for them even as a backup
                echo 1 >/proc/sys/net/ipv4/conf/eth0/arp_ignore
                ip link show vrrp 2>/dev/null || ip link add vrrp link eth0 type macvlan mode bridge
                ip link set vrrp address %s
                ip address replace %s dev vrrp nodad
                ip link set vrrp up
                """.formatted(family.mac, family.onMacvlan);
        String configuration = """
                interface eth0
                 vrrp 51 version 3
                 vrrp 51 priority %d
                 vrrp 51 advertisement-interval 100
                """.formatted(priority) + family.frr;
        hosts.a.run("sh", "-c", family == Family.IPV4 ? setUp.replace(" nodad", "") : setUp);
        Frr frr = new Frr(hosts.a);
        frr.configure("vrrpd", configuration);
        return frr.start("vrrpd", "--log-level", "debug");
    }

    private static String ours(Family family, int priority, String line) {
        return Configuration.of(Configuration.Protocol.V3_100_MS, priority)
                .with(line)
                .text()
                .replace("192.0.2.100/24 dev eth0", family.ours);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    @DisplayName("version 3 with FRR: its stop hands over to us, its return preempts us, ours preempts it")
    void changesHands(Family family) throws IOException, InterruptedException {
        changesHands(family, "", ".*");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    @DisplayName("the same with a virtual MAC address on our side too: neighbours know the address by it all the time")
    void virtualMac(Family family) throws IOException, InterruptedException {
        changesHands(family, "use_vmac", family.mac);
    }

    /** With a line more in our configuration; our addresses are then behind this MAC address. */
    private void changesHands(Family family, String line, String macOfOurs) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("FRR", Frr.unavailabilityCause(hosts, "vrrpd"));
            // FRR advertises itself as a router too, which would give b a further address
            hosts.b.run("sh", "-c", "echo 0 >/proc/sys/net/ipv6/conf/eth0/accept_ra");
            LabProcess zebra = new Frr(hosts.a).startZebra();
            LabProcess frr = startFrr(hosts, family, 150);
            frr.awaitLine("Backup -> Master", RouterProcess.PATIENCE);
            RouterProcess b = hosts.start(RouterProcess.Kind.OURS, hosts.b, ours(family, 100, line));
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            assertThat(hosts.client.resolve(family.vip)).isPresent();

            frr.signal("TERM");
            b.awaitLine("BACKUP -> MASTER: the master gave up");
            hosts.awaitHolder(hosts.b, family.vip);
            assertThat(hosts.client.neighbour(family.vip).orElseThrow()).matches(macOfOurs);

            Instant back = Instant.now();
            frr = startFrr(hosts, family, 150);
            b.awaitRole("VI_1", "BACKUP", back);
            b.awaitLine("MASTER -> BACKUP: heard a higher priority");
            hosts.awaitGone(hosts.b, family.vip);

            assertThat(b.stop()).isZero();
            RouterProcess better = hosts.start(RouterProcess.Kind.OURS, hosts.b, ours(family, 200, line));
            better.awaitLine("BACKUP -> MASTER: preempts a master of lower priority");
            frr.awaitLine("Master -> Backup", RouterProcess.PATIENCE);
            hosts.awaitHolder(hosts.b, family.vip);
            assertThat(hosts.client.resolve(family.vip).orElseThrow()).matches(macOfOurs);
            for (RouterProcess router : new RouterProcess[] {b, better}) {
                assertThat(router.process().output()).doesNotContain("rejected", "other addresses");
            }
            zebra.signal("TERM");
        }
    }
}
