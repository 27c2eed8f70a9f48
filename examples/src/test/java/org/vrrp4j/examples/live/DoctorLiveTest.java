package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** {@code vrrp doctor} on hosts that are ill in one way each. */
class DoctorLiveTest {
    private static final String VIP = Configuration.VIP;
    private static final String VIP6 = "2001:db8::100";
    private static final String IPV4 = Configuration.of(Protocol.V3_100_MS, 100).text();
    private static final String BOTH = IPV4 + """
            vrrp_instance VI_6 {
                state BACKUP
                interface eth0
                virtual_router_id 52
                priority 100
                version 3
                advert_int 0.1
                virtual_ipaddress {
                    fe80::52/64
                    %s/64
                }
            }
            """.formatted(VIP6);

    /** What it said. */
    private record Visit(int exitCode, String output) {
        Visit exits(int wanted) {
            assertThat(exitCode).as(output).isEqualTo(wanted);
            return this;
        }

        Visit says(String level, String topic, String text) {
            assertThat(output).containsPattern("(?m)^" + level + " +" + topic + " +.*" + text);
            return this;
        }

        /** What is to be done about it, for all findings of this kind. */
        List<String> remedies(String level, String topic) {
            return Pattern.compile("(?m)^" + level + " +" + topic + " .*\\R +-> (.*)$")
                    .matcher(output)
                    .results()
                    .map(MatchResult::group)
                    .map(text -> text.substring(text.indexOf("-> ") + 3))
                    .distinct()
                    .toList();
        }
    }

    private static Visit visit(LabHost host, String... command) throws IOException, InterruptedException {
        LabProcess process = host.start(command);
        int exitCode = process.awaitExit(RouterProcess.PATIENCE);
        assertThat(process.output() + process.errors()).doesNotContain("\tat ");
        return new Visit(exitCode, process.output());
    }

    private static Visit visit(LabHost host, String configuration) throws IOException, InterruptedException {
        return visit(host, RouterProcess.command("doctor", host.write("doctor.conf", configuration)));
    }

    private static void requireNft(TwoHosts hosts) throws IOException {
        boolean installed = !hosts.a.run("sh", "-c", "command -v nft || true").isBlank();
        TwoHosts.require("nft", installed ? Optional.empty() : Optional.of("no 'nft' command: install nftables"));
    }

