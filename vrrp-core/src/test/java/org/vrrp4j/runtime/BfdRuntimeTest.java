package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vrrp4j.runtime.BfdWire.address;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.BfdRejectionReason;
import org.vrrp4j.model.BfdState;
import org.vrrp4j.model.BfdStatus;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.spi.LinkState;
import org.vrrp4j.spi.TrackerBackend;

class BfdRuntimeTest {
    private static final String A = "192.0.2.1";
    private static final String B = "192.0.2.2";
    private static final BfdTracker TO_B = BfdTracker.to(B).named("b");
    private static final BfdTracker TO_A = BfdTracker.to(A).named("a");

    private final FakeHost loop = new FakeHost();
    private final BfdWire wire = new BfdWire(loop);
    private final BfdRuntime a = at(A);
    private final BfdRuntime b = at(B);
    private final List<String> told = new ArrayList<>();
    private final BfdSession.Listener listener = (up, detail) -> told.add(up ? "up" : "down: " + detail);

    private BfdRuntime at(String own) {
        FakeHost platform = new FakeHost();
        platform.trackers = wire.at(own);
        return new BfdRuntime(loop, platform);
    }

    private void run(int millis) {
        loop.advance(Duration.ofMillis(millis).toNanos());
    }

    private static BfdStatus only(BfdRuntime runtime) {
        assertThat(runtime.status().sessions()).hasSize(1);
        return runtime.status().sessions().get(0);
    }

    private BfdStatus up() throws IOException {
        a.watch(TO_B, listener);
        b.watch(TO_A, (up, detail) -> {});
        run(2000);
        assertThat(only(a).state()).isEqualTo(BfdState.UP);
        assertThat(only(b).state()).isEqualTo(BfdState.UP);
        return only(a);
    }

    @Test
    @DisplayName("a follower is told how it is at once, then of each time that it comes up and goes down")
    void tells() throws IOException {
        up();
        wire.cut = true;
        run(51);
        wire.cut = false;
        run(2000);
        assertThat(told)
                .containsExactly(
                        "down: it has not come up yet", "up", "down: no packet within the detection time", "up");
        BfdStatus status = only(a);
        assertThat(status.timesUp()).isEqualTo(2);
        assertThat(status.detectionTime()).isEqualTo(Duration.ofMillis(50));
        assertThat(status.transmitInterval()).isEqualTo(Duration.ofMillis(10));
        assertThat(status.packetsSent()).isGreaterThan(100);
        assertThat(status.packetsReceived()).isGreaterThan(100);
        assertThat(status.rejections()).isEmpty();
        assertThat(status.remoteDiscriminator()).isEqualTo(only(b).localDiscriminator());
        assertThat(status.text()).isEqualTo("bfd b 192.0.2.2 is Up (neighbour Up, detection time 50.0 ms)");
    }

    @Test
    @DisplayName("who follows the same neighbour shares its session; the last one asked for counts, while he follows")
    void shared() throws IOException {
        up();
        BfdTracker slower = TO_B.withInterval(Duration.ofMillis(40)).withMultiplier(3);
        TrackerBackend.Watch second = a.watch(slower, listener);
        run(100);
        assertThat(told).containsExactly("down: it has not come up yet", "up", "up");
        assertThat(only(a).transmitInterval()).isEqualTo(Duration.ofMillis(40));
        assertThat(only(b).detectionTime()).isEqualTo(Duration.ofMillis(120));
        second.close();
        run(100);
        assertThat(only(a).transmitInterval()).isEqualTo(Duration.ofMillis(10));
        assertThat(only(b).detectionTime()).isEqualTo(Duration.ofMillis(50));
        assertThat(only(a).timesUp()).isEqualTo(1);
        assertThat(wire.log).containsExactly("192.0.2.1 opens", "192.0.2.2 opens");
    }

    @Test
    @DisplayName("with its last follower a session ends: the neighbour is told at once, and nothing stays open")
    void ends() throws IOException {
        TrackerBackend.Watch watch = a.watch(TO_B, listener);
        b.watch(TO_A, listener);
        run(2000);
        watch.close();
        watch.close();
        run(1);
        assertThat(only(b).state()).isEqualTo(BfdState.DOWN);
        assertThat(only(b).remoteState()).isEqualTo(BfdState.ADMIN_DOWN);
        assertThat(told).last().isEqualTo("down: the neighbour signalled that the session is down");
        assertThat(a.status().sessions()).isEmpty();
        assertThat(wire.log).endsWith("192.0.2.1 ends 192.0.2.2", "192.0.2.1 closes");
    }

