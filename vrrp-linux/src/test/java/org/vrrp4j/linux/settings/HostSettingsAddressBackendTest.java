package org.vrrp4j.linux.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.HostSetting;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingBackend;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** Settings of the kernel that are there while routers are, on a kernel that is a list. */
class HostSettingsAddressBackendTest {
    private static final String RECORD = "vrrp4j-promote_secondaries-was-0-on-2";
    private static final String IGMP_RECORD = "vrrp4j-igmp_link_local_mcast_reports-was-1-on-1";
    private static final String CHARGE = "setting net.ipv4.conf.eth0.promote_secondaries";
    private static final AddressClaim FIRST = router(51, HostSetting.PROMOTE_SECONDARIES);
    private static final AddressClaim SECOND = router(52, HostSetting.PROMOTE_SECONDARIES);
    private static final AddressClaim NODE = new AddressClaim(
            RouterId.NODE,
            new RouterResources(List.of(), List.of(), List.of(), true, Set.of(HostSetting.NO_LOCAL_IGMP_REPORTS)),
            Duration.ofSeconds(60));

    @TempDir
    private Path settings;

    private final FakeKernel kernel = new FakeKernel();
    private final ManualLoop loop = new ManualLoop();
    private final NetlinkClient client = new NetlinkClient(kernel.requests());
    private final RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
    private final FakeCharges charges = new FakeCharges();
    private final List<String> calls = new ArrayList<>();
    private List<HeldSettings.Held> held = List.of();
    private HostSettingsAddressBackend backend;

