package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.AddressEvent;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** What becomes of a router whose interface is deleted, created, renamed, moved, changed: up0 on top of eth0. */
class InterfaceLiveTest {
    private static final String VIP = Configuration.VIP;
    private static final String INSTANCE = "VI_1";
    private static final String CREATE = "link add link eth0 name up0 type macvlan mode bridge";
    private static final String ADDRESS = "address add 192.0.2.1/24 dev up0";
    private static final String UP = "link set up0 up";
    private static final String DELETE = "link delete up0";
    private static final String NEW_MAC = "02:00:5e:10:20:30";

    private TwoHosts hosts;

    @BeforeEach
    void open() throws IOException {
        hosts = TwoHosts.open();
        ip(hosts.a, "address flush dev eth0", CREATE, ADDRESS, UP);
    }

    @AfterEach
    void close() throws IOException {
        hosts.close();
    }

    /** One after the other, in one process. */
    private static void ip(LabHost host, String... commands) throws IOException {
        String batch = host.write("batch", String.join("\n", commands) + "\n");
        host.run("ip", "-batch", batch);
    }

    private RouterProcess start(Protocol protocol) throws IOException {
        return start("", protocol);
    }

    private RouterProcess start(String globals, Protocol protocol) throws IOException {
        String text = Configuration.of(protocol, 150).text().replace("eth0", "up0");
        return hosts.start(RouterProcess.Kind.OURS, hosts.a, globals + text);
    }

    private RouterProcess master(Protocol protocol) throws IOException, InterruptedException {
        RouterProcess a = start(protocol);
        a.awaitRole(INSTANCE, "MASTER", Instant.MIN);
        hosts.awaitHolder(hosts.a, VIP);
        return a;
    }

