package org.vrrp4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.sim.Invariant;
import org.vrrp4j.sim.Occurrence;
import org.vrrp4j.sim.RandomStory;
import org.vrrp4j.sim.SimulatedNetwork;
import picocli.CommandLine;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    @DisplayName("stories without a failure are counted, and the exit code is 0")
    void storiesAreCounted() {
        assertThat(simulate(new SimulateCommand(), "--seed", "1", "--stories", "6", "--threads", "2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines()).first().isEqualTo("seeds from 1 on, 2 at a time; Ctrl-C ends");
        assertThat(out.toString().lines().reduce((former, latter) -> latter))
                .get()
                .asString()
                .matches("no failure in 6 stories: \\d+\\.\\d router-hours, [1-9]\\d* deliveries, in \\d+\\.\\d s: "
                        + "[1-9]\\d* router-hours a minute");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    @DisplayName("enough router-hours end it")
    void enoughRouterHoursEndIt() {
        assertThat(simulate(new SimulateCommand(), "--hours", "0.001", "--threads", "1"))
                .isZero();
        assertThat(out.toString()).contains("no failure in 1 stories");
    }

    @Test
    @DisplayName("a failure is told with the command that repeats it, and the exit code is 1")
    void failureIsToldWithTheCommandThatRepeatsIt() {
        SimulateCommand command = new SimulateCommand(seed -> new RandomStory(seed, List.of(new Silence())));
        assertThat(simulate(command, "--seed", "42", "--threads", "1")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("seed 42, at PT", "violated: nobody advertises")
                .endsWith("repeat with: vrrp simulate --seed 42 --stories 1" + System.lineSeparator());
        assertThat(out.toString()).contains("failed after 0 stories");
    }

    @Test
    @DisplayName("an exception that is no violation is a failed story with its seed too")
    void exceptionIsAFailedStory() {
        SimulateCommand command = new SimulateCommand(seed -> {
            throw new IllegalStateException("broken");
        });
        assertThat(simulate(command, "--seed", "42", "--threads", "1")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .startsWith("seed 42:")
                .contains("IllegalStateException: broken", "--seed 42 --stories 1");
    }

    @Test
    @DisplayName("a number that makes no sense is a wrong command line")
    void senselessNumberIsAWrongCommandLine() {
        assertThat(simulate(new SimulateCommand(), "--hours", "0")).isEqualTo(2);
        assertThat(simulate(new SimulateCommand(), "--stories", "0")).isEqualTo(2);
        assertThat(simulate(new SimulateCommand(), "--threads", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--hours must be", "--stories must be", "--threads must be");
    }

    private int simulate(SimulateCommand command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** What no network keeps. */
    private static final class Silence implements Invariant {
        @Override
        public String sentence() {
            return "nobody advertises";
        }

        @Override
        public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
            return occurrences.stream()
                    .filter(Occurrence.Advertised.class::isInstance)
                    .map(Occurrence::toString)
                    .findFirst();
        }
    }
}
