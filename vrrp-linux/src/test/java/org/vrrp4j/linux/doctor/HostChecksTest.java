package org.vrrp4j.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.linux.doctor.Finding.Level;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.linux.libc.CapabilitySets;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpFamily;

class HostChecksTest {
    private static final LinkMessage ETH0 = Hosts.link(2, "eth0", Hosts.UP);

    @TempDir
    private Path root;

    private final List<Finding> findings = new ArrayList<>();

    private Finding onlyFinding() {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private void assertOnly(Level level, String... words) {
        assertThat(onlyFinding().text()).contains(words);
        assertThat(onlyFinding().level()).isEqualTo(level);
        assertThat(onlyFinding().remedy().isPresent()).isEqualTo(level != Level.OK);
    }

    private List<Segment> checkInterface(HostNetwork network, RouterConfig... routers) {
        return new InterfaceCheck(network, new HostFiles(root), false, findings::add).check("eth0", List.of(routers));
    }

    private static HostNetwork network(LinkMessage link, AddressMessage... addresses) {
        return new HostNetwork(List.of(link), List.of(addresses));
    }

    @Test
    void anInterfaceThatIsUpAndHasAnAddressIsFine() {
        HostNetwork network = network(
                ETH0,
                Hosts.address(2, "192.0.2.100", 24),
                Hosts.address(2, "192.0.2.200", 24, 0, AddressMessage.PROTOCOL_VRRP),
                Hosts.address(2, "192.0.2.1", 24));
        List<Segment> segments = checkInterface(network, Hosts.router("192.0.2.100/24"));
        assertOnly(Level.OK, "sends from 192.0.2.1");
        assertThat(segments).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0x11043, has no carrier",
        "0x1002, is switched off",
        "0x10043, has no MULTICAST flag",
    })
    void anInterfaceThatIsNotReadyIsAProblem(String flags, String words) {
        LinkMessage link = Hosts.link(2, "eth0", Integer.decode(flags) & ~(words.contains("carrier") ? 0x10000 : 0));
        checkInterface(network(link, Hosts.address(2, "192.0.2.1", 24)), Hosts.router("192.0.2.100/24"));
        assertOnly(Level.PROBLEM, words);
    }

    @Test
    void aMissingInterfaceOrAddressIsAProblem() {
        assertThat(checkInterface(new HostNetwork(List.of(), List.of()))).isEmpty();
        assertOnly(Level.PROBLEM, "does not exist");
        findings.clear();
        new InterfaceCheck(new HostNetwork(List.of(), List.of()), new HostFiles(root), true, findings::add)
                .check("eth0", List.of());
        assertOnly(Level.HINT, "its routers wait for it in FAULT");
        findings.clear();
        assertThat(checkInterface(network(ETH0), Hosts.router("192.0.2.100/24")))
                .isEmpty();
        assertOnly(Level.PROBLEM, "no IPv4 address of its own");
    }

    @Test
    void aMissingLinkLocalAddressIsExplained() throws IOException {
        RouterConfig router = Hosts.router("fe80::51/64");
        checkInterface(network(ETH0), router);
        assertOnly(Level.PROBLEM, "this kernel has no IPv6");
        findings.clear();
        Hosts.write(root, "proc/sys/net/ipv6/conf/eth0/disable_ipv6", "1");
        checkInterface(network(ETH0), router);
        assertOnly(Level.PROBLEM, "net.ipv6.conf.eth0.disable_ipv6=1");
        assertThat(onlyFinding().remedy()).contains("sysctl -w net/ipv6/conf/eth0/disable_ipv6=0");
        findings.clear();
        checkInterface(network(ETH0, Hosts.address(2, "fe80::1", 64, AddressMessage.IFA_F_DADFAILED, 3)), router);
        assertOnly(Level.PROBLEM, "another host has the link-local IPv6 address");
        findings.clear();
        checkInterface(network(ETH0, Hosts.address(2, "fe80::1", 64, AddressMessage.IFA_F_TENTATIVE, 3)), router);
        assertOnly(Level.PROBLEM, "no usable link-local IPv6 address");
    }

