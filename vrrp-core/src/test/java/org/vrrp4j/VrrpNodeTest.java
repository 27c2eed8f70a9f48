package org.vrrp4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.HandOverResult;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressListener;

class VrrpNodeTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SimulatedNetwork network = SimulatedNetwork.realTime();
    private final SimulatedHost host = network.host("a");

    @AfterEach
    void close() {
        network.close();
    }

    private NodeBuilder node() {
        return VrrpNode.builder().transport(host.transport()).platform(host.platform());
    }

    private static VirtualRouter router() {
        return VirtualRouter.on(SimulatedHost.INTERFACE)
                .name("web")
                .vrid(51)
                .priority(200)
                .advertisementInterval(Duration.ofMillis(50))
                .address("192.0.2.100/24");
    }

    @Test
    void tellsEveryChangeInOrderAndTheLossOnClose() throws InterruptedException {
        List<RoleChange> told = new CopyOnWriteArrayList<>();
        try (VrrpNode node = node().router(router().listener(told::add)).start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
        }
        assertThat(told).extracting(RoleChange::to).containsExactly(Role.BACKUP, Role.MASTER, Role.INIT);
        assertThat(told).extracting(RoleChange::from).containsExactly(Role.INIT, Role.BACKUP, Role.MASTER);
        assertThat(told).extracting(RoleChange::epoch).containsExactly(1L, 2L, 3L);
        assertThat(told)
                .extracting(RoleChange::cause)
                .containsExactly(Cause.STARTUP, Cause.MASTER_DOWN, Cause.SHUTDOWN);
    }

    @Test
    @DisplayName("OPEN-7 unicast peers elect one master, and an empty list is an error")
    void unicastPeersElectOneMaster() throws InterruptedException {
        SimulatedHost other = network.host("b");
        String here = host.address().getHostAddress();
        String there = other.address().getHostAddress();
        NodeBuilder elsewhere = VrrpNode.builder().transport(other.transport()).platform(other.platform());
        try (VrrpNode master =
                        node().router(router().unicastPeer(there).source(here)).start();
                VrrpNode backup = elsewhere
                        .router(router().priority(100).unicastPeer(here).anyTtl())
                        .start()) {
            assertThat(master.awaitMaster(LIMIT)).isTrue();
            await().atMost(LIMIT).until(() -> backup.status("web").master().isPresent());
            assertThat(backup.status("web").master()).contains(host.address());
            assertThat(backup.isMaster()).isFalse();
        }
        assertThatThrownBy(() -> router().unicastPeer())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unicastPeer must name at least one address");
        assertThatThrownBy(() -> router().source("eth0")).hasMessage("not an IP address: eth0");
    }

    @Test
    void shortFormsHearTheirRoleOnly() throws InterruptedException {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (VrrpNode node = node().router(router().onMaster(change -> heard.add("master"))
                        .onBackup(change -> heard.add("backup"))
                        .onFault(change -> heard.add("fault")))
                .start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            host.linkDown();
            await().atMost(LIMIT).until(() -> heard.contains("fault"));
        }
        assertThat(heard).containsExactly("backup", "master", "fault");
    }

    @Test
    void aThrowingListenerMissesNothingAndStopsNobody() throws InterruptedException {
        List<Role> told = new CopyOnWriteArrayList<>();
        try (VrrpNode node = node().router(router().listener(change -> {
                            told.add(change.to());
                            throw new IllegalStateException("listener of a test");
                        })
                        .listener(change -> told.add(change.to())))
                .start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
        }
        assertThat(told).containsExactly(Role.BACKUP, Role.BACKUP, Role.MASTER, Role.MASTER, Role.INIT, Role.INIT);
    }

    @Test
    void aBusyListenerDelaysNoAdvertisement() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        try (VrrpNode node =
                node().router(router().onMaster(change -> awaitQuietly(busy))).start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            long before = node.status("web").statistics().advertisementsSent();
            await().atMost(LIMIT).until(() -> node.status("web").statistics().advertisementsSent() > before + 5);
            busy.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void listenersRunOnTheGivenExecutorWhichStaysOpen() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "of the application"));
        try {
            List<String> threads = new CopyOnWriteArrayList<>();
            try (VrrpNode node = node().listenerExecutor(executor)
                    .router(router())
                    .listener(change -> threads.add(Thread.currentThread().getName()))
                    .start()) {
                assertThat(node.awaitMaster(LIMIT)).isTrue();
            }
            assertThat(threads).hasSize(3).containsOnly("of the application");
            assertThat(executor.isShutdown()).isFalse();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aListenerMayCloseItsNode() throws Exception {
        AtomicReference<VrrpNode> self = new AtomicReference<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        VrrpNode node = node().router(router().onMaster(change -> {
                    awaitQuietly(started);
                    self.get().close();
                    closed.complete(null);
                }))
                .start();
        self.set(node);
        started.countDown();
        closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(host.addresses()).isEmpty();
        node.close();
    }

    @Test
    void answersForItsStateWhileItRunsAndAfterwards() throws InterruptedException {
        VrrpNode node = node().router(router()).start();
        assertThat(node.awaitMaster(LIMIT)).isTrue();
        RouterStatus status = node.status("web");
        assertThat(status.isMaster()).isTrue();
        assertThat(status.priority()).isEqualTo(200);
        assertThat(status.master()).isEmpty();
        assertThat(status.statistics().becameMaster()).isEqualTo(1);
        assertThatThrownBy(() -> node.status("mail"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("mail");
        node.close();
        assertThat(node.status("web").role()).isEqualTo(Role.INIT);
        assertThat(node.isMaster()).isFalse();
        assertThat(node.awaitMaster(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void handsOverToAPeerThatWasHeardOrIfForced() throws Exception {
        VrrpNode node = node().router(router()).start();
        assertThat(node.handOver("web").get(20, TimeUnit.SECONDS).outcome())
                .isEqualTo(HandOverResult.Outcome.NOT_MASTER);
        assertThat(node.awaitMaster(LIMIT)).isTrue();
        assertThat(node.handOver().get(20, TimeUnit.SECONDS))
                .extracting(HandOverResult::outcome)
                .containsExactly(HandOverResult.Outcome.NO_PEER_HEARD);
        assertThat(node.isMaster()).isTrue();
        assertThat(node.forceHandOver("web").get(20, TimeUnit.SECONDS).isDone()).isTrue();
        assertThat(node.status("web").role()).isEqualTo(Role.BACKUP);
        node.close();
        assertThat(node.handOver("web")).failsWithin(LIMIT).withThrowableThat().withMessageContaining("closed");
    }

    @Test
    void aMasterThatWasFirstHandsOverToASilentBackupWhenForced() throws Exception {
        SimulatedHost other = network.host("b");
        NodeBuilder elsewhere = VrrpNode.builder().transport(other.transport()).platform(other.platform());
        try (VrrpNode first = node().router(router()).start()) {
            assertThat(first.awaitMaster(LIMIT)).isTrue();
            try (VrrpNode second = elsewhere.router(router().priority(100)).start()) {
                await().atMost(LIMIT).until(() -> second.status("web").master().isPresent());

                HandOverResult refused = first.handOver("web").get(20, TimeUnit.SECONDS);
                assertThat(refused.outcome()).isEqualTo(HandOverResult.Outcome.NO_PEER_HEARD);
                assertThat(refused.outcome().text())
                        .isEqualTo("refused: no other router of this VRID has ever been heard; a backup never speaks,"
                                + " so if one is there, use forceHandOver");
                assertThat(first.isMaster()).isTrue();

                assertThat(first.forceHandOver("web").get(20, TimeUnit.SECONDS).isDone())
                        .isTrue();
                assertThat(second.awaitMaster(LIMIT)).isTrue();
                await().atMost(LIMIT).until(() -> first.status("web").master().isPresent());
                assertThat(first.status("web").role()).isEqualTo(Role.BACKUP);

                assertThat(second.handOver("web").get(20, TimeUnit.SECONDS).isDone())
                        .as("it has heard the first")
                        .isTrue();
                assertThat(first.awaitMaster(LIMIT)).isTrue();
            }
        }
    }

    @Test
    void runsOnWithAnotherConfiguration() throws Exception {
        List<Role> told = new CopyOnWriteArrayList<>();
        try (VrrpNode node = node().router(router().listener(change -> told.add(change.to())))
                .start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            node.priority("web", 120).get(20, TimeUnit.SECONDS);
            assertThat(node.status("web").priority()).isEqualTo(120);
            node.update(router().address("192.0.2.101/24")).get(20, TimeUnit.SECONDS);
            assertThat(node.config("web").addresses()).hasSize(2);
            assertThat(node.status("web").priority()).isEqualTo(200);
            await().atMost(LIMIT).until(() -> host.addresses().size() == 2);
            assertThat(node.journal("web").get(20, TimeUnit.SECONDS))
                    .contains(" MASTER/MASTER_DOWN TimePassed\n", " - Reconfigured detail=web (eth0/51");
            assertThat(told).as("no role was left").containsExactly(Role.BACKUP, Role.MASTER);
            assertThat(node.update(router().name("mail")))
                    .failsWithin(LIMIT)
                    .withThrowableThat()
                    .withMessageContaining("the name stays");
            assertThatThrownBy(() -> node.priority("web", 0)).hasMessageContaining("priority=0");
            assertThatThrownBy(() -> node.update(router().onMaster(change -> {})))
                    .hasMessageContaining("listeners");
        }
    }

    @Test
    void runsAKeepalivedConf(@TempDir Path directory) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("keepalived.conf"), """
                vrrp_instance VI_1 {
                    interface eth0
                    virtual_router_id 7
                    priority 200
                    version 3
                    advert_int 0.05
                    virtual_ipaddress {
                        192.0.2.100/24
                    }
                }
                """);
        try (VrrpNode node = node().keepalivedConf(file).start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            assertThat(node.status("VI_1").router().vrid()).isEqualTo(7);
        }
        Path broken = Files.writeString(directory.resolve("broken.conf"), "vrrp_instance VI_1 {\n priority 300\n}\n");
        assertThatThrownBy(() -> node().keepalivedConf(broken))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("broken.conf:2: error: ");
    }

    @Test
    void anAddressBackendOfOnesOwnIsUsedAndClosed() throws InterruptedException {
        List<String> calls = new CopyOnWriteArrayList<>();
        try (VrrpNode node = node().addressBackend(new RecordingBackend(calls))
                .router(router())
                .start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            assertThat(host.addresses()).isEmpty();
        }
        List<String> withoutRenewals = new ArrayList<>(calls);
        withoutRenewals.removeIf("renew"::equals);
        assertThat(withoutRenewals).containsExactly("register", "acquire", "release", "unregister", "close");
    }

    /** Puts addresses nowhere. */
    private record RecordingBackend(List<String> calls) implements AddressBackend {
        private CompletionStage<Void> note(String call) {
            calls.add(call);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
            return note("register");
        }

        @Override
        public CompletionStage<Void> acquire(AddressClaim claim) {
            return note("acquire");
        }

        @Override
        public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
            return note("change");
        }

        @Override
        public void renew(AddressClaim claim) {
            calls.add("renew");
        }

        @Override
        public CompletionStage<Void> release(AddressClaim claim) {
            return note("release");
        }

        @Override
        public void unregister(AddressClaim claim) {
            calls.add("unregister");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
