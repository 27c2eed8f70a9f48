package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Routers that can live together on a host, and others. */
class NodeConfigTest {
    private static RouterConfig router(String device, int vrid, String address, String... excluded) {
        RouterConfigBuilder builder = RouterConfig.builder(device, vrid).address(VirtualAddress.parse(address));
        for (String other : excluded) {
            String[] words = other.split(" dev ");
            VirtualAddress each = VirtualAddress.parse(words[0]);
            builder.excludedAddress(words.length == 1 ? each : each.onDevice(words[1]));
        }
        return builder.build();
    }

    private static void node(RouterConfig... routers) {
        assertThat(new NodeConfig("node", List.of(routers)).routers()).hasSize(routers.length);
    }

    @Test
    void addressBelongsToOneRouterWhateverItsPrefixOrInterface() {
        RouterConfig first = router("eth0", 51, "192.0.2.100/24");
        assertThatThrownBy(() -> node(first, router("eth0", 52, "192.0.2.100/32")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an address belongs to one virtual router of a host: 192.0.2.100 is among those of virtual"
                        + " router eth0/51 and of virtual router eth0/52");
        assertThatThrownBy(() -> node(first, router("eth1", 52, "192.0.2.101/24", "192.0.2.100/24")))
                .hasMessageContaining("192.0.2.100 is among those of");
        node(first, router("eth1", 51, "192.0.2.101/24"));
    }

    @Test
    void linkLocalAddressBelongsToOneRouterOfAnInterface() {
        RouterConfig first = router("eth0", 51, "fe80::1/64");
        node(first, router("eth1", 51, "fe80::1/64"));
        assertThatThrownBy(() -> node(first, router("eth0", 52, "fe80::1/64")))
                .hasMessageContaining("fe80::1%eth0 is among those of");
        assertThatThrownBy(() -> node(first, router("eth1", 52, "fe80::2/64", "fe80::1/64 dev eth0")))
                .hasMessageContaining("fe80::1%eth0 is among those of");
    }

    @Test
    void staticSettingIsNoneOfAnInterface() {
        RouterConfig router = router("eth0", 51, "192.0.2.100/24");
        assertThat(node(router, HostSetting.NO_LOCAL_IGMP_REPORTS)
                        .staticResources()
                        .settings())
                .hasSize(1);
        assertThatThrownBy(() -> node(router, HostSetting.PROMOTE_SECONDARIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a static setting must be none of an interface, which a router sets:"
                        + " setting=PROMOTE_SECONDARIES");
    }

    private static NodeConfig node(RouterConfig router, HostSetting setting) {
        return new NodeConfig(
                "node",
                List.of(router),
                false,
                Optional.empty(),
                List.of(),
                NodeNotification.NONE,
                new RouterResources(List.of(), List.of(), List.of(), true, Set.of(setting)));
    }
}
