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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.keepalived.ConfigHost;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Notice;
import org.vrrp4j.spi.Notifier;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;

/** A node that is given another configuration as a whole. */
class NodeReloadTest {
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

    private static String instance(String name, int vrid, String more) {
        return """
               vrrp_instance %s {
                   interface eth0
                   virtual_router_id %d
                   priority 200
                   version 3
                   advert_int 0.05
                   virtual_ipaddress {
                       192.0.2.%d/24
                   }
                   %s
               }
               """.formatted(name, vrid, vrid, more);
    }

    private static NodeConfig config(String text) {
        return KeepalivedConf.parse("k.conf", text).nodeConfig();
    }

    private static ReloadResult get(CompletableFuture<ReloadResult> answer) {
        return answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void tellsWhatHasChangedAndRunsWithIt() throws InterruptedException {
        List<RoleChange> told = new CopyOnWriteArrayList<>();
        try (VrrpNode node = node().config(config(instance("A", 1, "") + instance("B", 2, "")))
                .listener(told::add)
                .start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            ReloadResult result = get(node.reload(config(instance("B", 2, "nopreempt") + instance("C", 3, ""))));
            assertThat(result.added()).containsExactly("C");
            assertThat(result.removed()).containsExactly("A");
            assertThat(result.changed()).containsEntry("B", List.of("preempt"));
            assertThat(node.config().routers()).hasSize(2);
            assertThat(node.config("B").preempt()).isFalse();
            assertThatThrownBy(() -> node.status("A")).isInstanceOf(NoSuchElementException.class);
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            assertThat(node.status().lastReload())
                    .hasValueSatisfying(last -> assertThat(last.text())
                            .isEqualTo("added C; removed A; changed B (preempt); 0 of the routers unchanged"));
        }
        assertThat(told)
                .filteredOn(change -> change.name().equals("A"))
                .extracting(RoleChange::to)
                .containsExactly(Role.BACKUP, Role.MASTER, Role.INIT);
        assertThat(told)
                .filteredOn(change -> change.name().equals("C"))
                .extracting(RoleChange::to)
                .containsExactly(Role.BACKUP, Role.MASTER, Role.INIT);
    }

    @Test
    void aFileWithErrorsIsRefusedWithAllOfThemAndNothingChanges(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path included = Files.writeString(directory.resolve("more.conf"), "vrrp_instance X {\n  priority 300\n}\n");
        Path file = Files.writeString(directory.resolve("k.conf"), "include more.conf\nvrrp_instance Y {\n}\n");
        try (VrrpNode node = node().config(config(instance("A", 1, ""))).start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            assertThatThrownBy(() -> node.reload(file, ConfigHost.ofThisHost()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(included + ":2: error: ")
                    .hasMessageContaining(file + ":2: error: ");
            assertThat(node.status().lastReload()).hasValueSatisfying(last -> {
                assertThat(last.done()).isFalse();
                assertThat(last.text()).contains("more.conf:2: error: ");
            });
            assertThatThrownBy(() -> node.reload(directory.resolve("none"), ConfigHost.ofThisHost()))
                    .isInstanceOf(IOException.class);
            assertThat(node.status().lastReload().orElseThrow().text()).contains("cannot read");
            assertThat(node.isMaster()).isTrue();
        }
    }

    @Test
    void aMissingInterfaceIsRefusedAsAtTheStart() throws InterruptedException {
        try (VrrpNode node = node().config(config(instance("A", 1, ""))).start()) {
            NodeConfig next = config(instance("A", 1, "") + instance("B", 2, "").replace("eth0", "eth7"));
            assertThat(node.reload(next))
                    .failsWithin(LIMIT)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            NodeStartException.class,
                            refusal -> assertThat(refusal.reason())
                                    .isEqualTo(NodeStartException.Reason.INTERFACE_MISSING));
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            assertThat(get(node.reload(config(instance("A", 1, "")))).isNothing())
                    .isTrue();
        }
    }

    @Test
    void listenersOfARouterStayWithItThroughARestart() throws InterruptedException {
        List<Long> epochs = new CopyOnWriteArrayList<>();
        List<Role> told = new CopyOnWriteArrayList<>();
        VirtualRouter router = VirtualRouter.on("eth0")
                .name("A")
                .vrid(1)
                .priority(200)
                .advertisementInterval(Duration.ofMillis(50))
                .address("192.0.2.1/24")
                .listener(change -> {
                    told.add(change.to());
                    epochs.add(change.epoch());
                });
        try (VrrpNode node = node().router(router).start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            ReloadResult result = get(node.reload(config(instance("A", 9, ""))));
            assertThat(result.restarted()).containsEntry("A", List.of("vrid"));
            assertThat(node.awaitMaster(LIMIT)).isTrue();
        }
        assertThat(told).containsExactly(Role.BACKUP, Role.MASTER, Role.INIT, Role.BACKUP, Role.MASTER, Role.INIT);
        assertThat(epochs).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void afterTheEndItIsRefused() {
        VrrpNode node = node().config(config(instance("A", 1, ""))).start();
        node.close();
        assertThat(node.reload(config(instance("A", 1, ""))))
                .failsWithin(LIMIT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalStateException.class);
    }

    /** Notes what scripts and pipes are told, and of which configuration. */
    private static final class NotingPlatform implements PlatformProvider {
        private final PlatformProvider provider;
        private final List<String> told = new CopyOnWriteArrayList<>();

        NotingPlatform(PlatformProvider provider) {
            this.provider = provider;
        }

        @Override
        public String name() {
            return provider.name();
        }

        @Override
        public Optional<Throwable> unavailabilityCause() {
            return Optional.empty();
        }

        @Override
        public Platform open(EventLoop loop) throws IOException {
            return provider.open(loop);
        }

        @Override
        public Optional<Notifier> openNotifier(NodeConfig config, Duration limit) {
            use("opened", config);
            return Optional.of(new Notifier() {
                @Override
                public void tell(Notice notice) {
                    told.add(notice.line());
                }

                @Override
                public void tellPipes(Notice notice) {
                    told.add("pipes: " + notice.line());
                }

                @Override
                public void use(NodeConfig next) {
                    NotingPlatform.this.use("uses", next);
                }

                @Override
                public void close() {}
            });
        }

        private void use(String verb, NodeConfig config) {
            List<String> names = new ArrayList<>();
            config.routers().forEach(router -> names.add(router.name()));
            told.add(verb + " " + names);
        }
    }

    @Test
    void scriptsHearOfTheEndByTheOldConfigurationAndOfTheRestByTheNew() throws InterruptedException {
        NotingPlatform platform = new NotingPlatform(host.platform());
        String globals = "global_defs {\n  vrrp_notify_fifo /run/f\n  fifo_write_vrrp_states_on_reload\n}\n";
        try (VrrpNode node = node().platform(platform)
                .runNotifyScripts(LIMIT)
                .config(config(globals + instance("A", 1, "notify_deleted") + instance("B", 2, "")))
                .start()) {
            await().atMost(LIMIT)
                    .until(() -> platform.told.containsAll(
                            List.of("INSTANCE \"A\" MASTER 200", "INSTANCE \"B\" MASTER 200")));
            platform.told.clear();
            get(node.reload(config(globals + instance("B", 2, "") + instance("C", 3, ""))));
            await().atMost(LIMIT).until(() -> platform.told.contains("INSTANCE \"C\" MASTER 200"));
        }
        assertThat(platform.told)
                .startsWith("INSTANCE \"A\" DELETED 200", "uses [B, C]", "INSTANCE \"C\" BACKUP 200")
                .contains("pipes: INSTANCE \"B\" MASTER 200", "pipes: INSTANCE \"C\" BACKUP 200");
    }

    @Test
    void scriptsThatOnlyTheNewConfigurationHasAreRun() throws InterruptedException {
        NotingPlatform platform = new NotingPlatform(host.platform());
        try (VrrpNode node = node().platform(platform)
                .runNotifyScripts(LIMIT)
                .config(config(instance("A", 1, "")))
                .start()) {
            assertThat(node.awaitMaster(LIMIT)).isTrue();
            assertThat(platform.told).isEmpty();
            get(node.reload(config(instance("A", 1, "notify /bin/true") + instance("B", 2, ""))));
            await().atMost(LIMIT).until(() -> platform.told.contains("INSTANCE \"B\" MASTER 200"));
            assertThat(platform.told).startsWith("opened [A, B]");
        }
    }
}
