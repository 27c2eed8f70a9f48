package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vrrp4j.examples.live.VirtualMacs.MAC_OF_A;
import static org.vrrp4j.examples.live.VirtualMacs.macvlans;
import static org.vrrp4j.examples.live.VirtualMacs.setting;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.LinuxPlatformProvider;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.model.Role;

/** What a host is like with virtual MAC addresses, and what becomes of their interfaces whatever happens to it. */
class VirtualMacHostLiveTest {
    private static final int MANY = 24;

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(RouterProcess.PATIENCE).untilAsserted(assertion);
    }

    private static RouterProcess master(TwoHosts hosts, VirtualMacs way, String... options)
            throws IOException, InterruptedException {
        RouterProcess router = hosts.start(Kind.OURS, hosts.a, way.text(150), options);
        router.awaitRole("VI_1", "MASTER", Instant.MIN);
        hosts.awaitHolder(hosts.a, way.vip);
        return router;
    }

    private static void assertNothingLeft(LabHost host) throws IOException {
        assertThat(macvlans(host)).isEmpty();
        assertThat(setting(host, "ipv4/conf/eth0/arp_ignore")).isEqualTo("0");
        assertThat(setting(host, "ipv4/conf/eth0/arp_announce")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(
            value = VirtualMacs.class,
            names = {"V3", "IPV6"})
    @DisplayName("the guard of a killed master or backup removes the interface and restores the settings below")
    void killedWithGuard(VirtualMacs way) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = master(hosts, way);
            a.awaitLine("the guard process \\d+ takes");
            RouterProcess b = hosts.start(Kind.OURS, hosts.b, way.text(100));
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            b.awaitLine("the guard process \\d+ takes");
            assertThat(macvlans(hosts.b)).hasSize(1);
            for (RouterProcess router : List.of(b, a)) {
                router.process().signal("KILL");
            }
            eventually(() -> assertNothingLeft(hosts.a));
            eventually(() -> assertNothingLeft(hosts.b));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VirtualMacs.class,
            names = {"V3", "IPV6"})
    @DisplayName("what a killed process left is used by the next one of the same configuration, and removed by another")
    void killedWithoutGuard(VirtualMacs way) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            master(hosts, way, "--no-guard").kill();
            String left = macvlans(hosts.a).get(0);
            RouterProcess next = master(hosts, way, "--no-guard");
            assertThat(macvlans(hosts.a))
                    .singleElement()
                    .asString()
                    .as("the same interface")
                    .startsWith(left.split(" ")[0]);
            next.kill();
            RouterProcess other =
                    hosts.start(Kind.OURS, hosts.a, way.text(150).replace("use_vmac vmac", ""), "--no-guard");
            other.awaitLine("Removed interface vmac: left behind by a node that is no more");
            other.awaitRole("VI_1", "MASTER", Instant.MIN);
            eventually(() -> assertNothingLeft(hosts.a));
        }
    }

    @Test
    @DisplayName("settings that somebody had are there again afterwards, however many routers were on the interface")
    void settingsAreRestored() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.a.run(
                    "sh",
                    "-c",
                    "cd /proc/sys/net/ipv4/conf/eth0; echo 1 >arp_announce; echo 1 >rp_filter;"
                            + " echo 1 >../all/rp_filter");
            String second = VirtualMacs.V3
                    .text(150)
                    .replace("VI_1", "VI_2")
                    .replace("vmac vmac", "vmac other")
                    .replace("_id 51", "_id 52")
                    .replace("2.100", "2.101");
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, VirtualMacs.V3.text(150) + second);
            hosts.awaitHolder(hosts.a, "192.0.2.100");
            hosts.awaitHolder(hosts.a, "192.0.2.101");
            assertThat(setting(hosts.a, "ipv4/conf/eth0/arp_ignore")).isEqualTo("1");
            assertThat(setting(hosts.a, "ipv4/conf/eth0/arp_announce")).isEqualTo("2");
            assertThat(hosts.client.resolve("192.0.2.100")).contains("00:00:5e:00:01:33");
            assertThat(hosts.client.resolve("192.0.2.101")).contains("00:00:5e:00:01:34");
            assertThat(hosts.client.resolve("192.0.2.1")).contains(MAC_OF_A);
            assertThat(a.stop()).isZero();
            assertThat(macvlans(hosts.a)).isEmpty();
            assertThat(setting(hosts.a, "ipv4/conf/eth0/arp_ignore")).isEqualTo("0");
            assertThat(setting(hosts.a, "ipv4/conf/eth0/arp_announce")).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("an interface of that name that is not ours is left alone: FAULT with the remedy, until it goes")
    void foreignInterface() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.a.run("ip", "link", "add", "vmac", "type", "bridge");
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, VirtualMacs.V3.text(150));
            a.awaitLine(
                    "-> FAULT: .*there is an interface vmac that is none of ours: delete it \\(ip link del vmac\\)");
            assertThat(macvlans(hosts.a)).isEmpty();
            hosts.a.run("ip", "link", "del", "vmac");
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            hosts.awaitHolder(hosts.a, "192.0.2.100");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VirtualMacs.class,
            names = {"V3", "IPV6"})
    @DisplayName("deleted or set down by somebody, the interface is there again with its addresses, and it is told")
    void somebodyElse(VirtualMacs way) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = master(hosts, way);
            hosts.a.run("ip", "link", "del", "vmac");
            a.awaitLine("WARN .*interface vmac had gone, and was made anew");
            a.awaitLine("WARN +VI_1 .*had been removed; put back and announced");
            eventually(() -> assertThat(hosts.a.holds(way.vip)).isTrue());
            eventually(() -> assertThat(hosts.client.resolve(way.vip)).contains(way.mac));

            hosts.a.run("ip", "link", "set", "vmac", "down");
            a.awaitLine("WARN .*interface vmac was down, and is up again");
            eventually(() -> assertThat(hosts.client.resolve(way.vip)).contains(way.mac));
            assertThat(a.process().output()).doesNotContain("MASTER -> ");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VirtualMacs.class,
            names = {"V3", "IPV6"})
    @DisplayName("the interface below goes down, is renamed, or deleted: FAULT, and afterwards it is all there again")
    void interfaceBelow(VirtualMacs way) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = master(hosts, way);
            Instant down = Instant.now();
            hosts.a.run("ip", "link", "set", "eth0", "down");
            a.awaitRole("VI_1", "FAULT", down);
            eventually(() ->
                    assertThat(macvlans(hosts.a)).singleElement().asString().doesNotContain(",UP"));
            Instant up = Instant.now();
            hosts.a.run("ip", "link", "set", "eth0", "up");
            if (way == VirtualMacs.IPV6) {
                hosts.a.run("ip", "address", "replace", "2001:db8::1/64", "dev", "eth0", "nodad");
            }
            a.awaitRole("VI_1", "MASTER", up);
            eventually(() -> assertThat(hosts.client.resolve(way.vip)).contains(way.mac));

            Instant renamed = Instant.now();
            hosts.a.run("sh", "-c", "ip link set eth0 down; ip link set eth0 name eth9; ip link set eth9 up");
            a.awaitRole("VI_1", "FAULT", renamed);
            eventually(() -> assertThat(macvlans(hosts.a)).isEmpty());
            assertThat(setting(hosts.a, "ipv4/conf/eth9/arp_ignore")).isEqualTo("0");
            Instant back = Instant.now();
            hosts.a.run("sh", "-c", "ip link set eth9 down; ip link set eth9 name eth0; ip link set eth0 up");
            a.awaitRole("VI_1", "MASTER", back);
            eventually(() -> assertThat(hosts.client.resolve(way.vip)).contains(way.mac));

            Instant deleted = Instant.now();
            hosts.a.run("ip", "link", "del", "eth0");
            a.awaitRole("VI_1", "FAULT", deleted);
            assertThat(macvlans(hosts.a)).isEmpty();
            Instant anew = Instant.now();
            hosts.a.run(
                    "sh",
                    "-c",
                    "ip link add eth0 type veth peer name other; ip address add 192.0.2.1/24 dev eth0;"
                            + " ip link set eth0 up; ip link set other up");
            a.awaitRole("VI_1", "MASTER", anew);
            eventually(() -> assertThat(hosts.a.holds(way.vip)).isTrue());
            assertThat(macvlans(hosts.a)).hasSize(1);
        }
    }

    @Test
    @DisplayName("many virtual routers on one interface, each with its MAC address; a stop and a take-over of them all")
    void manyRouters() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i <= MANY; i++) {
                text.append(VirtualMacs.V3
                        .text(150)
                        .replace("VI_1", "VI_" + i)
                        .replace("vmac vmac", "vmac")
                        .replace("_id 51", "_id " + i)
                        // nothing of it is about time, and a plain user's processes have no precedence
                        .replace("advert_int 0.1", "advert_int 1")
                        .replace("2.100", "2." + (100 + i)));
            }
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, text.toString());
            for (int i = 1; i <= MANY; i++) {
                hosts.awaitHolder(hosts.a, "192.0.2." + (100 + i));
            }
            RouterProcess b = hosts.start(Kind.OURS, hosts.b, text.toString().replace("priority 150", "priority 100"));
            b.awaitRole("VI_" + MANY, "BACKUP", Instant.MIN);
            for (int i = 1; i <= MANY; i++) {
                assertThat(hosts.client.resolve("192.0.2." + (100 + i))).contains("00:00:5e:00:01:%02x".formatted(i));
            }
            assertThat(hosts.client.resolve("192.0.2.1")).contains(MAC_OF_A);
            Instant stopped = Instant.now();
            assertThat(a.stop()).isZero();
            Duration stop = Duration.between(stopped, Instant.now());
            for (int i = 1; i <= MANY; i++) {
                hosts.awaitOnlyHolder(hosts.b, "192.0.2." + (100 + i));
            }
            System.out.printf("%d virtual MAC addresses: stopped after %d ms%n", MANY, stop.toMillis());
            assertNothingLeft(hosts.a);
            assertThat(b.process().output()).doesNotContain("MASTER -> ");
            assertThat(hosts.client.resolve("192.0.2.101")).contains("00:00:5e:00:01:01");
        }
    }

    @Test
    @DisplayName("a plain user with the two capabilities can have one too")
    void plainUser() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            PlainUser user = PlainUser.on(hosts, hosts.a);
            String file = hosts.a.write("user.conf", VirtualMacs.V3.text(150));
            RouterProcess a = RouterProcess.ours(hosts.a.start(user.command(Capability.OF_EVERY_NODE, "run", file)));
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            hosts.awaitHolder(hosts.a, "192.0.2.100");
            assertThat(hosts.client.resolve("192.0.2.100")).contains("00:00:5e:00:01:33");
            assertThat(a.stop()).isZero();
            assertNothingLeft(hosts.a);
        }
    }

    @Test
    @DisplayName("a node in another network namespace has its interfaces there")
    void otherNamespace() throws IOException {
        try (TwoHosts hosts = TwoHosts.open()) {
            if (hosts.lab.isUserNamespace()) {
                TwoHosts.require("root", Optional.of("only root's labs can be entered"));
            }
            String namespace = hosts.a.networkNamespace().toString();
            try (VrrpNode node = VrrpNode.builder()
                    .platform(new LinuxPlatformProvider().inNamespace(namespace))
                    .router(VirtualRouter.on("eth0")
                            .name("ipv4")
                            .vrid(51)
                            .advertisementInterval(Duration.ofMillis(100))
                            .address("192.0.2.100/24")
                            .virtualMac())
                    .router(VirtualRouter.on("eth0")
                            .name("ipv6")
                            .vrid(51)
                            .advertisementInterval(Duration.ofMillis(100))
                            .address("fe80::51/64")
                            .virtualMac())
                    .start()) {
                eventually(() -> assertThat(node.status().routers()).allMatch(router -> router.role() == Role.MASTER));
                eventually(() -> assertThat(hosts.client.resolve("192.0.2.100")).contains("00:00:5e:00:01:33"));
                eventually(() -> assertThat(hosts.client.resolve("fe80::51")).contains("00:00:5e:00:02:33"));
                assertThat(macvlans(hosts.a)).hasSize(2).anyMatch(line -> line.contains("vrrp.51@eth0"));
            }
            assertNothingLeft(hosts.a);
        }
    }
}
