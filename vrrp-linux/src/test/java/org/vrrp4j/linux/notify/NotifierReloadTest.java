package org.vrrp4j.linux.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NodeNotification;
import org.vrrp4j.config.NotifyFifo;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.NotifySettings.Occasion;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.spi.Notice;
import org.vrrp4j.spi.Notice.State;
import org.vrrp4j.spi.Notice.Subject;

/** Scripts and pipes of a configuration that takes the place of another one. */
class NotifierReloadTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private Optional<Command> script(String name, String body) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Optional.of(new Command(List.of(file.toString()), Optional.of(System.getProperty("user.name"))));
    }

    private String record(String word) {
        return "echo " + word + " \"$@\" >> " + directory + "/calls";
    }

    private List<String> calls() throws IOException {
        Path calls = directory.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private static RouterConfig router(int vrid, Optional<Command> script) {
        Map<Occasion, Command> scripts =
                script.map(command -> Map.of(Occasion.ANY, command)).orElse(Map.of());
        return RouterConfig.builder("eth0", vrid)
                .name("VI_" + vrid)
                .address(VirtualAddress.parse("192.0.2." + vrid))
                .notification(new NotifySettings(scripts, false, false, false))
                .build();
    }

    private NodeConfig node(List<String> fifos, RouterConfig... routers) {
        List<NotifyFifo> pipes = fifos.stream()
                .map(name -> new NotifyFifo(directory.resolve(name).toString(), Optional.empty(), Optional.empty()))
                .toList();
        return new NodeConfig(
                "node",
                List.of(routers),
                false,
                Optional.empty(),
                List.of(),
                new NodeNotification(Optional.empty(), pipes, false),
                RouterResources.of(List.of()));
    }

    private static Notice notice(int vrid, State state) {
        return new Notice(Subject.INSTANCE, "VI_" + vrid, state, 100);
    }

    @Test
    void whatIsToldAfterwardsGoesToTheNewScriptAndAfterTheOldOneHasEnded() throws IOException {
        Optional<Command> slow = script("old", "sleep 0.3\n" + record("old"));
        try (LinuxNotifier notifier = LinuxNotifier.open(node(List.of(), router(1, slow)), Optional.empty(), LIMIT)) {
            notifier.tell(notice(1, State.BACKUP));
            notifier.tell(notice(1, State.MASTER));
            notifier.use(node(List.of(), router(1, script("new", record("new")))));
            notifier.tell(notice(1, State.FAULT));
        }
        assertThat(calls())
                .containsExactly(
                        "old INSTANCE VI_1 BACKUP 100", "old INSTANCE VI_1 MASTER 100", "new INSTANCE VI_1 FAULT 100");
    }

    @Test
    void oneThatIsNoMoreIsNotToldOfAndOneThatIsNewIs() throws IOException {
        Optional<Command> script = script("any", record("any"));
        try (LinuxNotifier notifier = LinuxNotifier.open(node(List.of(), router(1, script)), Optional.empty(), LIMIT)) {
            notifier.tell(notice(1, State.DELETED));
            notifier.use(node(List.of(), router(2, script)));
            notifier.tell(notice(1, State.BACKUP));
            notifier.tell(notice(2, State.BACKUP));
        }
        assertThat(calls()).containsExactlyInAnyOrder("any INSTANCE VI_1 DELETED 100", "any INSTANCE VI_2 BACKUP 100");
    }

    @Test
    void aPipeThatStaysStaysOpenAndOthersComeAndGo() throws Exception {
        RouterConfig router = router(1, Optional.empty());
        try (LinuxNotifier notifier =
                LinuxNotifier.open(node(List.of("stays", "goes"), router), Optional.empty(), LIMIT)) {
            try (BufferedReader stays = Files.newBufferedReader(directory.resolve("stays"))) {
                notifier.tell(notice(1, State.BACKUP));
                assertThat(stays.readLine()).isEqualTo("INSTANCE \"VI_1\" BACKUP 100");
                notifier.use(node(List.of("stays", "comes"), router));
                assertThat(directory.resolve("goes")).doesNotExist();
                notifier.tell(notice(1, State.MASTER));
                assertThat(stays.readLine()).isEqualTo("INSTANCE \"VI_1\" MASTER 100");
                try (BufferedReader comes = Files.newBufferedReader(directory.resolve("comes"))) {
                    assertThat(comes.readLine()).isEqualTo("INSTANCE \"VI_1\" MASTER 100");
                }
            }
        }
        assertThat(directory.resolve("comes")).doesNotExist();
    }

    @Test
    void aStateIsToldToPipesAlone() throws Exception {
        RouterConfig router = router(1, script("any", record("any")));
        try (LinuxNotifier notifier = LinuxNotifier.open(node(List.of("fifo"), router), Optional.empty(), LIMIT);
                BufferedReader fifo = Files.newBufferedReader(directory.resolve("fifo"))) {
            notifier.tellPipes(notice(1, State.MASTER));
            assertThat(fifo.readLine()).isEqualTo("INSTANCE \"VI_1\" MASTER 100");
            notifier.tell(notice(1, State.FAULT));
            await().atMost(LIMIT).until(() -> calls().equals(List.of("any INSTANCE VI_1 FAULT 100")));
        }
    }
}