    /** It sends, hears, announces and holds: a better router is obeyed, and followed when it ends. */
    private void worksAgain(RouterProcess a, Instant since) throws IOException, InterruptedException {
        a.awaitRole(INSTANCE, "MASTER", since);
        hosts.awaitHolder(hosts.a, VIP);
        assertThat(hosts.a.addresses("up0")).contains(VIP + "/24");
        assertThat(hosts.client.resolve(VIP)).isPresent();
        assertThat(hosts.a.run("cat", "/proc/net/igmp")).contains("120000E0");
        Instant better = Instant.now();
        RouterProcess b = hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 200));
        a.awaitRole(INSTANCE, "BACKUP", better);
        hosts.awaitOnlyHolder(hosts.b, VIP);
        Instant ended = Instant.now();
        assertThat(b.stop()).isZero();
        a.awaitRole(INSTANCE, "MASTER", ended);
        hosts.awaitOnlyHolder(hosts.a, VIP);
    }

    @Test
    @DisplayName("an interface that does not exist refuses the start, with an exit code of its own")
    void missingAtTheStart() throws IOException, InterruptedException {
        ip(hosts.a, DELETE);
        RouterProcess a = start(Protocol.V3_100_MS);
        assertThat(a.process().awaitExit(RouterProcess.PATIENCE)).isEqualTo(4);
        assertThat(a.process().errors()).contains("interface up0 of " + INSTANCE + " does not exist");
    }

    @Test
    @DisplayName("an interface that does not exist is waited for where dynamic_interfaces says so")
    void waitedForAtTheStart() throws IOException, InterruptedException {
        ip(hosts.a, DELETE);
        RouterProcess a = start("global_defs {\n    dynamic_interfaces\n}\n", Protocol.V3_100_MS);
        a.awaitLine("WARN .*" + INSTANCE + " up0/51: waits for interface up0, which does not exist");
        a.awaitLine("INIT -> FAULT: the interface does not exist: up0");
        Instant created = Instant.now();
        ip(hosts.a, CREATE, ADDRESS, UP);
        worksAgain(a, created);
    }

    @Test
    @DisplayName("an interface that is deleted is a fault, and the next one of its name is used")
    void deletedAndCreatedAnew() throws IOException, InterruptedException {
        RouterProcess a = master(Protocol.V3_100_MS);
        Instant deleted = Instant.now();
        ip(hosts.a, DELETE);
        a.awaitRole(INSTANCE, "FAULT", deleted);
        Instant created = Instant.now();
        ip(hosts.a, CREATE, ADDRESS, UP);
        worksAgain(a, created);
    }

    @Test
    @DisplayName("an interface that is deleted and created anew in one moment, with the same number, is used")
    void deletedAndCreatedAtOnce() throws IOException, InterruptedException {
        RouterProcess a = master(Protocol.V3_100_MS);
        String index = hosts.a.run("cat", "/sys/class/net/up0/ifindex").strip();
        a.process().signal("STOP");
        ip(hosts.a, DELETE, CREATE.replace("name up0", "name up0 index " + index), ADDRESS, UP);
        Instant created = Instant.now();
        a.process().signal("CONT");
        worksAgain(a, created.minusSeconds(60));
        assertThat(hosts.a.run("cat", "/sys/class/net/up0/ifindex").strip()).isEqualTo(index);
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "up"})
    @DisplayName("an interface that is renamed, while it is down or up, is a fault, and takes no address along")
    void renamed(String meanwhile) throws IOException, InterruptedException {
        RouterProcess a = master(Protocol.V3_100_MS);
        Instant renamed = Instant.now();
        ip(hosts.a, "link set up0 " + meanwhile, "link set up0 name away", "link set away up");
        a.awaitRole(INSTANCE, "FAULT", renamed);
        hosts.awaitGone(hosts.a, VIP);
        assertThat(hosts.a.addresses("away")).contains("192.0.2.1/24");
        Instant back = Instant.now();
        ip(hosts.a, "link set away down", "link set away name up0", UP);
        worksAgain(a, back);
    }

    @Test
    @DisplayName("an interface that is moved to another network namespace is a fault, and used when it is back")
    void movedAway() throws IOException, InterruptedException {
        RouterProcess a = master(Protocol.V3_100_MS);
        Instant moved = Instant.now();
        ip(hosts.a, "link set up0 netns b");
        a.awaitRole(INSTANCE, "FAULT", moved);
        Instant back = Instant.now();
        ip(hosts.b, "link set up0 netns a");
        ip(hosts.a, ADDRESS, UP);
        worksAgain(a, back);
    }

    @Test
    @DisplayName("an interface that goes down is a fault until it is up")
    void downAndUp() throws IOException, InterruptedException {
        RouterProcess a = master(Protocol.V3_100_MS);
        Instant down = Instant.now();
        ip(hosts.a, "link set up0 down");
        a.awaitRole(INSTANCE, "FAULT", down);
        hosts.awaitGone(hosts.a, VIP);
        Instant up = Instant.now();
        ip(hosts.a, UP);
        worksAgain(a, up);
    }

    @Test
    @DisplayName("another MAC address is announced at once")
    void macChanges() throws IOException, InterruptedException {
        TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
        RouterProcess a = master(Protocol.V3_1_S);
        assertThat(hosts.client.resolve(VIP)).isPresent();
        LabProcess capture = hosts.client.capture("eth0", "arp");
        ip(hosts.a, "link set up0 address " + NEW_MAC);
        capture.awaitLine(NEW_MAC + " > ff:ff:ff:ff:ff:ff.*who-has " + VIP + " .*tell " + VIP, RouterProcess.PATIENCE);
        assertThat(hosts.client.neighbour(VIP)).contains(NEW_MAC);
        assertThat(a.process().output()).doesNotContain("FAULT");
    }

    @Test
    @DisplayName("another source address is used as soon as the first has gone, and no role changes")
    void anotherSource() throws IOException, InterruptedException {
        TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
        RouterProcess a = master(Protocol.V3_100_MS);
        LabProcess capture = hosts.client.capture("eth0", "proto", "112");
        ip(hosts.a, "address add 198.51.100.3/24 dev up0", "address delete 192.0.2.1/24 dev up0");
        capture.awaitLine("198.51.100.3 > 224.0.0.18", RouterProcess.PATIENCE);
        hosts.awaitHolder(hosts.a, VIP);
        ip(hosts.a, ADDRESS);
        hosts.watch.sync();
        // the host's own address is the primary one again, so that the host sends from it
        Instant end = Instant.now().plus(RouterProcess.PATIENCE);
        while (!hosts.a.run("ip", "route", "get", "192.0.2.9").contains("src 192.0.2.1 ")) {
            assertThat(Instant.now()).isBefore(end);
        }
        assertThat(a.process().output()).doesNotContain("FAULT");
        assertThat(a.stop()).isZero();
        assertThat(hosts.a.addresses("up0")).contains("192.0.2.1/24", "198.51.100.3/24");
    }

    @Test
    @DisplayName("without a source address the router is in FAULT, and back as soon as it has one")
    void noSource() throws IOException, InterruptedException {
        RouterProcess a = master(Protocol.V3_100_MS);
        Instant flushed = Instant.now();
        ip(hosts.a, "address delete 192.0.2.1/24 dev up0");
        a.awaitRole(INSTANCE, "FAULT", flushed);
        hosts.awaitGone(hosts.a, VIP);
        Instant back = Instant.now();
        ip(hosts.a, ADDRESS);
        worksAgain(a, back);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @DisplayName("a flush with everything coming back costs neither the role nor an address")
    void flush(int promoteSecondaries) throws IOException, InterruptedException {
        String setting = "echo " + promoteSecondaries + " > /proc/sys/net/ipv4/conf/up0/promote_secondaries";
        hosts.a.run("sh", "-c", setting);
        RouterProcess a = master(Protocol.V3_1_S);
        // as ip does it that is not held up by what comes back meanwhile
        hosts.a.run("sh", "-c", "ip -loops 1 address flush dev up0; ip " + ADDRESS);
        a.awaitLine("the address " + VIP + " had been removed; put back and announced");
        hosts.awaitHolder(hosts.a, VIP);
        Instant end = Instant.now().plus(RouterProcess.PATIENCE);
        while (!hosts.a.run("ip", "address", "show", "dev", "up0").contains("192.0.2.1/24 scope global up0")) {
            assertThat(Instant.now()).isBefore(end);
        }
        hosts.awaitHolder(hosts.a, VIP);
        assertThat(a.process().output()).doesNotContain("FAULT");
        assertThat(a.stop()).isZero();
        assertThat(hosts.a.addresses("up0")).contains("192.0.2.1/24").doesNotContain(VIP + "/24");
    }

    @Test
    @DisplayName("an address that somebody deletes is back: the time it takes is printed")
    void deletedAddressIsBack() throws IOException, InterruptedException {
        master(Protocol.V3_1_S);
        long[] micros = new long[20];
        for (int i = 0; i < micros.length; i++) {
            Instant from = Instant.now();
            ip(hosts.a, "address delete " + VIP + "/24 dev up0");
            AddressEvent deleted = awaitEvent(AddressEvent.Kind.DELETED, from);
            AddressEvent added = awaitEvent(AddressEvent.Kind.ADDED, deleted.time());
            micros[i] = Duration.between(deleted.time(), added.time()).toNanos() / 1000;
        }
        Arrays.sort(micros);
        System.out.printf(
                "measured: a deleted address is back after %d us in the median, %d us at most, of %d%n",
                micros[micros.length / 2], micros[micros.length - 1], micros.length);
        hosts.awaitHolder(hosts.a, VIP);
    }

    private AddressEvent awaitEvent(AddressEvent.Kind kind, Instant from) throws IOException, InterruptedException {
        return hosts.watch.awaitEvent(
                event -> event.kind() == kind
                        && event.bareAddress().equals(VIP)
                        && !event.time().isBefore(from),
                RouterProcess.PATIENCE);
    }

    @Test
    @DisplayName("a second node on the host names the first, leaves it alone, and follows it when it is killed")
    void neighbour() throws IOException, InterruptedException {
        RouterProcess first = master(Protocol.V3_100_MS);
        RouterProcess second = start(Protocol.V3_100_MS);
        second.awaitLine("INIT -> FAULT: .* is in the charge of another node on this host, process \\d+");
        hosts.watch.sync();
        assertThat(hosts.watch.events())
                .noneMatch(event -> event.bareAddress().equals(VIP) && event.kind() == AddressEvent.Kind.DELETED);
        Instant killed = Instant.now();
        first.kill();
        second.awaitRole(INSTANCE, "MASTER", killed);
        hosts.awaitHolder(hosts.a, VIP);
    }

    @Test
    @DisplayName("an interface that is down for less than interface_up_down_delays changes nothing")
    void shortLossIsLetPass() throws IOException, InterruptedException {
        RouterProcess a = start("interface_up_down_delays {\nup0 1.9\n}\n", Protocol.V3_1_S);
        a.awaitRole(INSTANCE, "MASTER", Instant.MIN);
        hosts.awaitHolder(hosts.a, VIP);
        ip(hosts.a, "link set up0 down", UP);
        Instant down = Instant.now();
        ip(hosts.a, "link set up0 down");
        a.awaitRole(INSTANCE, "FAULT", down);
        assertThat(a.process().output()).containsOnlyOnce("-> FAULT");
        ip(hosts.a, UP);
        a.awaitRole(INSTANCE, "MASTER", down);
    }
}
