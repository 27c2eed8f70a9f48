package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.LinuxPlatformProvider;
import org.vrrp4j.linux.lab.AddressEvent;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.model.Role;

/** Nodes in other network namespaces than that of their JVM, by path and by name. */
class NamespaceLiveTest {
    private static final String VIP = Configuration.VIP;
    private static final String VIP6 = "2001:db8::100";
    private static final Path THREADS = Path.of("/proc/self/task");

    private static LinuxPlatformProvider platform(LabHost host) {
        return new LinuxPlatformProvider().inNamespace(host.networkNamespace().toString());
    }

    private static VrrpNode start(LabHost host, int priority, Set<String> listenerNetworks) {
        VirtualRouter ipv4 = VirtualRouter.on("eth0")
                .name("ipv4")
                .vrid(51)
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(100))
                .address(VIP + "/24")
                .onMaster(change -> {
                    synchronized (listenerNetworks) {
                        listenerNetworks.add(network(Path.of("/proc/thread-self")));
                    }
                });
        VirtualRouter ipv6 = VirtualRouter.on("eth0")
                .name("ipv6")
                .vrid(51)
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(100))
                .address("fe80::51/64")
                .address(VIP6 + "/64");
        return VrrpNode.builder()
                .name(host.name())
                .platform(platform(host).withGuard())
                .router(ipv4)
                .router(ipv6)
                .start();
    }

    /** Which network namespace a process or thread is in, by its directory in /proc. */
    private static String network(Path task) {
        try {
            return Files.readSymbolicLink(task.resolve("ns/net")).toString();
        } catch (NoSuchFileException e) {
            return "ended";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The threads of this JVM that are in a namespace, by name. */
    private static Set<String> threadsIn(String network) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> threads = Files.list(THREADS)) {
            for (Path thread : threads.toList()) {
                if (network(thread).equals(network)) {
                    names.add(Files.readString(thread.resolve("comm")).strip());
                }
            }
        }
        return names;
    }

    private static String networkOf(LabHost host) throws IOException {
        return host.run("readlink", "/proc/self/ns/net").strip();
    }

    private static List<String> programsIn(String network) {
        return ProcessHandle.current()
                .children()
                .map(child -> Path.of("/proc", Long.toString(child.pid())))
                .filter(child -> network(child).equals(network))
                .map(Path::toString)
                .toList();
    }

    private static void awaitRole(VrrpNode node, String router, Role role) throws InterruptedException {
        Instant end = Instant.now().plus(RouterProcess.PATIENCE);
        while (node.status(router).role() != role) {
            assertThat(Instant.now()).as("%s", node.status()).isBefore(end);
            Thread.sleep(10);
        }
    }

    private static void awaitGuard(String network) throws InterruptedException {
        Instant end = Instant.now().plus(RouterProcess.PATIENCE);
        while (programsIn(network).isEmpty()) {
            assertThat(Instant.now()).as("no guard in %s", network).isBefore(end);
            Thread.sleep(10);
        }
    }

    @Test
    @DisplayName("two nodes of one JVM, each in a namespace, elect a master over the wire between, and change places")
    void twoInOneJvm() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require(
                    "to enter a network namespace",
                    platform(hosts.a).unavailabilityCause().map(Throwable::getMessage));
            String inA = networkOf(hosts.a);
            String inB = networkOf(hosts.b);
            Set<String> listenerNetworks = new TreeSet<>();
            try (VrrpNode b = start(hosts.b, 100, listenerNetworks)) {
                try (VrrpNode a = start(hosts.a, 150, listenerNetworks)) {
                    assertThat(a.awaitMaster(RouterProcess.PATIENCE)).isTrue();
                    awaitRole(b, "ipv4", Role.BACKUP);
                    awaitRole(b, "ipv6", Role.BACKUP);
                    hosts.awaitOnlyHolder(hosts.a, VIP);
                    hosts.awaitOnlyHolder(hosts.a, VIP6);
                    assertThat(hosts.client.resolve(VIP)).isPresent();
                    assertThat(hosts.client.resolve(VIP6)).isPresent();

                    hosts.a.unplug();
                    awaitRole(a, "ipv4", Role.FAULT);
                    hosts.awaitOnlyHolder(hosts.b, VIP);
                    hosts.a.plug();
                    awaitRole(a, "ipv4", Role.MASTER);
                    hosts.awaitOnlyHolder(hosts.a, VIP);
                    hosts.awaitOnlyHolder(hosts.a, VIP6);

                    awaitGuard(inA);
                    awaitGuard(inB);
                    // "process reaper" is the JVM's own and waits for the guard; names are cut to 15 characters. A
                    // loop is there for as long as it takes to open a socket.
                    for (String network : List.of(inA, inB)) {
                        await().untilAsserted(() -> assertThat(threadsIn(network))
                                .contains("vrrp-guard")
                                .isSubsetOf("vrrp-guard", "vrrp-guard-late", "process reaper"));
                    }
                }
                assertThat(b.awaitMaster(RouterProcess.PATIENCE)).isTrue();
                hosts.awaitOnlyHolder(hosts.b, VIP);
                hosts.awaitOnlyHolder(hosts.b, VIP6);
            }
            assertThat(listenerNetworks).containsExactly(network(Path.of("/proc/self")));
            for (LabHost host : List.of(hosts.a, hosts.b)) {
                assertThat(host.holds(VIP)).isFalse();
                assertThat(host.holds(VIP6)).isFalse();
                assertThat(host.run("ss", "-xl")).doesNotContain("@vrrp4j");
            }
        }
    }

    @Test
    @DisplayName("a name that comes to mean another namespace leaves the node where it is, with new sockets too")
    void staysWhereItIs() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String link = "/run/lab/blue";
            hosts.client.run("ln", "-s", "/run/netns/a", link);
            Configuration configuration = Configuration.of(Protocol.V3_100_MS, 150);
            RouterProcess router = hosts.start(
                    RouterProcess.Kind.OURS, hosts.client, "net_namespace " + link + "\n" + configuration.text());
            hosts.awaitHolder(hosts.a, VIP);

            hosts.client.run("ln", "-sfn", "/run/netns/b", link);
            Instant gone = Instant.now();
            hosts.a.run("sh", "-c", "ip link set eth0 down; ip link set eth0 name eth9");
            router.awaitRole("VI_1", "FAULT", gone);
            Instant back = Instant.now();
            hosts.a.run("sh", "-c", "ip link set eth9 name eth0; ip link set eth0 up");
            router.awaitRole("VI_1", "MASTER", back);
            hosts.awaitOnlyHolder(hosts.a, VIP);

            RouterProcess peer = hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 200));
            router.awaitLine("MASTER -> BACKUP: heard a higher priority \\(master 192.0.2.2\\)");
            assertThat(peer.stop()).isZero();
            hosts.awaitOnlyHolder(hosts.a, VIP);
            assertThat(router.stop()).isZero();
        }
    }

    @Test
    @DisplayName("net_namespace: vrrp run holds the address in the named namespace, and its guard takes it away there")
    void namedInFile() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String conf =
                    "net_namespace a\n" + Configuration.of(Protocol.V3_1_S, 255).text();
            RouterProcess router = hosts.start(RouterProcess.Kind.OURS, hosts.client, conf);
            router.awaitRole("VI_1", "MASTER", Instant.MIN);
            router.awaitLine("the guard process \\d+ takes the addresses away");
            hosts.awaitHolder(hosts.a, VIP);
            assertThat(hosts.client.holds(VIP)).isFalse();
            assertThat(hosts.client.resolve(VIP)).isPresent();

            Instant killed = Instant.now();
            ProcessHandle.of(router.process().pid()).orElseThrow().destroyForcibly();
            AddressEvent deleted = hosts.watch.awaitEvent(
                    event -> event.kind() == AddressEvent.Kind.DELETED
                            && event.bareAddress().equals(VIP)
                            && event.time().isAfter(killed),
                    RouterProcess.PATIENCE);
            System.out.println("gone from another namespace "
                    + Duration.between(killed, deleted.time()).toMillis() + " ms after SIGKILL");
            assertThat(hosts.a.holds(VIP)).isFalse();

            LabProcess doctor =
                    hosts.client.start(RouterProcess.command("doctor", hosts.client.write("doctor.conf", conf)));
            assertThat(doctor.awaitExit(RouterProcess.PATIENCE))
                    .as(doctor.output() + doctor.errors())
                    .isZero();
            assertThat(doctor.output()).contains("192.0.2.1").doesNotContain("192.0.2.9");
        }
    }

    @Test
    @DisplayName("a namespace that does not exist is one message with file, line and remedy, and exit code 6")
    void missing() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String file = hosts.client.write(
                    "blue.conf",
                    "\nnet_namespace blue\n"
                            + Configuration.of(Protocol.V3_1_S, 255).text());
            for (String command : List.of("run", "doctor")) {
                LabProcess process = hosts.client.start(RouterProcess.command(command, file));
                assertThat(process.awaitExit(RouterProcess.PATIENCE)).isEqualTo(6);
                assertThat(process.errors())
                        .containsOnlyOnce(file + ":2: net_namespace blue: there is no network namespace blue:"
                                + " /run/netns/blue does not exist; 'ip netns list' shows those that do,"
                                + " 'ip netns add blue' makes it")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    @DisplayName("without CAP_SYS_ADMIN one message names operation, capability and remedy; with it a user can do it")
    void right() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            PlainUser user = PlainUser.on(hosts, hosts.client);
            String file = hosts.client.write(
                    "user.conf",
                    "net_namespace a\n"
                            + Configuration.of(Protocol.V3_100_MS, 255).text());
            for (String command : List.of("run", "doctor")) {
                LabProcess unable = hosts.client.start(user.command(Capability.OF_EVERY_NODE, command, file));
                assertThat(unable.awaitExit(RouterProcess.PATIENCE))
                        .as(unable.errors())
                        .isEqualTo(3);
                assertThat(unable.errors().lines().filter(line -> line.contains("lacks")))
                        .singleElement()
                        .asString()
                        .contains(file + ":1: net_namespace a: ", "this process lacks CAP_SYS_ADMIN;")
                        .contains("it cannot open sockets in another network namespace", "setpriv --reuid=")
                        .contains("AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN CAP_SYS_ADMIN");
            }
            RouterProcess able =
                    RouterProcess.ours(hosts.client.start(user.command(Set.of(Capability.values()), "run", file)));
            able.awaitRole("VI_1", "MASTER", Instant.MIN);
            able.awaitLine("the guard process \\d+ takes the addresses away");
            hosts.awaitHolder(hosts.a, VIP);
            assertThat(able.stop()).isZero();
            assertThat(hosts.a.holds(VIP)).isFalse();
        }
    }
}
