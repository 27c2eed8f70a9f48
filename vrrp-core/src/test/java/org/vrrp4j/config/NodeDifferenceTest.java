package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeDifference.Change;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.VrrpVersion;

class NodeDifferenceTest {
    private static final InetAddress PEER = IpAddresses.parse("192.0.2.2").orElseThrow();

    /** Setters that replace what others add to. */
    private static final Set<String> ALL_AT_ONCE =
            Set.of("addresses", "excludedAddresses", "routes", "rules", "replaceUnicastPeers");

    private static RouterConfigBuilder router(int vrid) {
        return RouterConfig.builder("eth0", vrid)
                .name("R" + vrid)
                .version(VrrpVersion.V2)
                .address(VirtualAddress.parse("192.0.2." + (100 + vrid) + "/24"));
    }

    private static NodeConfig node(RouterConfigBuilder... routers) {
        return new NodeConfig(
                "n", Stream.of(routers).map(RouterConfigBuilder::build).toList());
    }

    /** Each setter of the builder with another value than {@link #router} has. */
    private static Map<String, UnaryOperator<RouterConfigBuilder>> settings() {
        Map<String, UnaryOperator<RouterConfigBuilder>> settings = new LinkedHashMap<>();
        settings.put("name", builder -> builder.name("web"));
        settings.put("version", builder -> builder.version(VrrpVersion.V3));
        settings.put("virtualMac", builder -> builder.virtualMac(VirtualMac.DEFAULT));
        settings.put("priority", builder -> builder.priority(7));
        settings.put("advertisementInterval", builder -> builder.advertisementInterval(Duration.ofSeconds(2)));
        settings.put("downTimerAdverts", builder -> builder.downTimerAdverts(5));
        settings.put("preempt", builder -> builder.preempt(false));
        settings.put("authentication", builder -> builder.authentication(Authentication.simplePassword("x")));
        settings.put("checksumForm", builder -> builder.checksumForm(ChecksumForm.MESSAGE_ONLY));
        settings.put("address", builder -> builder.address(VirtualAddress.parse("192.0.2.77")));
        settings.put("excludedAddress", builder -> builder.excludedAddress(VirtualAddress.parse("192.0.2.78")));
        settings.put("route", builder -> builder.route(VirtualRoute.parse("198.51.100.0/24 via 192.0.2.1")));
        settings.put("rule", builder -> builder.rule(VirtualRule.parse("from 192.0.2.0/24 table 7")));
        settings.put("acceptMode", builder -> builder.acceptMode(false));
        settings.put("unicastPeers", builder -> builder.unicastPeers(List.of(PEER)));
        settings.put(
                "unicastTtl", builder -> builder.unicastPeers(List.of(PEER)).unicastTtl(9));
        settings.put("peerTtl", builder -> builder.unicastPeers(List.of(PEER)).peerTtl(PEER, new TtlRange(1, 2)));
        settings.put("checkTtl", builder -> builder.unicastPeers(List.of(PEER)).checkTtl(false));
        settings.put("source", builder -> builder.source(PEER));
        settings.put("addressListCheck", builder -> builder.addressListCheck(AddressListCheck.REPORT));
        settings.put("strict", builder -> builder.strict(true));
        AnnouncementSchedule schedule = new AnnouncementSchedule(List.of(Duration.ZERO), Duration.ofSeconds(9));
        settings.put("announcements", builder -> builder.announcements(schedule));
        settings.put("conflictAnnouncements", builder -> builder.conflictAnnouncements(schedule));
        settings.put(
                "announceWithAdvertisements",
                builder -> builder.announceWithAdvertisements(!router(1).build().announceWithAdvertisements()));
        settings.put("startupDelay", builder -> builder.startupDelay(Duration.ofSeconds(2)));
        settings.put("delayAfterBoot", builder -> builder.delayAfterBoot(Duration.ofSeconds(2)));
        settings.put("preemptDelay", builder -> builder.preemptDelay(Duration.ofSeconds(2)));
        settings.put(
                "learnedIntervals",
                builder ->
                        builder.learnedIntervals(new LearnedIntervals(Duration.ofMillis(20), Duration.ofSeconds(3))));
        settings.put("stepDownAfterStall", builder -> builder.stepDownAfterStall(true));
        settings.put("linkTracking", builder -> builder.linkTracking(new LinkTracking(false, false)));
        settings.put("track", builder -> builder.track(new InterfaceTracker("eth1"), new TrackWeight(0, false)));
        settings.put("notification", builder -> builder.notification(new NotifySettings(Map.of(), true, true, true)));
        return settings;
    }

