package org.vrrp4j.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.linux.doctor.Finding.Level;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.route.LinkMessage;

class ResourcesCheckTest {
    private static final RouterResources NOTHING = RouterResources.of(List.of());

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private Optional<LinuxException> refusal = Optional.empty();

    private Optional<LinuxException> note(String what) {
        tried.add(what);
        return refusal;
    }

    private void check(boolean waits, RouterResources statics, RouterConfig router) {
        HostNetwork network = new HostNetwork(
                List.of(
                        Hosts.link(2, "eth0", Hosts.UP),
                        new LinkMessage(
                                9,
                                "blue",
                                LinkMessage.ARPHRD_ETHER,
                                Hosts.UP,
                                Optional.empty(),
                                0,
                                0,
                                0,
                                "vrf",
                                "",
                                7)),
                List.of());
        ResourcesCheck.Trials trials = new ResourcesCheck.Trials() {
            @Override
            public Optional<LinuxException> filter() {
                return note("filter");
            }

            @Override
            public Optional<LinuxException> macvlan() {
                return note("macvlan");
            }

            @Override
            public Optional<LinuxException> route(VirtualRoute route) {
                return note("route " + route);
            }
        };
        new ResourcesCheck(network, trials, waits, findings::add).check(List.of(router), statics);
    }

    private void check(RouterConfig router) {
        check(false, NOTHING, router);
    }

    private static RouterConfig routes(String... words) {
        var builder = Hosts.router("192.0.2.100").toBuilder();
        for (String each : words) {
            builder.route(VirtualRoute.parse(each));
        }
        return builder.build();
    }

    @Test
    void whatIsNotAskedForIsNotLookedAt() {
        check(Hosts.router("192.0.2.100"));
        assertThat(findings).isEmpty();
        assertThat(tried).isEmpty();
    }

    @Test
    void whatIsAskedForAndThereIsFine() {
        check(routes("198.51.100.0/24 dev eth0 vrf blue", "203.0.113.0/24 dev vrrp.51").toBuilder()
                .acceptMode(false)
                .virtualMac(VirtualMac.DEFAULT)
                .build());
        assertThat(tried).startsWith("filter", "macvlan").hasSize(4);
        assertThat(findings).extracting(Finding::level).containsExactly(Level.OK, Level.OK);
    }

    @Test
    void whatTheKernelHasNotIsAProblemInItsWords() {
        refusal = Optional.of(new LinuxException("RTM_NEWLINK", Errno.EOPNOTSUPP.number(), "Unknown device type"));
        check(Hosts.router("192.0.2.100").toBuilder()
                .virtualMac(VirtualMac.DEFAULT)
                .build());
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.subject()).isEqualTo("use_vmac");
            assertThat(finding.text()).contains("Unknown device type");
            assertThat(finding.remedy().orElseThrow()).contains("modprobe macvlan");
        });
    }

    @Test
    void whatMayNotBeTriedIsUnchecked() {
        refusal = Optional.of(new LinuxException("NFT_MSG_NEWTABLE", Errno.EPERM.number()));
        check(Hosts.router("192.0.2.100").toBuilder().acceptMode(false).build());
        assertThat(findings).extracting(Finding::level).containsExactly(Level.UNCHECKED);
    }

    @Test
    void interfacesAndVrfsOfRoutesMustBeThereUnlessTheNodeWaits() {
        RouterConfig router = routes("198.51.100.0/24 dev eth9", "198.51.100.0/25 dev eth0 vrf green");
        check(router);
        assertThat(findings)
                .extracting(Finding::level, Finding::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Level.PROBLEM,
                                "the route 198.51.100.0/24 dev eth9 needs interface eth9, which does not exist"),
                        org.assertj.core.groups.Tuple.tuple(
                                Level.PROBLEM,
                                "the route 198.51.100.0/25 dev eth0 vrf green needs VRF green, which does not exist"));
        findings.clear();
        check(true, NOTHING, router);
        assertThat(findings).extracting(Finding::level).containsOnly(Level.HINT);
        findings.clear();
        check(routes("198.51.100.0/25 dev eth0 vrf eth0"));
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).startsWith("eth0 is no VRF"));
    }

    @Test
    void staticRoutesAreLookedAtToo() {
        RouterResources statics = new RouterResources(
                List.of(), List.of(VirtualRoute.parse("198.51.100.0/24 dev eth9")), List.of(), true);
        check(false, statics, Hosts.router("192.0.2.100"));
        assertThat(findings).extracting(Finding::subject).containsExactly("static_routes");
    }

    @Test
    void tunnelThatTheKernelDoesNotKnowIsAProblem() {
        refusal = Optional.of(
                new LinuxException("RTM_NEWROUTE", Errno.EOPNOTSUPP.number(), "lwt encapsulation type not supported"));
        check(routes("198.51.100.0/24 encap mpls 100 via 192.0.2.9 dev eth0"));
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("lwt encapsulation type not supported"));
    }
}
