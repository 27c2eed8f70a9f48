package org.vrrp4j.linux.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.ProbeResult;

class ScriptProbeTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private static ScriptTracker tracker(Optional<String> user, String... words) {
        return new ScriptTracker(
                "web", new Command(List.of(words), user), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, false);
    }

    private static ProbeResult run(String... words) throws Exception {
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        ScriptProbe.of(tracker(Optional.empty(), words)).start(result::complete);
        return result.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void theExitStatusDecidesAndTheFirstLineIsTold() throws Exception {
        assertThat(run("true")).isEqualTo(ProbeResult.PASSED);
        assertThat(run("sh", "-c", "echo no answer; echo more >&2; exit 3"))
                .isEqualTo(ProbeResult.failed("exit status 3: no answer"));
        assertThat(run("sh", "-c", "kill -9 $$")).isEqualTo(ProbeResult.failed("exit status 137"));
    }

    @Test
    void itIsRunWithoutAShell() throws Exception {
        Path file = directory.resolve("$HOME; echo");
        assertThat(run("touch", file.toString())).isEqualTo(ProbeResult.PASSED);
        assertThat(file).exists();
    }

    @Test
    void muchOutputNeitherBlocksItNorIsKept() throws Exception {
        ProbeResult result = run("sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x; exit 1");
        assertThat(result.passed()).isFalse();
        assertThat(result.detail()).startsWith("exit status 1: xxx").hasSizeLessThan(450);
    }

    @Test
    void whatItLeavesBehindIsNotWaitedFor() throws Exception {
        Path pid = directory.resolve("pid");
        assertThat(run("sh", "-c", "sleep 60 & echo $! > " + pid)).isEqualTo(ProbeResult.PASSED);
        ProcessHandle left =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        assertThat(left.isAlive()).isTrue();
        left.destroyForcibly();
    }

    @Test
    void cancelledItIsKilledWithItsChildrenThoughTheyRefuse() throws Exception {
        Path pids = directory.resolve("pids");
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        String child = "trap '' TERM; echo $$ >> " + pids + "; while :; do sleep 1; done";
        Path script = directory.resolve("child");
        Files.writeString(script, child);
        Probe.Run run = ScriptProbe.of(tracker(
                        Optional.empty(),
                        "sh",
                        "-c",
                        "trap '' TERM; sh " + script + " & setsid sh " + script + " & echo $$ >> " + pids
                                + "; wait; wait; sleep 60"))
                .start(result::complete);
        await().atMost(LIMIT)
                .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 3);
        List<ProcessHandle> processes = Files.readAllLines(pids).stream()
                .map(line -> ProcessHandle.of(Long.parseLong(line)).orElseThrow())
                .toList();
        assertThat(processes).allMatch(ProcessHandle::isAlive);
        run.cancel();
        assertThat(result.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ProbeResult.failed("killed"));
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void anotherUserRunsIt() throws Exception {
        assumeThat(System.getProperty("user.name")).as("only root may").isEqualTo("root");
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        ScriptProbe.of(tracker(Optional.of("nobody"), "sh", "-c", "echo $(id -un) $(id -gn); exit 1"))
                .start(result::complete);
        assertThat(result.get(LIMIT.toSeconds(), TimeUnit.SECONDS).detail()).isEqualTo("exit status 1: nobody nogroup");
        CompletableFuture<ProbeResult> unknown = new CompletableFuture<>();
        ScriptProbe.of(tracker(Optional.of("no-such-user"), "true")).start(unknown::complete);
        assertThat(unknown.get(LIMIT.toSeconds(), TimeUnit.SECONDS).detail())
                .isEqualTo("there is no user no-such-user");
    }

    @Test
    void itHasTheSupplementaryGroupsOfItsUserOnlyIfAskedFor() throws Exception {
        assumeThat(System.getProperty("user.name")).as("only root may").isEqualTo("root");
        String user = userWithMoreGroups();
        List<String> words = List.of("sh", "-c", "id -G | wc -w; exit 1");
        for (boolean all : new boolean[] {false, true}) {
            CompletableFuture<ProbeResult> result = new CompletableFuture<>();
            Command command = new Command(words, Optional.of(user), all);
            ScriptProbe.of(new ScriptTracker("web", command, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, false))
                    .start(result::complete);
            String groups = result.get(LIMIT.toSeconds(), TimeUnit.SECONDS).detail();
            assertThat(groups.equals("exit status 1: 1"))
                    .as(user + ": " + groups)
                    .isNotEqualTo(all);
        }
    }

    private static String userWithMoreGroups() throws Exception {
        for (String line : Files.readAllLines(Path.of("/etc/group"))) {
            String[] fields = line.split(":", -1);
            String user = fields[3].split(",")[0];
            if (!user.isEmpty() && !user.equals("root")) {
                return user;
            }
        }
        assumeThat("").as("no user of this host is in a second group").isNotEmpty();
        return "";
    }

    @Test
    void aProgramThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> ScriptProbe.of(tracker(Optional.empty(), "/no/such/program")))
                .isInstanceOf(IOException.class)
                .hasMessage("script web: there is no program /no/such/program that can be executed");
    }
}
