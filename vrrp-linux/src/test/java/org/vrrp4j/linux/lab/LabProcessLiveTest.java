package org.vrrp4j.linux.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabProcessLiveTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private Lab lab;
    private LabHost host;

    @BeforeEach
    void open() throws IOException {
        lab = LiveTests.openLab();
        host = lab.addHost("a", "192.0.2.1/24");
    }

    @AfterEach
    void close() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void exitCodeIsTheCommands() throws IOException, InterruptedException {
        assertThat(host.start("sh", "-c", "exit 7").awaitExit(LONG)).isEqualTo(7);
        assertThat(host.start("true").awaitExit(LONG)).isZero();
        LabProcess unknown = host.start("no-such-command");
        assertThat(unknown.awaitExit(LONG)).isNotZero();
        assertThat(unknown.errors()).contains("no-such-command");
    }

    @Test
    void exitCodeOfASignalledCommandIs128AndTheSignal() throws IOException, InterruptedException {
        LabProcess killed = host.start("sleep", "1000");
        assertThat(killed.exitCode()).isEmpty();
        assertThat(killed.signal("KILL")).isTrue();
        assertThat(killed.awaitExit(LONG)).isEqualTo(128 + 9);
        assertThat(killed.signal("KILL")).isFalse();
        assertThat(killed.errors()).isEmpty();

        LabProcess terminated = host.start("sleep", "1000");
        terminated.signal("TERM");
        assertThat(terminated.awaitExit(LONG)).isEqualTo(128 + 15);
    }

    @Test
    void failedRunSaysHostCommandExitCodeAndErrors() {
        assertThatThrownBy(() -> host.run("sh", "-c", "echo went wrong >&2; exit 3"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("a: sh -c", "exit code 3", "went wrong");
    }

    @Test
    void commandThatTakesTooLongIsKilled() {
        assertThatThrownBy(() -> host.run(Duration.ofMillis(200), "sleep", "1000"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not end within 200 ms");
    }

    @Test
    void commandRunsInTheWorkingDirectoryOfThisJvm() throws IOException {
        assertThat(host.run("pwd").strip()).isEqualTo(System.getProperty("user.dir"));
    }

    @Test
    void argumentsArriveAsGiven() throws IOException {
        assertThat(host.run("printf", "%s|", "a b", "$HOME", "'\"", "")).isEqualTo("a b|$HOME|'\"||\n");
    }

    @Test
    void linesComeWithTheirStreamAndTime() throws IOException, InterruptedException {
        Instant before = Instant.now();
        LabProcess process = host.start("sh", "-c", "read a; echo out $a; echo err >&2; read b; echo end");
        List<String> heard = new CopyOnWriteArrayList<>();
        process.onLine(line -> heard.add(line.text()));
        OutputStream input = process.standardInput();
        input.write("one\n".getBytes(StandardCharsets.UTF_8));
        input.flush();

        OutputLine out = process.awaitLine("^out one$", LONG);
        OutputLine err = process.awaitLine(line -> line.source() == OutputLine.Source.ERR, LONG);
        assertThat(out.source()).isEqualTo(OutputLine.Source.OUT);
        assertThat(out.time()).isBetween(before, Instant.now());
        assertThat(err.text()).isEqualTo("err");
        Instant afterErr = Instant.now();
        input.close();
        assertThat(process.awaitLine(".", afterErr, LONG).text()).isEqualTo("end");
        process.awaitExit(LONG);
        assertThat(heard).containsExactlyInAnyOrder("out one", "err", "end");
        assertThat(process.output()).isEqualTo("out one\nend\n");
    }

    @Test
    void awaitingALineOfAnEndedCommandFailsAtOnceWithItsLastLines() {
        assertThatThrownBy(
                        () -> host.start("sh", "-c", "echo last words; exit 4").awaitLine("never", LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("never", "exit code 4", "last words");
    }

    @Test
    void stoppedCommandStandsStillAndGoesOn() throws IOException, InterruptedException {
        LabProcess process = host.start("sh", "-c", "while sleep 0.02; do echo tick; done");
        process.awaitLine("tick", LONG);
        process.signalTree("STOP");
        Instant quiet = Instant.now().plusMillis(100);
        assertThatThrownBy(() -> process.awaitLine("tick", quiet, Duration.ofMillis(400)))
                .isInstanceOf(IOException.class);
        assertThat(process.isAlive()).isTrue();
        process.signalTree("CONT");
        process.awaitLine("tick", Instant.now(), LONG);
        process.signal("STOP");
        process.signal("KILL");
        assertThat(process.awaitExit(LONG)).isEqualTo(128 + 9);
    }

    @Test
    void childrenThatEndMeanwhileDoNotMatterToASignal() throws IOException, InterruptedException {
        LabProcess process = host.start("sh", "-c", "while sleep 0.002; do :; done");
        for (int i = 0; i < 50; i++) {
            assertThat(process.signalTree("STOP")).isTrue();
            assertThat(process.signalTree("CONT")).isTrue();
        }
    }

    @Test
    void treeIsKilledWithAllItsChildren() throws IOException, InterruptedException {
        LabProcess process = host.start("sh", "-c", "sleep 1000 & sleep 1000 & echo up; wait");
        process.awaitLine("up", LONG);
        List<ProcessHandle> children =
                ProcessHandle.of(process.pid()).orElseThrow().children().toList();
        assertThat(children).hasSize(2);
        process.signalTree("KILL");
        assertThat(process.awaitExit(LONG)).isEqualTo(128 + 9);
        for (ProcessHandle child : children) {
            assertThat(child.onExit()).succeedsWithin(LONG);
        }
    }

    @Test
    void writtenFileIsReadInTheLab() throws IOException {
        String path = host.write("a.conf", "text\nof $two 'lines'\n");
        assertThat(host.run("cat", path)).isEqualTo("text\nof $two 'lines'\n");
    }

    @Test
    void anotherJvmRunsOnAHost() throws IOException, InterruptedException {
        LabProcess jvm = host.startJava(Interfaces.class, "eth0");
        assertThat(jvm.awaitExit(LONG)).isZero();
        assertThat(jvm.output()).contains("192.0.2.1");
    }

    /** Prints the addresses of an interface as a JVM sees them. */
    static final class Interfaces {
        private Interfaces() {}

        public static void main(String[] names) throws IOException {
            System.out.println(java.net.NetworkInterface.getByName(names[0])
                    .inetAddresses()
                    .toList());
        }
    }

    @Test
    void captureShowsPackets() throws IOException, InterruptedException {
        LiveTests.requireTcpdump();
        LiveTests.requireRoot(lab);
        LabHost b = lab.addHost("b", "192.0.2.2/24");
        LabProcess capture = b.capture("eth0", "arp");
        host.resolve("192.0.2.2");
        assertThat(capture.awaitLine("Request who-has 192.0.2.2", LONG).text()).contains("02:00:00:00:00:01");
    }
}