    @Test
    @DisplayName("a healthy host passes, with and without a configuration, as text and as JSON")
    void healthyHost() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            visit(hosts.a, BOTH)
                    .exits(0)
                    .says("ok", "interface", "eth0: up, .* sends from 192.0.2.1, fe80::")
                    .says("ok", "firewall", "eth0 IPv4: self-test: .* passes the firewall out and in")
                    .says("ok", "firewall", "eth0 IPv6: self-test: .* passes the firewall out and in")
                    .says("ok", "wire", "VI_1: no other router of eth0/51 was heard")
                    .says("ok", "address", VIP + ": free")
                    .says("ok", "address", VIP6 + ": free");
            visit(hosts.a, RouterProcess.command("doctor", "--listen", "0.2"))
                    .exits(0)
                    .says("ok", "interface", "eth0: up")
                    .says("ok", "firewall", "eth0 IPv6: self-test: .* passes");
            Visit json = visit(hosts.a, RouterProcess.command("doctor", "--json", "--listen", "0.2"))
                    .exits(0);
            assertThat(json.output())
                    .startsWith("{\"works\":true,\"exitCode\":0,\"findings\":[{\"level\":\"ok\",\"topic\":\"rights\"")
                    .contains("\"subject\":\"eth0 IPv4\",\"text\":\"self-test: ")
                    .hasLineCount(1);
        }
    }

    @Test
    @DisplayName("the self-test does not leave the host, and the wire sees probes only")
    void wireSeesProbesOnly() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess capture = hosts.client.capture("eth0", "proto", "112", "or", "arp", "or", "icmp6");
            visit(hosts.a, BOTH).exits(0);
            capture.awaitLine("Request who-has " + VIP + " .*tell 0.0.0.0", RouterProcess.PATIENCE);
            capture.awaitLine("neighbor solicitation, who has " + VIP6, RouterProcess.PATIENCE);
            assertThat(capture.output()).doesNotContain("VRRP", "proto 112", "ip-proto-112");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inet input; type filter hook input priority 0;",
                "inet output; type filter hook output priority 0;",
                "netdev ingress; type filter hook ingress device eth0 priority 0;"
            })
    @DisplayName("a firewall that drops protocol 112 is named, proved, and gone when its remedy has been carried out")
    void firewall(String chain) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            requireNft(hosts);
            String family = chain.substring(0, chain.indexOf(' '));
            String hook = chain.substring(chain.indexOf(' ') + 1, chain.indexOf(';'));
            String direction = hook.equals("output") ? "outgoing" : "incoming";
            hosts.a.run("nft", "add table " + family + " f");
            hosts.a.run("nft", "add chain " + family + " f c {" + chain.substring(chain.indexOf(';') + 1) + "}");
            hosts.a.run("nft", "add rule " + family + " f c meta l4proto 112 counter drop");
            Visit ill = visit(hosts.a, BOTH)
                    .exits(8)
                    .says("hint", "firewall", "eth0: the rules (may )?drop protocol 112 .*chain c of table " + family)
                    .says("problem", "firewall", "eth0 IPv4: self-test: .*" + direction)
                    .says("problem", "firewall", "eth0 IPv6: self-test: ");
            for (String remedy : ill.remedies("hint", "firewall")) {
                hosts.a.run(remedy.split(" "));
            }
            visit(hosts.a, BOTH).exits(0);
        }
    }

    @Test
    @DisplayName("a firewall that drops the packets of one peer is proved by what arrives and is not heard")
    void firewallAgainstAPeer() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            requireNft(hosts);
            hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 200));
            hosts.awaitHolder(hosts.b, VIP);
            visit(hosts.a, IPV4)
                    .exits(0)
                    .says("ok", "wire", "VI_1: 192.0.2.2 is master of eth0/51 with priority 200")
                    .says("ok", "address", VIP + ": held by the present master");

            hosts.a.run("nft", "add table ip f");
            hosts.a.run("nft", "add chain ip f c { type filter hook input priority 0; }");
            hosts.a.run("nft", "add rule ip f c ip protocol 112 ip saddr 192.0.2.2 drop");
            visit(hosts.a, IPV4)
                    .exits(8)
                    .says("ok", "firewall", "eth0 IPv4: self-test: .* passes")
                    .says("problem", "firewall", "eth0 IPv4: .* packets of VRID 51 from 192.0.2.2 have arrived");

            hosts.a.run("nft", "flush chain ip f c");
            hosts.a.run("nft", "add rule ip f c ip protocol 112 ip saddr != 192.0.2.2 drop");
            visit(hosts.a, IPV4)
                    .exits(0)
                    .says("hint", "firewall", "eth0 IPv4: self-test: .* but packets of other routers are");
        }
    }

    @Test
    @DisplayName("unicast is not tried by itself, but what a peer sends proves it")
    void unicast() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            requireNft(hosts);
            hosts.start(RouterProcess.Kind.OURS, hosts.b, Way.UNICAST_V3.text(2, 200));
            hosts.awaitHolder(hosts.b, VIP);
            String configuration = Way.UNICAST_V3.text(1, 100);
            visit(hosts.a, configuration)
                    .exits(0)
                    .says("unchecked", "firewall", "eth0 IPv4: unicast cannot be tried from one side")
                    .says("ok", "wire", "VI_1: 192.0.2.2 is master of eth0/51 with priority 200");
            hosts.a.run("nft", "add table inet f");
            hosts.a.run("nft", "add chain inet f c { type filter hook input priority 0; policy drop; }");
            Visit ill = visit(hosts.a, configuration)
                    .exits(8)
                    .says("hint", "firewall", "eth0: the rules drop protocol 112 from other routers to 192.0.2.1: .*")
                    .says("problem", "firewall", "eth0 IPv4: .* packets of VRID 51 from 192.0.2.2 have arrived");
            hosts.a.run(ill.remedies("hint", "firewall").get(0).split(" "));
            visit(hosts.a, configuration).exits(0);
        }
    }

    @Test
    @DisplayName("an address that another host has is found by ARP and neighbour discovery, with the MAC address")
    void addressOfAnotherHost() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.client.run("ip", "address", "add", VIP + "/24", "dev", "eth0");
            hosts.client.run("ip", "address", "add", VIP6 + "/64", "dev", "eth0", "nodad");
            String mac = hosts.client.run("cat", "/sys/class/net/eth0/address").strip();
            visit(hosts.a, BOTH)
                    .exits(8)
                    .says("problem", "address", VIP + ": another host has the address: \\[" + mac)
                    .says("problem", "address", VIP6 + ": another host has the address: \\[" + mac);
            hosts.a.run("ip", "address", "add", VIP + "/24", "dev", "eth0");
            visit(hosts.a, IPV4)
                    .exits(8)
                    .says("problem", "address", VIP + ": the address is on eth0 already, put there by something else");
        }
    }

    @Test
    @DisplayName("an interface that is off, unplugged or missing is found; a missing one has its own exit code")
    void interfaces() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.a.unplug();
            visit(hosts.a, IPV4).exits(8).says("problem", "interface", "eth0: the interface has no carrier");
            hosts.a.plug();
            hosts.a.run("ip", "link", "set", "eth0", "down");
            Visit down =
                    visit(hosts.a, IPV4).exits(8).says("problem", "interface", "eth0: the interface is switched off");
            hosts.a.run(down.remedies("problem", "interface").get(0).split(" "));
            visit(hosts.a, IPV4).exits(0);
            hosts.a.run("ip", "link", "set", "eth0", "multicast", "off");
            visit(hosts.a, IPV4).exits(8).says("problem", "interface", "eth0: the interface has no MULTICAST flag");
            visit(hosts.a, IPV4.replace("eth0", "eth7"))
                    .exits(4)
                    .says("problem", "interface", "eth7: the interface does not exist");
            visit(hosts.a, "global_defs {\n    dynamic_interfaces\n}\n" + IPV4.replace("eth0", "eth7"))
                    .exits(0)
                    .says("hint", "interface", "eth7: the interface does not exist; its routers wait");
        }
    }

    @Test
    @DisplayName("what a configuration asks of the kernel besides addresses is tried, and nothing is left of it")
    void resources() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String conf = IPV4.replace(
                    "virtual_router_id",
                    "no_accept\n    use_vmac\n    virtual_routes {\n        198.51.100.0/24 dev eth0 encap ip id 5 dst"
                            + " 192.0.2.9 csum\n        198.51.100.0/25 dev %s\n    }\n    virtual_router_id");
            visit(hosts.a, conf.formatted("eth0"))
                    .exits(0)
                    .says("ok", "kernel", "no_accept: the packet filter \\(nf_tables\\) is there")
                    .says("ok", "kernel", "use_vmac: interfaces with other MAC addresses \\(macvlan\\) are there");
            assertThat(hosts.a.run("nft", "list", "ruleset")).isBlank();
            assertThat(hosts.a.run("ip", "-o", "link", "show", "type", "macvlan"))
                    .isBlank();
            assertThat(hosts.a.run("ip", "route", "show", "proto", "112")).isBlank();
            visit(hosts.a, conf.formatted("eth0 vrf blue"))
                    .exits(8)
                    .says("problem", "interface", "VI_1: the route .* needs VRF blue, which does not exist");
            visit(hosts.a, conf.formatted("eth7"))
                    .exits(8)
                    .says("problem", "interface", "VI_1: the route .* needs interface eth7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_raw", "net_admin"})
    @DisplayName("a missing capability has the exit code of vrrp run")
    void missingCapability(String missing) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String file = hosts.a.write("doctor.conf", IPV4);
            List<String> command =
                    new ArrayList<>(List.of("setpriv", "--inh-caps=-" + missing, "--bounding-set=-" + missing));
            command.addAll(Arrays.asList(RouterProcess.command("doctor", file)));
            String name = "CAP_" + missing.toUpperCase(Locale.ROOT);
            visit(hosts.a, command.toArray(String[]::new))
                    .exits(3)
                    .says("problem", "rights", name + ": this process lacks " + name + ", it cannot ");
        }
    }

    @Test
    @DisplayName(
            "keepalived with the same instance is found, as backup by its configuration, as master on the wire too")
    void keepalivedRunsAlready() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess keepalived = hosts.start(RouterProcess.Kind.KEEPALIVED, hosts.a, IPV4);
            keepalived.awaitRole("VI_1", "BACKUP", Instant.MIN);
            visit(hosts.a, IPV4).exits(8).says("problem", "programs", "keepalived .*: runs the same virtual routers");
            hosts.awaitHolder(hosts.a, VIP);
            visit(hosts.a, IPV4).exits(8).says("problem", "wire", "VI_1: this host advertises eth0/51 already");
            visit(hosts.a, IPV4.replace("virtual_router_id 51", "virtual_router_id 53"))
                    .says("hint", "programs", "keepalived .*: speaks VRRP on this host too");
        }
    }
}
