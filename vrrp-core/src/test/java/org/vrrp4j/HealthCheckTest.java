package org.vrrp4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;

/** Functions of an application that decide whether its node may hold the address. */
class HealthCheckTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SimulatedNetwork network = SimulatedNetwork.realTime();
    private final SimulatedHost host = network.host("a");
    private final List<RoleChange> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        network.close();
    }

    private VrrpNode start(HealthCheck check) {
        return VrrpNode.builder()
                .transport(host.transport())
                .platform(host.platform())
                .router(router().track(check.interval(Duration.ofMillis(20))).listener(told::add))
                .start();
    }

    private static VirtualRouter router() {
        return VirtualRouter.on(SimulatedHost.INTERFACE)
                .name("web")
                .vrid(51)
                .priority(200)
                .advertisementInterval(Duration.ofMillis(50))
                .address("192.0.2.100/24");
    }

    private RoleChange awaitTold(Role role) {
        await().atMost(LIMIT)
                .until(() -> !told.isEmpty() && told.get(told.size() - 1).to() == role);
        return told.get(told.size() - 1);
    }

    @Test
    void theRoleFollowsTheFunction() {
        AtomicBoolean well = new AtomicBoolean(true);
        try (VrrpNode node = start(HealthCheck.of("web", well::get))) {
            awaitTold(Role.MASTER);
            well.set(false);
            RoleChange lost = awaitTold(Role.FAULT);
            assertThat(lost.cause()).isEqualTo(Cause.TRACKER);
            assertThat(lost.detail()).isEqualTo("health check web is down (not well)");
            well.set(true);
            awaitTold(Role.MASTER);
            assertThat(node.status().trackers()).hasSize(1);
        }
    }

    @Test
    void whatItThrowsIsTold() {
        try (VrrpNode node = start(HealthCheck.of("web", () -> {
            throw new IllegalStateException("no database");
        }))) {
            assertThat(awaitTold(Role.FAULT).detail()).isEqualTo("health check web is down (no database)");
            assertThat(node.isMaster()).isFalse();
        }
    }

    @Test
    void oneThatHangsTimesOutAndNeverRunsTwiceAtOnce() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean(true);
        HealthCheck check = HealthCheck.of("web", () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                while (hangs.get() && release.getCount() > 0) {
                    awaitQuietly(release);
                }
                return true;
            } finally {
                running.decrementAndGet();
            }
        });
        try (VrrpNode node = start(check.timeout(Duration.ofMillis(60)))) {
            assertThat(awaitTold(Role.FAULT).detail()).contains("no answer within 60 ms");
            hangs.set(false);
            release.countDown();
            awaitTold(Role.MASTER);
            assertThat(most).hasValue(1);
            assertThat(node.isMaster()).isTrue();
        }
    }

    /** Ignores the interrupt, as a badly written function may. */
    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            // on purpose
        }
    }

    @Test
    void anAnswerMayComeLater() {
        AtomicBoolean well = new AtomicBoolean(true);
        List<CompletableFuture<Boolean>> unanswered = new CopyOnWriteArrayList<>();
        AtomicBoolean answers = new AtomicBoolean(true);
        HealthCheck check = HealthCheck.async("web", () -> {
            CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(well::get);
            CompletableFuture<Boolean> never = new CompletableFuture<>();
            unanswered.add(never);
            return answers.get() ? answer : never;
        });
        try (VrrpNode node = start(check)) {
            awaitTold(Role.MASTER);
            well.set(false);
            awaitTold(Role.FAULT);
            well.set(true);
            awaitTold(Role.MASTER);
            answers.set(false);
            assertThat(awaitTold(Role.FAULT).detail()).contains("no answer within 20 ms");
            await().atMost(LIMIT).until(() -> unanswered.stream().anyMatch(CompletableFuture::isCancelled));
            assertThat(node.isMaster()).isFalse();
        }
    }

    @Test
    void aNameMeansOneFunction() {
        NodeBuilder node = VrrpNode.builder()
                .router(router().track(HealthCheck.of("web", () -> true)))
                .platform(host.platform())
                .transport(host.transport());
        VirtualRouter other = router().vrid(52).name("other").track(HealthCheck.of("web", () -> false));
        assertThatThrownBy(() -> node.router(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("health check web is there twice, with two functions: give each a name of its own");
    }

    @Test
    void aCheckThatTheNodeDoesNotHaveCannotBeAddedLater() {
        try (VrrpNode node = start(HealthCheck.of("web", () -> true))) {
            awaitTold(Role.MASTER);
            assertThatThrownBy(() -> node.update(router().track(HealthCheck.of("db", () -> true)))
                            .join())
                    .hasRootCauseMessage(
                            "health check db has no function: health checks are given when a node is built");
            assertThat(node.isMaster()).isTrue();
            node.update(router()).join();
            assertThat(node.status().trackers()).isEmpty();
        }
    }
}
