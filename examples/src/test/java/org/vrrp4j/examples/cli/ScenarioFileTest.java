package org.vrrp4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScenarioFileTest {
    private static final String ONE_HOST = """
            # One host alone.
            host a
            config a
                vrrp_instance VI_1 {
                    version 3
                    interface eth0
                    virtual_router_id 51
                    virtual_ipaddress { 192.0.2.100/24 }
                }
            end
            start a
            run 4s
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    @DisplayName("a scenario is printed with what came of it, and the file stays as it is")
    void scenarioIsPrintedWithWhatCameOfIt() throws IOException {
        Path file = file(ONE_HOST);

        assertThat(simulate(file)).as(err.toString()).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines(ONE_HOST + """
                                |    0.000000  a  INIT -> BACKUP: started
                                |    3.609375  a  192.0.2.100 added: leased
                                |    3.609375  a  BACKUP -> MASTER: heard no master
                                """);
        assertThat(file).hasContent(ONE_HOST);
    }

    @Test
    @DisplayName("a scenario that cannot be read is a wrong configuration, with file and line")
    void wrongScenarioIsToldWithFileAndLine() throws IOException {
        Path file = file(ONE_HOST + "run 4\n");

        assertThat(simulate(file)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).startsWith(file + ":13: error: a time must be like 100ms");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisplayName("what is waited for in vain is a failure")
    void waitingInVainIsAFailure() throws IOException {
        assertThat(simulate(file(ONE_HOST + "run until a FAULT\n"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains(":13: seed 0");
        assertThat(out.toString()).startsWith(ONE_HOST.lines().findFirst().orElseThrow());
    }

    @Test
    @DisplayName("a file that is not there has its own exit code")
    void missingFileHasItsOwnExitCode() {
        assertThat(simulate(directory.resolve("none"))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("cannot read");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("x.scenario"), text);
    }

    private int simulate(Path file) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(file.toString());
    }
}
