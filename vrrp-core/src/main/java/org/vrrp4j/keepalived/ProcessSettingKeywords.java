package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.LimitedCommand;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.config.ProcessSettings;

/** The part of global_defs about the process, and what {@code vrrp run} does with it. */
final class ProcessSettingKeywords {
    /** keepalived's default. */
    private static final String MARKER = "/run/keepalived.reload";

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);
    private static final Values<Integer> SECONDS = Values.integer(1, 1000);
    private static final Values<String> PATH = Values.text("PATH", "/tmp/k");
    private static final Values<String> MARKER_PATH = new Values<>(
            "[PATH], otherwise " + MARKER,
            List.of("", "/tmp/k"),
            List.of(),
            line -> line.values().isEmpty() ? Optional.of(MARKER) : PATH.read(line));
    private static final Values<List<Integer>> CPUS =
            new Values<>("CPU...", List.of("0", "0 1"), List.of("x", "-1"), ProcessSettingKeywords::cpus);

    private ProcessSettingKeywords() {}

    /** What these keywords say. */
    static final class ProcessDraft {
        private Optional<Command> startup = Optional.empty();
        private Optional<Command> shutdown = Optional.empty();
        private Duration startupLimit = DEFAULT_LIMIT;
        private Duration shutdownLimit = DEFAULT_LIMIT;
        private Optional<String> marker = Optional.empty();
        private Optional<String> timeFile = Optional.empty();
        private boolean repeats;
        private boolean locksMemory;
        private LoopScheduling scheduling = LoopScheduling.URGENT;

        ProcessSettings build(GlobalDraft globals) {
            return new ProcessSettings(
                    startup.map(globals::script).map(command -> new LimitedCommand(command, startupLimit)),
                    shutdown.map(globals::script).map(command -> new LimitedCommand(command, shutdownLimit)),
                    marker,
                    timeFile,
                    repeats,
                    locksMemory,
                    scheduling);
        }
    }

    static void addTo(KeywordTable<GlobalDraft> table) {
        table.line(
                        "startup_script",
                        Values.COMMAND,
                        (globals, command) -> globals.process.startup = Optional.of(command))
                .line(
                        "shutdown_script",
                        Values.COMMAND,
                        (globals, command) -> globals.process.shutdown = Optional.of(command))
                .line(
                        "startup_script_timeout",
                        SECONDS,
                        (globals, seconds) -> globals.process.startupLimit = Duration.ofSeconds(seconds))
                .line(
                        "shutdown_script_timeout",
                        SECONDS,
                        (globals, seconds) -> globals.process.shutdownLimit = Duration.ofSeconds(seconds))
                .line("reload_time_file", PATH, (globals, path) -> globals.process.timeFile = Optional.of(path))
                .line("reload_repeat", Values.NONE, (globals, given) -> globals.process.repeats = true)
                .line("reload_file", MARKER_PATH, (globals, path) -> globals.process.marker = Optional.of(path))
                .line(
                        "vrrp_priority",
                        Values.integer(-20, 19),
                        (globals, nice) -> schedule(globals, globals.process.scheduling.withNice(nice)))
                .line("vrrp_no_swap", Values.NONE, (globals, given) -> globals.process.locksMemory = true)
                .line(
                        "vrrp_rt_priority",
                        Values.integer(1, 99),
                        (globals, priority) ->
                                schedule(globals, globals.process.scheduling.withRealTimePriority(priority)))
                .line(
                        "vrrp_cpu_affinity",
                        CPUS,
                        (globals, cpus) -> schedule(globals, globals.process.scheduling.onCpus(cpus)))
                .noted(
                        "by vrrp run",
                        "startup_script",
                        "shutdown_script",
                        "startup_script_timeout",
                        "shutdown_script_timeout",
                        "reload_time_file",
                        "reload_repeat",
                        "reload_file",
                        "vrrp_no_swap")
                .noted(
                        "for the thread of the loop and the one that renews leases",
                        "vrrp_priority",
                        "vrrp_rt_priority",
                        "vrrp_cpu_affinity");
    }

    private static void schedule(GlobalDraft globals, LoopScheduling scheduling) {
        globals.process.scheduling = scheduling;
    }

    private static Optional<List<Integer>> cpus(Statement line) {
        List<Integer> cpus = new ArrayList<>();
        for (String text : line.values()) {
            OptionalInt cpu = Numbers.integer(text, 0, LoopScheduling.MAX_CPU);
            if (cpu.isEmpty()) {
                line.error(line.keyword() + " must be numbers of 0 to " + LoopScheduling.MAX_CPU + ": "
                        + Found.quote(text));
                return Optional.empty();
            }
            cpus.add(cpu.getAsInt());
        }
        if (cpus.isEmpty()) {
            line.error(line.keyword() + " needs the number of a processor");
            return Optional.empty();
        }
        return Optional.of(cpus);
    }
}