    @Test
    @DisplayName("RFC 5881, 5: a packet that came over a router is rejected, unless it may; what is sent has 255")
    void hopLimit() throws IOException {
        wire.hops = 1;
        a.watch(TO_B, listener);
        b.watch(TO_A, (up, detail) -> {});
        run(3000);
        assertThat(only(a).state()).isEqualTo(BfdState.DOWN);
        assertThat(only(a).packetsReceived()).isZero();
        assertThat(only(a).rejections()).containsOnlyKeys(BfdRejectionReason.TTL);
        BfdRuntime c = at("192.0.2.3");
        BfdRuntime d = at("192.0.2.4");
        c.watch(BfdTracker.to("192.0.2.4").withMultihop(1), listener);
        d.watch(BfdTracker.to("192.0.2.3").withMultihop(1), listener);
        run(2000);
        assertThat(only(c).state()).isEqualTo(BfdState.UP);
        wire.hops = 2;
        run(100);
        assertThat(only(c).state()).isNotEqualTo(BfdState.UP);
        assertThat(only(c).rejections().get(BfdRejectionReason.TTL)).isPositive();
    }

    /** Down, its own discriminator 77, to the one that is given. */
    private static ByteBuffer packet(int yours) {
        String text =
                "20400318" + "0000004d" + HexFormat.of().toHexDigits(yours) + "000f4240" + "00002710" + "00000000";
        return ByteBuffer.wrap(HexFormat.of().parseHex(text));
    }

    @Test
    @DisplayName("a packet of nobody, to nobody, of another neighbour or at the wrong port is counted and does nothing")
    void strangers() throws IOException {
        BfdStatus before = up();
        int known = before.localDiscriminator();
        a.onPacket(false, address("192.0.2.66"), address(A), 255, packet(0));
        a.onPacket(false, address("192.0.2.66"), address(A), 255, packet(known));
        a.onPacket(false, address("192.0.2.66"), address(A), 255, ByteBuffer.allocate(3));
        a.onPacket(true, address(B), address(A), 255, packet(known));
        a.onPacket(false, address(B), address(A), 255, packet(known + 1));
        a.onPacket(false, address(B), address(A), 255, ByteBuffer.allocate(24));
        a.onPacket(false, address(B), address(A), 254, packet(known));
        assertThat(a.status().unassigned())
                .isEqualTo(Map.of(
                        BfdRejectionReason.NO_SESSION, 1L,
                        BfdRejectionReason.WRONG_NEIGHBOR, 2L,
                        BfdRejectionReason.TRUNCATED, 1L));
        assertThat(only(a).rejections())
                .isEqualTo(Map.of(
                        BfdRejectionReason.NO_SESSION, 1L,
                        BfdRejectionReason.VERSION, 1L,
                        BfdRejectionReason.TTL, 1L));
        assertThat(only(a).state()).isEqualTo(BfdState.UP);
        a.onPacket(false, address(B), address(A), 255, packet(0));
        assertThat(only(a).state()).isEqualTo(BfdState.DOWN);
    }

    @Test
    @DisplayName("of two sessions with one neighbour, from two sources, the first packet finds the one it was sent to")
    void sources() throws IOException {
        a.watch(TO_B.named("one").withSource(A), listener);
        a.watch(TO_B.named("two").withSource("192.0.2.11"), listener);
        a.onPacket(false, address(B), address("192.0.2.11"), 255, packet(0));
        assertThat(a.status().sessions()).extracting(BfdStatus::state).containsExactly(BfdState.DOWN, BfdState.INIT);
        a.onPacket(false, address(B), address("192.0.2.12"), 255, packet(0));
        assertThat(a.status().unassigned()).containsOnlyKeys(BfdRejectionReason.NO_SESSION);
    }

    @Test
    @DisplayName("what cannot be opened is said with the name of the session, and leaves nothing behind")
    void refused() {
        wire.refusal = "somebody has the port";
        assertThatThrownBy(() -> a.watch(TO_B, listener))
                .isInstanceOf(IOException.class)
                .hasMessage("bfd b: somebody has the port");
        assertThat(a.status().sessions()).isEmpty();
        assertThat(wire.log).containsExactly("192.0.2.1 opens", "192.0.2.1 closes");
    }

    @Test
    @DisplayName("packets that cannot be sent are counted; the session goes on when they can")
    void sendFailures() throws IOException {
        up();
        wire.refusal = "Network is unreachable";
        run(100);
        assertThat(only(a).sendFailures()).isPositive();
        assertThat(only(a).state()).isEqualTo(BfdState.DOWN);
        wire.refusal = null;
        run(2000);
        assertThat(only(a).state()).isEqualTo(BfdState.UP);
    }