    @Test
    void theSettingsOfTheseTestsAreAllThatThereAre() {
        Set<String> setters = Stream.of(RouterConfigBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == RouterConfigBuilder.class)
                .map(Method::getName)
                .filter(name -> !ALL_AT_ONCE.contains(name))
                .collect(Collectors.toSet());
        assertThat(settings().keySet()).containsExactlyInAnyOrderElementsOf(setters);
    }

    @Test
    void eachSettingIsADifference() {
        settings().forEach((name, change) -> {
            RouterConfig before = router(1).build();
            RouterConfig after = change.apply(router(1)).build();
            RouterDifference difference = RouterDifference.between(before, after);
            assertThat(difference.settings()).as(name).isNotEmpty();
            assertThat(difference.live())
                    .as(name)
                    .isEqualTo(!Set.of("version", "virtualMac").contains(name));
            assertThat(RouterDifference.between(after, change.apply(router(1)).build())
                            .isNone())
                    .as(name)
                    .isTrue();
        });
    }

    @Test
    void routersAreToldApartByTheirIdentity() {
        NodeDifference difference = NodeDifference.between(
                node(router(1), router(2), router(3), router(4)),
                node(router(5), router(3).priority(9), router(1), router(4).version(VrrpVersion.V3)));
        assertThat(difference.removed()).extracting(RouterConfig::name).containsExactly("R2");
        assertThat(difference.added()).extracting(RouterConfig::name).containsExactly("R5");
        assertThat(difference.unchanged()).extracting(RouterConfig::name).containsExactly("R1");
        assertThat(difference.changed()).extracting(Change::settings).containsExactly(List.of("priority"));
        assertThat(difference.restarted()).extracting(Change::settings).containsExactly(List.of("version"));
        assertThat(difference.isNone()).isFalse();
    }

    @Test
    void theSameInAnotherOrderIsNoDifference() {
        assertThat(NodeDifference.between(node(router(1), router(2)), node(router(2), router(1)))
                        .isNone())
                .isTrue();
    }

    @Test
    void groupsAreComparedByName() {
        NodeConfig plain = node(router(1), router(2));
        NodeConfig grouped = new NodeConfig(
                "n",
                plain.routers(),
                false,
                plain.namespace(),
                List.of(new SyncGroupConfig("G", List.of("R1", "R2"), List.of(), false, NotifySettings.NONE)),
                NodeNotification.NONE,
                plain.staticResources());
        assertThat(NodeDifference.between(plain, grouped).others()).containsExactly("new group G");
        assertThat(NodeDifference.between(grouped, plain).others()).containsExactly("no group G");
        assertThat(NodeDifference.between(grouped, grouped).isNone()).isTrue();
    }

    @Test
    void whoGetsAnAddressOfAnotherWaitsForIt() {
        VirtualAddress moving = VirtualAddress.parse("192.0.2.200");
        NodeDifference difference = NodeDifference.between(
                node(router(1), router(2).address(moving), router(3)),
                node(router(1).address(moving), router(2), router(3).priority(9)));
        assertThat(difference.changed())
                .filteredOn(Change::receives)
                .extracting(change -> change.after().name())
                .containsExactly("R1");
        assertThat(difference.changed()).hasSize(3);
    }

    @Test
    void aLinkLocalAddressIsAnotherOneOnEachInterface() {
        VirtualAddress everywhere = VirtualAddress.parse("fe80::99");
        NodeDifference difference = NodeDifference.between(
                node(linkLocal("eth0").address(everywhere), linkLocal("eth1")),
                node(linkLocal("eth0"), linkLocal("eth1").address(everywhere)));
        assertThat(difference.changed()).hasSize(2).noneMatch(Change::receives);
    }

    private static RouterConfigBuilder linkLocal(String interfaceName) {
        return RouterConfig.builder(interfaceName, 1).name(interfaceName).address(VirtualAddress.parse("fe80::1"));
    }

    @Test
    void onlyOneRouterAtATimeIsCompared() {
        RouterConfig one = router(1).build();
        RouterConfig two = router(2).build();
        assertThatThrownBy(() -> RouterDifference.between(one, two)).hasMessageContaining("two virtual routers");
    }
}
