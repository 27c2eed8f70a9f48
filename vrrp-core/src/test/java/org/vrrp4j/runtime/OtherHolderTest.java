package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterStatistics;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.spi.LinkState;

/** What a backend hears of other holders: counted, told, and answered with one announcement. */
class OtherHolderTest {
    private static final VirtualAddress VIP = VirtualAddress.parse("192.0.2.100");
    private static final MacAddress HOLDER = new MacAddress(0x0200_0000_0077L);

    private final FakeHost host = new FakeHost();
    private final List<VrrpEvent> events = new ArrayList<>();

    @Test
    @DisplayName("every claim is counted, the first is told, and there is one announcement more")
    void claimsAreCountedToldAndAnswered() throws IOException {
        host.link = new LinkState("eth0", true, 2, true, IpAddresses.parse("192.0.2.11"), Optional.empty());
        RouterConfig config = RouterConfig.builder("eth0", 51)
                .address(VIP)
                .announceWithAdvertisements(false)
                .build();
        RouterObserver observer = new RouterObserver() {
            @Override
            public void onRoleChange(RoleChange change) {
                // the status tells
            }

            @Override
            public void onEvent(VrrpEvent event) {
                events.add(event);
            }
        };
        NodeRuntime node =
                new NodeRuntime(new NodeConfig("n", List.of(config)), host, host, host, router -> observer, 100);
        node.start();
        host.advance(Duration.ofSeconds(20).toNanos());
        int before = host.announced.size();

        for (int i = 0; i < 3; i++) {
            host.addressListener.onOtherHolder(VIP, HOLDER);
            host.advance(Duration.ofSeconds(1).toNanos());
        }

        assertThat(events)
                .containsExactly(new VrrpEvent.AddressConflict(config.id(), VIP.address(), HOLDER, Duration.ZERO));
        assertThat(host.announced).hasSize(before + 1);
        RouterStatistics statistics = node.status().routers().get(0).statistics();
        assertThat(statistics.otherHolderClaims()).isEqualTo(3);
        assertThat(statistics.announcements()).isEqualTo(before + 1);
    }
}
