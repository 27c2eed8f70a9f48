package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.LinkTracking;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.spi.LinkState;

/** What an interface does to a router that needs more of it than others, or less. */
class LinkFaultsTest {
    private static final String PRIMARY = "192.0.2.1";
    private static final String SOURCE = "192.0.2.11";
    private static final LinkTracking NOT_THE_STATE = new LinkTracking(false, false);
    private static final LinkTracking THE_SOURCE = new LinkTracking(true, true);

    private final FakeHost host = new FakeHost();
    private final InterfacePort port = new InterfacePort(
            "eth0", IpFamily.IPV4, host, host, new UnassignedPackets(host, UnassignedPackets.Listener.NONE));
    private RouterRuntime router;

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static RouterConfig config(LinkTracking tracking) {
        return RouterConfig.builder("eth0", 51)
                .address(VirtualAddress.parse("192.0.2.100"))
                .source(address(SOURCE))
                .linkTracking(tracking)
                .build();
    }

    @BeforeEach
    void add() {
        router = new RouterRuntime(
                config(LinkTracking.DEFAULT),
                host,
                port,
                host,
                new AnnouncementTurns(host, host),
                new RouterObserver() {
                    @Override
                    public void onRoleChange(RoleChange change) {
                        // the machine knows
                    }

                    @Override
                    public void onEvent(VrrpEvent event) {
                        // the machine knows
                    }
                },
                () -> {},
                () -> PauseGrace.NONE,
                10);
        port.add(router);
        link(true, PRIMARY, SOURCE);
        router.start();
    }

    private void link(boolean up, String... addresses) {
        Set<InetAddress> all =
                Arrays.stream(addresses).map(LinkFaultsTest::address).collect(Collectors.toSet());
        Optional<InetAddress> primary = Arrays.stream(addresses).findFirst().map(LinkFaultsTest::address);
        port.onLink(new LinkState("eth0", true, 2, up, primary, Optional.empty(), 0, all));
    }

    private Set<Fault> faults() {
        return router.machine().faults();
    }

    @Test
    void aLinkThatIsDownKeepsARouterOutUnlessItDoesNotCare() {
        link(false, PRIMARY, SOURCE);
        assertThat(faults()).containsExactly(Fault.LINK_DOWN);
        router.configure(config(NOT_THE_STATE));
        assertThat(faults()).isEmpty();
        assertThat(router.role()).isEqualTo(Role.BACKUP);
        router.configure(config(LinkTracking.DEFAULT));
        assertThat(faults()).containsExactly(Fault.LINK_DOWN);
        link(true, PRIMARY, SOURCE);
        assertThat(faults()).isEmpty();
    }

    @Test
    void anInterfaceThatIsMissingKeepsEachRouterOut() {
        router.configure(config(NOT_THE_STATE));
        port.onLink(LinkState.missing("eth0"));
        assertThat(faults()).containsExactly(Fault.INTERFACE_MISSING);
        link(false, PRIMARY, SOURCE);
        assertThat(faults()).isEmpty();
    }

    @Test
    void aSourceThatIsMissingKeepsARouterOutIfItTracksThat() {
        link(true, PRIMARY);
        assertThat(faults()).isEmpty();
        router.configure(config(THE_SOURCE));
        assertThat(faults()).containsExactly(Fault.NO_SOURCE_ADDRESS);
        assertThat(router.machine().faultDetails()).containsEntry(Fault.NO_SOURCE_ADDRESS, SOURCE + " on eth0");
        link(true, PRIMARY, SOURCE);
        assertThat(faults()).isEmpty();
        link(false, PRIMARY);
        assertThat(faults()).containsExactlyInAnyOrder(Fault.LINK_DOWN, Fault.NO_SOURCE_ADDRESS);
        link(true, PRIMARY, SOURCE);
        assertThat(router.role()).isEqualTo(Role.BACKUP);
    }
}
