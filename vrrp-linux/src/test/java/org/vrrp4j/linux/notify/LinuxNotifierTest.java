package org.vrrp4j.linux.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
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
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.spi.Notice;
import org.vrrp4j.spi.Notice.State;
import org.vrrp4j.spi.Notice.Subject;

class LinuxNotifierTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Path calls;
    private final Map<Occasion, Command> scripts = new HashMap<>();
    private NodeNotification notification = NodeNotification.NONE;

    @BeforeEach
    void begin() {
        calls = directory.resolve("calls");
    }

    private Path script(String name, String body) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void script(Occasion occasion, String name, String body, String... parameters) throws IOException {
        List<String> words = new ArrayList<>(List.of(script(name, body).toString()));
        words.addAll(List.of(parameters));
        scripts.put(occasion, new Command(words, Optional.of(System.getProperty("user.name"))));
    }

    private String record(String word) {
        return "echo " + word + " \"$@\" >> " + calls;
    }

    private LinuxNotifier open(Duration limit) throws IOException {
        NotifySettings settings = new NotifySettings(scripts, false, false, false);
        RouterConfig router = RouterConfig.builder("eth0", 51)
                .name("VI_1")
                .address(VirtualAddress.parse("192.0.2.100/24"))
                .notification(settings)
                .build();
        SyncGroupConfig group = new SyncGroupConfig("G", List.of("VI_1"), List.of(), false, settings);
        NodeConfig config = new NodeConfig(
                "node",
                List.of(router),
                false,
                Optional.empty(),
                List.of(group),
                notification,
                RouterResources.of(List.of()));
        return LinuxNotifier.open(config, Optional.empty(), limit);
    }

    private static Notice notice(State state) {
        return new Notice(Subject.INSTANCE, "VI_1", state, 100);
    }

    private List<String> calls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    void aScriptForAStateGetsItsOwnParametersAndThatForAllStatesFourMoreAfterIt() throws IOException {
        script(Occasion.MASTER, "master", record("master"), "a b");
        script(Occasion.STOP, "stop", record("stop"));
        script(Occasion.LOWER_PRIORITY_HEARD, "lower", record("lower"));
        script(Occasion.ANY, "any", record("any"), "own");

        try (LinuxNotifier notifier = open(LIMIT)) {
            notifier.tell(notice(State.MASTER));
            notifier.tell(notice(State.MASTER_RX_LOWER_PRI));
            notifier.tell(notice(State.STOP));
        }

        assertThat(calls())
                .containsExactly(
                        "master a b",
                        "any own INSTANCE VI_1 MASTER 100",
                        "lower",
                        "any own INSTANCE VI_1 MASTER_RX_LOWER_PRI 100",
                        "stop",
                        "any own INSTANCE VI_1 STOP 100");
    }

    @Test
    void aGroupIsToldOfWithPriority0() throws IOException {
        script(Occasion.ANY, "any", record("any"));

        try (LinuxNotifier notifier = open(LIMIT)) {
            notifier.tell(new Notice(Subject.GROUP, "G", State.MASTER, 0));
        }

        assertThat(calls()).containsExactly("any GROUP G MASTER 0");
    }

    @Test
    void quickChangesRunOneAfterTheOtherInOrder() throws IOException {
        script(
                Occasion.ANY,
                "any",
                "mkdir " + directory + "/busy || echo overlap >> " + calls + "\nsleep 0.0$(($$ % 5))\n" + record("any")
                        + "\nrmdir " + directory + "/busy");
        List<String> expected = new ArrayList<>();

        try (LinuxNotifier notifier = open(LIMIT)) {
            for (int i = 0; i < 20; i++) {
                State state = i % 2 == 0 ? State.MASTER : State.BACKUP;
                notifier.tell(notice(state));
                expected.add("any INSTANCE VI_1 " + state + " 100");
            }
        }

        assertThat(calls()).isEqualTo(expected);
    }

    @Test
    void aHangingScriptIsEndedWithItsChildrenAndTheNextOneRuns() throws IOException {
        script(
                Occasion.MASTER,
                "master",
                "trap '' TERM\nsleep 1000 & echo $! > " + directory + "/child\necho $$ > " + directory
                        + "/self\nwhile :; do wait; done");
        script(Occasion.BACKUP, "backup", record("backup"));

        try (LinuxNotifier notifier = open(Duration.ofMillis(500))) {
            notifier.tell(notice(State.MASTER));
            notifier.tell(notice(State.BACKUP));
            await().atMost(LONG).until(() -> calls().equals(List.of("backup")));
        }

        assertThat(isAlive("self")).isFalse();
        assertThat(isAlive("child")).isFalse();
    }

    private boolean isAlive(String file) throws IOException {
        long pid = Long.parseLong(Files.readString(directory.resolve(file)).strip());
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void atTheEndAHangingScriptDoesNotKeepTheStopFromBeingTold() throws IOException {
        script(Occasion.MASTER, "master", "exec sleep 1000");
        script(Occasion.STOP, "stop", record("stop"));

        try (LinuxNotifier notifier = open(Duration.ofHours(1))) {
            notifier.tell(notice(State.MASTER));
            notifier.tell(notice(State.STOP));
        }

        assertThat(calls()).containsExactly("stop");
    }

    @Test
    void aScriptThatCannotBeRunStopsNothing() throws IOException {
        scripts.put(Occasion.MASTER, new Command(List.of(directory + "/missing"), Optional.empty()));
        scripts.put(Occasion.FAULT, new Command(List.of(script("x", "true").toString()), Optional.of("no-such-user")));
        script(Occasion.ANY, "any", record("any"));

        try (LinuxNotifier notifier = open(LIMIT)) {
            notifier.tell(notice(State.MASTER));
            notifier.tell(notice(State.FAULT));
        }

        assertThat(calls()).containsExactly("any INSTANCE VI_1 MASTER 100", "any INSTANCE VI_1 FAULT 100");
    }

    @Test
    void withScriptSecurityAProgramOfRootThatOthersCanWriteIsNotRun() throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            System.out.println("SKIPPED: nothing runs as root here");
        }
        assumeTrue(System.getProperty("user.name").equals("root"));
        notification = new NodeNotification(Optional.empty(), List.of(), true);
        script(Occasion.MASTER, "master", record("master"));
        script(Occasion.BACKUP, "backup", record("backup"));
        Files.setPosixFilePermissions(directory.resolve("master"), PosixFilePermissions.fromString("rwxrwxrwx"));

        try (LinuxNotifier notifier = open(LIMIT)) {
            notifier.tell(notice(State.MASTER));
            notifier.tell(notice(State.BACKUP));
        }

        assertThat(calls()).containsExactly("backup");
    }

    @Test
    void aPipeIsMadeKeepsLinesThatNobodyReadsYetAndIsTakenAway() throws Exception {
        Path path = directory.resolve("fifo");
        notification = new NodeNotification(
                Optional.empty(), List.of(new NotifyFifo(path.toString(), Optional.empty(), Optional.empty())), false);
        int lines = 4000;

        try (LinuxNotifier notifier = open(LIMIT)) {
            for (int i = 0; i < lines; i++) {
                notifier.tell(new Notice(Subject.INSTANCE, "VI_1", State.MASTER, i));
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            try (BufferedReader reader = Files.newBufferedReader(path)) {
                for (int i = 0; i < lines; i++) {
                    assertThat(reader.readLine()).isEqualTo("INSTANCE \"VI_1\" MASTER " + i);
                }
            }
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void theReaderOfAPipeGetsItsPathAndEndsWithTheNode() throws Exception {
        Path path = directory.resolve("fifo");
        Path reader = script(
                "reader",
                "echo $$ > " + directory + "/self\nwhile read line; do echo \"$line\" >> " + calls + "; done < \"$2\"");
        notification = new NodeNotification(
                Optional.empty(),
                List.of(new NotifyFifo(
                        path.toString(),
                        Optional.of(System.getProperty("user.name")),
                        Optional.of(new Command(
                                List.of(reader.toString(), "own"), Optional.of(System.getProperty("user.name")))))),
                false);

        try (LinuxNotifier notifier = open(LIMIT)) {
            notifier.tell(notice(State.BACKUP));
            notifier.tell(notice(State.STOP));
            await().atMost(LONG)
                    .until(() -> calls().equals(List.of("INSTANCE \"VI_1\" BACKUP 100", "INSTANCE \"VI_1\" STOP 100")));
        }

        assertThat(isAlive("self")).isFalse();
    }

    @Test
    void aFileInThePlaceOfAPipeIsLeftAlone() throws IOException {
        Path path = Files.writeString(directory.resolve("fifo"), "precious");
        notification = new NodeNotification(
                Optional.empty(), List.of(new NotifyFifo(path.toString(), Optional.empty(), Optional.empty())), false);
        script(Occasion.ANY, "any", record("any"));

        try (LinuxNotifier notifier = open(LIMIT)) {
            notifier.tell(notice(State.MASTER));
        }

        assertThat(path).hasContent("precious");
        assertThat(calls()).hasSize(1);
    }
}