    @ParameterizedTest
    @CsvSource({
        "arp_ignore, 8, 24, PROBLEM",
        "arp_ignore, 2, 32, PROBLEM",
        "arp_ignore, 2, 24, OK",
        "arp_ignore, 1, 24, OK",
        "drop_gratuitous_arp, 1, 24, HINT",
        "rp_filter, 1, 24, OK",
    })
    void settingsOfIpv4AreJudgedByTheirEffect(String name, int value, int prefixLength, Level level)
            throws IOException {
        Hosts.write(root, "proc/sys/net/ipv4/conf/all/" + name, Integer.toString(value));
        Hosts.write(root, "proc/sys/net/ipv4/conf/eth0/promote_secondaries", "1");
        Segment segment = Hosts.segment(ETH0, IpFamily.IPV4, Hosts.router("192.0.2.100/" + prefixLength));
        new SettingsCheck(network(ETH0, Hosts.address(2, "192.0.2.1", 24)), new HostFiles(root), findings::add)
                .check(segment);
        assertOnly(level, level == Level.OK ? "nothing in the way" : name);
        if (level != Level.OK) {
            assertThat(onlyFinding().remedy().orElseThrow()).startsWith("sysctl -w net/ipv4/conf/all/" + name + "=");
        }
    }

    @Test
    void secondaryAddressesAndTwoInterfacesInOneSubnetAreHints() throws IOException {
        Hosts.write(root, "proc/sys/net/ipv4/conf/eth0/rp_filter", "1");
        HostNetwork network = new HostNetwork(
                List.of(ETH0, Hosts.link(3, "eth1", Hosts.UP)),
                List.of(Hosts.address(2, "192.0.2.1", 24), Hosts.address(3, "192.0.2.8", 24)));
        new SettingsCheck(network, new HostFiles(root), findings::add)
                .check(Hosts.segment(ETH0, IpFamily.IPV4, Hosts.router("192.0.2.100/24")));
        assertThat(findings).extracting(Finding::level).containsOnly(Level.HINT);
        assertThat(findings.stream().map(Finding::text))
                .anyMatch(text -> text.startsWith("rp_filter=1 (strict)"))
                .anyMatch(text -> text.startsWith("arp_ignore=0 lets [eth1]"))
                .anyMatch(text -> text.startsWith("promote_secondaries=0"));
    }

    @Test
    void aForwardingHostDoesNotLearnItsDefaultRoute() throws IOException {
        Hosts.write(root, "proc/sys/net/ipv6/conf/eth0/forwarding", "1");
        Hosts.write(root, "proc/sys/net/ipv6/conf/eth0/accept_ra", "1");
        SettingsCheck check = new SettingsCheck(network(ETH0), new HostFiles(root), findings::add);
        check.check(Hosts.segment(ETH0, IpFamily.IPV6, Hosts.router("fe80::51/64")));
        assertOnly(Level.HINT, "forwarding=1 with accept_ra=1");
        findings.clear();
        Hosts.write(root, "proc/sys/net/ipv6/conf/eth0/accept_ra", "2");
        check.check(Hosts.segment(ETH0, IpFamily.IPV6, Hosts.router("fe80::51/64")));
        assertOnly(Level.OK, "forwarding=1");
    }

    @ParameterizedTest
    @CsvSource({
        "6.1.0-13-amd64, OK, IFA_PROTO",
        "5.18.0, OK, IFA_PROTO",
        "5.15.167.4-microsoft-standard-WSL2, HINT, IFA_PROTO",
        "3.10.0-1160.el7.x86_64, PROBLEM, lifetimes",
        "unknown, UNCHECKED, not known",
    })
    void theKernelIsJudgedByItsVersion(String release, Level level, String words) throws IOException {
        Hosts.write(root, "proc/sys/kernel/osrelease", release);
        new KernelCheck(new HostFiles(root), findings::add).check();
        assertOnly(level, words);
    }