    private static AddressClaim router(int vrid, HostSetting... set) {
        return new AddressClaim(
                new RouterId("eth0", vrid, IpFamily.IPV4),
                new RouterResources(
                        List.of(VirtualAddress.parse("192.0.2." + vrid)), List.of(), List.of(), true, Set.of(set)),
                Duration.ofSeconds(2));
    }

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(settings.resolve("ipv4"));
        Files.writeString(igmp(), "1\n");
        kernel.link(1, "lo", FakeKernel.WORKING | LinkMessage.IFF_LOOPBACK);
        kernel.link(2, "eth0", FakeKernel.WORKING);
        feed.start();
        loop.turn();
        backend = new HostSettingsAddressBackend(
                new RecordingBackend(calls), loop, feed, client, charges, all -> held = all, settings);
    }

    private Path igmp() {
        return settings.resolve("ipv4/igmp_link_local_mcast_reports");
    }

    private void register(AddressClaim claim) {
        assertThat(backend.register(claim, new RecordingListener()).toCompletableFuture())
                .isCompleted();
        loop.turn();
    }

    @Test
    @DisplayName("set with the first router that wants it, put back with the last, with a record in between")
    void whileARouterRuns() {
        register(FIRST);
        assertThat(kernel.promotesSecondaries(2)).isTrue();
        assertThat(kernel.altNames()).containsExactly(Map.entry(RECORD, 2));
        assertThat(held).containsExactly(new HeldSettings.Held("ipv4/conf/eth0/promote_secondaries", 0, 2, RECORD));
        register(SECOND);
        backend.acquire(FIRST);
        backend.release(FIRST);
        backend.unregister(FIRST);
        assertThat(kernel.promotesSecondaries(2)).isTrue();
        backend.change(SECOND, router(52));
        assertThat(kernel.promotesSecondaries(2)).isFalse();
        assertThat(kernel.altNames()).isEmpty();
        assertThat(held).isEmpty();
        assertThat(charges.ours()).isEmpty();
        backend.change(router(52), SECOND);
        assertThat(kernel.promotesSecondaries(2)).isTrue();
        backend.close();
        assertThat(kernel.promotesSecondaries(2)).isFalse();
        assertThat(calls)
                .containsExactly(
                        "register", "register", "acquire", "release", "unregister", "change", "change", "close");
    }

    @Test
    @DisplayName("the setting of the whole host, by its file")
    void ofTheHost() throws IOException {
        register(NODE);
        assertThat(igmp()).hasContent("0");
        assertThat(kernel.altNames()).containsExactly(Map.entry(IGMP_RECORD, 1));
        assertThat(held)
                .containsExactly(new HeldSettings.Held("ipv4/igmp_link_local_mcast_reports", 1, 1, IGMP_RECORD));
        backend.unregister(NODE);
        assertThat(igmp()).hasContent("1");
        assertThat(kernel.altNames()).isEmpty();
        Files.delete(igmp());
        register(NODE);
        assertThat(held).as("where there is none").isEmpty();
        assertThat(kernel.altNames()).isEmpty();
    }

    @Test
    @DisplayName("what was so before stays, and what somebody else has set meanwhile too")
    void ofSomebodyElse() throws IOException {
        kernel.setPromoteSecondaries(2, true);
        register(FIRST);
        assertThat(kernel.altNames()).isEmpty();
        backend.unregister(FIRST);
        assertThat(kernel.promotesSecondaries(2)).isTrue();
        register(NODE);
        Files.writeString(igmp(), "7\n");
        backend.unregister(NODE);
        assertThat(igmp()).hasContent("7");
        assertThat(kernel.altNames()).isEmpty();
    }

    @Test
    @DisplayName("an interface that comes later, or comes again, has it too")
    void interfaceThatComesAgain() {
        kernel.deleteLink(2);
        loop.turn();
        register(FIRST);
        assertThat(held).isEmpty();
        kernel.link(3, "eth0", FakeKernel.WORKING);
        loop.turn();
        assertThat(kernel.promotesSecondaries(3)).isTrue();
        kernel.deleteLink(3);
        loop.turn();
        kernel.link(4, "eth0", FakeKernel.WORKING);
        loop.turn();
        assertThat(kernel.altNames()).containsExactly(Map.entry("vrrp4j-promote_secondaries-was-0-on-4", 4));
        backend.unregister(FIRST);
        assertThat(kernel.promotesSecondaries(4)).isFalse();
    }

    @Test
    @DisplayName("what a dead node has left is put back, or goes on with what was before it")
    void leftovers() throws IOException {
        kernel.setPromoteSecondaries(2, true);
        Files.writeString(igmp(), "0\n");
        kernel.altNames().put(RECORD, 2);
        kernel.altNames().put(IGMP_RECORD, 1);
        kernel.altNames().put("vrrp4j-promote_secondaries-was-0-on-77", 2);
        kernel.altNames().put("vrrp4j-unheard_of-was-0-on-2", 2);
        register(FIRST);
        assertThat(igmp()).hasContent("1");
        assertThat(kernel.promotesSecondaries(2)).isTrue();
        assertThat(kernel.altNames()).containsKey(RECORD).doesNotContainKey(IGMP_RECORD);
        backend.unregister(FIRST);
        assertThat(kernel.promotesSecondaries(2)).isFalse();
        assertThat(kernel.altNames()).doesNotContainKey(RECORD).hasSize(2);
    }

    @Test
    @DisplayName("what a living node has charge of is left alone, and taken over when it ends")
    void neighbour() {
        kernel.setPromoteSecondaries(2, true);
        kernel.altNames().put(RECORD, 2);
        charges.neighbourTakes(CHARGE);
        register(router(53));
        assertThat(kernel.altNames()).as("not swept").containsKey(RECORD);
        register(FIRST);
        backend.unregister(FIRST);
        assertThat(kernel.promotesSecondaries(2)).isTrue();
        register(FIRST);
        charges.neighbourEnds();
        assertThat(held).hasSize(1);

        kernel.setPromoteSecondaries(2, false);
        kernel.altNames().clear();
        loop.advance(Duration.ofSeconds(1).toNanos());
        assertThat(kernel.promotesSecondaries(2))
                .as("its guard has put it back")
                .isTrue();
        backend.unregister(FIRST);
        assertThat(kernel.promotesSecondaries(2)).isFalse();
    }

    @Test
    @DisplayName("a kernel without such records sets it all the same")
    void withoutRecords() {
        kernel.refuse(108, Errno.EOPNOTSUPP, "");
        register(FIRST);
        assertThat(kernel.promotesSecondaries(2)).isTrue();
        assertThat(held).extracting(HeldSettings.Held::recordName).containsExactly("");
        backend.unregister(FIRST);
        assertThat(kernel.promotesSecondaries(2)).isFalse();
    }
}
