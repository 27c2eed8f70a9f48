package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.BfdPath;
import org.vrrp4j.config.BfdTimers;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.model.IpAddresses;

/** bfd_instance and track_bfd become sessions. */
class BfdKeywordsTest {
    private static final String TRACKED = Conf.instance("track_bfd {", "gw", "}");

    private static List<Tracked> tracked(String... lines) {
        return Conf.router("bfd_instance gw {\n" + String.join("\n", lines) + "\n}\n" + TRACKED)
                .trackers();
    }

    private static List<String> problems(String... lines) {
        return Conf.problems("bfd_instance gw {\n" + String.join("\n", lines) + "\n}\n" + TRACKED);
    }

    @Test
    void sessionHasKeepalivedsDefaults() {
        assertThat(tracked("neighbor_ip 192.0.2.7"))
                .containsExactly(new Tracked(BfdTracker.to("192.0.2.7").named("gw"), TrackWeight.FAULT));
    }

    @Test
    @DisplayName("over IPv6 keepalived sends with hop limit 64, and so asks for that of its neighbour")
    void ipv6() {
        BfdPath path = new BfdPath(IpAddresses.parse("2001:db8::7").orElseThrow(), Optional.empty(), false, 64, 0);
        assertThat(tracked("neighbour_ip 2001:db8::7"))
                .containsExactly(new Tracked(new BfdTracker("gw", path, BfdTimers.DEFAULT, false), TrackWeight.FAULT));
        assertThat(path.accepts(64)).isTrue();
        assertThat(path.accepts(63)).isFalse();
    }

    @Test
    void sessionHasAllItsValuesAndAWeightThatTheInstanceMayChange() {
        String definition = """
                bfd_instance gw {
                    neighbor_ip 198.51.100.7
                    source_ip 192.0.2.1
                    min_rx 3.312
                    min_tx 20
                    idle_tx 1500.5
                    multiplier 3
                    passive
                    ttl 250
                    max_hops -1
                    multihop
                    weight -20 reverse
                    vrrp
                    checker
                }
                """;
        BfdTracker session = new BfdTracker(
                "gw",
                new BfdPath(
                        IpAddresses.parse("198.51.100.7").orElseThrow(),
                        IpAddresses.parse("192.0.2.1"),
                        true,
                        250,
                        BfdPath.ANY_HOPS),
                new BfdTimers(Duration.ofMillis(20), Duration.ofNanos(3_312_000), Duration.ofNanos(1_500_500_000), 3),
                true);
        assertThat(Conf.router(definition + TRACKED).trackers())
                .containsExactly(new Tracked(session, new TrackWeight(-20, true)));
        assertThat(Conf.router(definition + Conf.instance("track_bfd {", "gw weight 7 noreverse", "}"))
                        .trackers())
                .containsExactly(new Tracked(session, new TrackWeight(7, false)));
        assertThat(Conf.parse(definition + Conf.instance()).nodeConfig().bfdSessions())
                .as("held although no instance follows it")
                .containsExactly(session);
    }

    @Test
    void groupFollowsASession() {
        String conf = "bfd_instance gw {\nneighbor_ip 192.0.2.7\n}\n" + Conf.instance()
                + "vrrp_instance VI_2 {\ninterface eth1\nvirtual_router_id 52\n"
                + "virtual_ipaddress { 192.0.2.101/24 }\n}\n"
                + "vrrp_sync_group G {\ngroup { VI_1 VI_2 }\ntrack_bfd {\ngw\n}\n}\n";
        assertThat(Conf.parse(conf).nodeConfig().groups().get(0).trackers())
                .containsExactly(new Tracked(BfdTracker.to("192.0.2.7").named("gw"), TrackWeight.FAULT));
    }

    @Test
    @DisplayName("what makes no session is an error in its line")
    void errors() {
        assertThat(problems("min_rx 10")).containsExactly("k.conf:1: error: bfd_instance 'gw' has no neighbor_ip");
        assertThat(problems("neighbor_ip gateway"))
                .containsExactly("k.conf:2: error: neighbor_ip must be an IP address: 'gateway'");
        assertThat(problems("neighbor_ip fe80::1"))
                .containsExactly("k.conf:2: error: neighbor_ip must not be link-local, as no interface can be given:"
                        + " 'fe80::1'");
        assertThat(problems("neighbor_ip 192.0.2.7", "source_ip 2001:db8::1"))
                .containsExactly("k.conf:1: error: bfd_instance 'gw': source and neighbour must be of one family:"
                        + " source=2001:db8::1 neighbor=192.0.2.7");
        assertThat(problems("neighbor_ip 192.0.2.7", "min_rx 0.5"))
                .containsExactly("k.conf:3: error: min_rx must be 1 to 4294967 milliseconds: '0.5'");
        assertThat(problems("neighbor_ip 192.0.2.7", "checker"))
                .containsExactly("k.conf:10: error: 'gw' is for the checker only; give it the keyword vrrp too");
        assertThat(problems("neighbor_ip 192.0.2.7", "}", "bfd_instance other {", "neighbor_ip 192.0.2.7"))
                .containsExactly("k.conf:4: error: bfd_instance 'gw' in line 1 has the neighbour 192.0.2.7 already");
    }
}