    @Test
    void missingUserNamespacesAndASlowClockAreHints() throws IOException {
        Hosts.write(root, "proc/sys/kernel/osrelease", "6.1.0");
        Hosts.write(root, "proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1");
        Hosts.write(root, "sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet");
        new KernelCheck(new HostFiles(root), findings::add).check();
        assertThat(findings).extracting(Finding::level).containsExactly(Level.OK, Level.HINT, Level.HINT);
        assertThat(findings.get(1).remedy().orElseThrow())
                .startsWith("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
        assertThat(findings.get(2).text()).contains("hpet");
    }

    private JvmCheck jvmCheck(Duration interval) {
        RouterConfig router = Hosts.router("192.0.2.100/24").toBuilder()
                .advertisementInterval(interval)
                .build();
        return new JvmCheck(new HostFiles(root), List.of(router), Duration.ZERO, findings::add);
    }

    @ParameterizedTest
    @CsvSource({
        "Copy, 128, 100, OK",
        "Copy, 4096, 100, HINT",
        "Copy, 4096, 1000, OK",
        "G1 Young Generation, 4096, 100, OK",
        "G1 Young Generation, 4096, 10, HINT",
        "ZGC Cycles, 4096, 10, OK",
    })
    @DisplayName("a collector whose pauses may last as long as other routers wait is a hint")
    void pauses(String collector, long megabytes, int intervalMillis, Level level) {
        jvmCheck(Duration.ofMillis(intervalMillis)).checkCollector(List.of(collector), megabytes << 20);
        assertOnly(level, collector);
    }

    @Test
    void aThreadThatIsLateByAThirdOfThePatienceIsAHint() {
        jvmCheck(Duration.ofMillis(100)).checkDelay(Duration.ofMillis(99), "2 s");
        assertOnly(Level.OK, "late by 99 ms");
        findings.clear();
        jvmCheck(Duration.ofMillis(100)).checkDelay(Duration.ofMillis(100), "2 s");
        assertOnly(Level.HINT, "other routers wait for 300 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "20000 100000, 0, 100, HINT",
        "20000 100000, 0, 1000, ''",
        "50000 100000, 7, 1000, HINT",
        "max 100000, 0, 100, ''"
    })
    @DisplayName("a limit of a control group above this one is a hint if it stops the process for long, or has done so")
    void processorLimits(String limit, String throttled, int intervalMillis, String level) throws IOException {
        Hosts.write(root, "proc/self/cgroup", "0::/system.slice/app.service");
        Hosts.write(root, "sys/fs/cgroup/cgroup.controllers", "cpu memory");
        Hosts.write(root, "sys/fs/cgroup/system.slice/cpu.max", limit);
        Hosts.write(root, "sys/fs/cgroup/system.slice/cpu.stat", "nr_periods 9\nnr_throttled " + throttled);
        jvmCheck(Duration.ofMillis(intervalMillis)).check();
        List<Finding> limits = findings.stream()
                .filter(finding -> finding.text().startsWith("limited to"))
                .toList();
        if (level.isEmpty()) {
            assertThat(limits).isEmpty();
        } else {
            assertThat(limits).singleElement().satisfies(finding -> {
                assertThat(finding.level()).isEqualTo(Level.HINT);
                assertThat(finding.subject()).isEqualTo("/system.slice");
            });
        }
    }

    @Test
    void keepalivedWithTheSameInstanceIsAProblem() throws IOException {
        Hosts.write(root, "proc/thread-self/net/raw", """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                 112: 00000000:0070 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711 2""");
        ProgramsCheck check = new ProgramsCheck(new HostFiles(root), findings::add);
        check.check(List.of(Hosts.router("192.0.2.100/24")));
        assertOnly(Level.HINT, "another program has sockets of protocol 112");

        findings.clear();
        Hosts.write(root, "proc/77/comm", "keepalived");
        Files.write(
                Files.createDirectories(root.resolve("proc/77")).resolve("cmdline"),
                "/usr/sbin/keepalived\0-n\0-f\0/etc/k.conf\0".getBytes());
        Files.createDirectories(root.resolve("proc/77/fd"));
        Files.createSymbolicLink(root.resolve("proc/77/fd/9"), Path.of("socket:[4711]"));
        Hosts.write(root, "proc/77/root/etc/k.conf", """
                vrrp_instance A {
                    interface eth0
                    virtual_router_id 51
                    priority 100
                    virtual_ipaddress {
                        192.0.2.100/24
                    }
                }""");
        check.check(List.of(Hosts.router("192.0.2.100/24")));
        assertOnly(Level.PROBLEM, "runs the same virtual routers on this host: [eth0/51]");

        findings.clear();
        check.check(List.of());
        assertOnly(Level.HINT, "speaks VRRP on this host too");
    }

    @ParameterizedTest
    @EnumSource(Capability.class)
    @DisplayName("each missing right has one message with operation, capability and remedy")
    void missingRights(Capability capability) {
        Set<Capability> none = EnumSet.noneOf(Capability.class);
        Set<Capability> both = EnumSet.allOf(Capability.class);
        Finding missing = RightsCheck.missing(capability, new CapabilitySets(none, none, both, none));
        assertThat(missing.level()).isEqualTo(Level.PROBLEM);
        assertThat(missing.text())
                .isEqualTo("this process lacks " + capability + ", it cannot " + capability.operation());
        assertThat(missing.remedy().orElseThrow()).contains("AmbientCapabilities=", "setpriv", "cap_add");

        Finding unreachable = RightsCheck.missing(capability, new CapabilitySets(none, none, none, none));
        assertThat(unreachable.text()).contains("not in its bounding set");
        assertThat(unreachable.remedy().orElseThrow())
                .contains("--cap-add=" + capability.name().substring(4), "Kubernetes", "CapabilityBoundingSet=");
    }
}