    private static RouterConfig router(BfdTracker tracker) {
        return RouterConfig.builder("eth0", 51)
                .address(VirtualAddress.parse("192.0.2.100"))
                .track(tracker, TrackWeight.FAULT)
                .build();
    }

    private static NodeConfig node(BfdTracker tracker) {
        return new NodeConfig("n", List.of(router(tracker)));
    }

    private static final class Roles implements RouterObserver {
        private final List<Role> roles = new ArrayList<>();

        @Override
        public void onRoleChange(RoleChange change) {
            roles.add(change.to());
        }

        @Override
        public void onEvent(VrrpEvent event) {
            // the roles are looked at
        }
    }

    private void reload(NodeRuntime node, BfdTracker tracker) {
        node.reload(
                NodeRuntime.Comparison.between(node.config(), node(tracker)),
                () -> CompletableFuture.completedFuture(null));
        run(100);
    }

    @Test
    @DisplayName("a router starts when the session is up, is in FAULT while it is down, and a reload disturbs neither")
    void node() throws IOException {
        loop.trackers = wire.at(A);
        loop.link = new LinkState("eth0", true, 2, true, IpAddresses.parse(A), Optional.empty());
        b.watch(TO_A, (up, detail) -> {});
        Roles roles = new Roles();
        NodeRuntime node = new NodeRuntime(node(TO_B), loop, loop, loop, router -> roles, 100);
        node.start();
        run(10_000);
        assertThat(roles.roles).containsExactly(Role.BACKUP, Role.MASTER);

        reload(node, TO_B.withInterval(Duration.ofMillis(20)));
        assertThat(node.status().bfd().sessions().get(0).transmitInterval()).isEqualTo(Duration.ofMillis(20));
        run(5000);
        assertThat(roles.roles).containsExactly(Role.BACKUP, Role.MASTER);
        assertThat(only(b).timesUp()).isEqualTo(1);

        wire.cut = true;
        run(200);
        assertThat(roles.roles).containsExactly(Role.BACKUP, Role.MASTER, Role.FAULT);
        wire.cut = false;
        run(10_000);
        assertThat(roles.roles).endsWith(Role.FAULT, Role.BACKUP, Role.MASTER);

        node.stop();
        run(10);
        assertThat(only(b).remoteState()).isEqualTo(BfdState.ADMIN_DOWN);
    }

    @Test
    @DisplayName("a neighbour that is never heard is down after three seconds, and the router is in FAULT")
    void neverHeard() throws IOException {
        loop.trackers = wire.at(A);
        loop.link = new LinkState("eth0", true, 2, true, IpAddresses.parse(A), Optional.empty());
        Roles roles = new Roles();
        NodeRuntime node = new NodeRuntime(node(TO_B), loop, loop, loop, router -> roles, 100);
        node.start();
        run(2999);
        assertThat(roles.roles).isEmpty();
        run(2);
        assertThat(roles.roles).containsExactly(Role.FAULT);
        node.stop();
    }

    @Test
    @DisplayName(
            "a session that nobody follows is held if the configuration says so, and ends with a reload that does not")
    void held() throws IOException {
        loop.trackers = wire.at(A);
        RouterConfig router = router(TO_B).toBuilder().trackers(List.of()).build();
        NodeConfig plain = new NodeConfig("n", List.of(router));
        NodeConfig holding = new NodeConfig(
                plain.name(),
                plain.routers(),
                false,
                Optional.empty(),
                List.of(),
                plain.notification(),
                plain.staticResources(),
                false,
                Map.of(),
                plain.pauseGrace(),
                plain.process(),
                List.of(TO_B),
                plain.announcementLimits());
        b.watch(TO_A, listener);
        loop.link = new LinkState("eth0", true, 2, true, IpAddresses.parse(A), Optional.empty());
        NodeRuntime node = new NodeRuntime(holding, loop, loop, loop, any -> new Roles(), 100);
        node.start();
        run(2000);
        assertThat(told).last().isEqualTo("up");
        node.reload(
                NodeRuntime.Comparison.between(node.config(), plain), () -> CompletableFuture.completedFuture(null));
        run(100);
        assertThat(told).last().isEqualTo("down: the neighbour signalled that the session is down");
        assertThat(node.status().bfd().sessions()).isEmpty();
        node.stop();
    }
}
