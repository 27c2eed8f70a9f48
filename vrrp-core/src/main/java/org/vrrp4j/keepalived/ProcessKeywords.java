package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.ProcessTracker.ParameterMatch;
import org.vrrp4j.config.Tracker;

/** The block of a vrrp_track_process. */
final class ProcessKeywords {
    private static final int MAX_PROCESSES = 65535;
    private static final Values<Duration> DELAY = Values.seconds(Duration.ofNanos(1000), Duration.ofHours(1));

    static final KeywordTable<ProcessDraft> TABLE = new KeywordTable<ProcessDraft>("vrrp_track_process")
            .line("process", Values.words("PROGRAM [PARAMETER...]", "java", "/usr/bin/java -jar x"), ProcessDraft::set)
            .line("param_match", Values.words("[initial | partial]", "", "initial", "partial"), ProcessDraft::setMatch)
            .line("weight", Values.weight(org.vrrp4j.config.TrackWeight.MAX), (draft, value) -> draft.weight = value)
            .line("quorum", Values.integer(1, MAX_PROCESSES), (draft, value) -> draft.least = value)
            .line("quorum_max", Values.integer(0, MAX_PROCESSES), (draft, value) -> draft.most = Optional.of(value))
            .line("delay", DELAY, (draft, value) -> {
                draft.downDelay = value;
                draft.upDelay = value;
            })
            .line("terminate_delay", DELAY, (draft, value) -> draft.downDelay = value)
            .line("fork_delay", DELAY, (draft, value) -> draft.upDelay = value)
            .line("full_command", Values.NONE, (draft, given) -> draft.wholeCommand = true);

    private ProcessKeywords() {}

    /** What the block says. */
    static final class ProcessDraft extends TrackerDraft {
        private List<String> command = List.of();
        private Optional<String> match = Optional.empty();
        private boolean wholeCommand;
        private int least = 1;
        private Optional<Integer> most = Optional.empty();
        private Duration downDelay = Duration.ZERO;
        private Duration upDelay = Duration.ZERO;

        ProcessDraft(String name, Position position) {
            super(name, position);
        }

        private void set(List<String> words) {
            command = words;
        }

        private void setMatch(List<String> words) {
            match = Optional.of(words.isEmpty() ? "" : words.get(0));
        }

        @Override
        Optional<Tracker> build(GlobalDraft globals, Reading reading) {
            missing(reading, "vrrp_track_process", "process");
            int max = most.orElse(ProcessTracker.UNLIMITED);
            int min = max == 0 ? 0 : least;
            if (max < min) {
                reading.error(given("quorum_max"), "quorum_max must not be below quorum: " + max + " and " + min);
                return Optional.empty();
            }
            if (command.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new ProcessTracker(
                    name,
                    command.get(0),
                    command.subList(1, command.size()),
                    match(reading),
                    wholeCommand || command.size() > 1 || match.isPresent(),
                    min,
                    max,
                    downDelay,
                    upDelay));
        }

        private ParameterMatch match(Reading reading) {
            return switch (match.orElse(command.size() > 1 ? "" : "none")) {
                case "none" -> ParameterMatch.NONE;
                case "" -> ParameterMatch.EXACT;
                case "initial" -> ParameterMatch.INITIAL;
                case "partial" -> ParameterMatch.PARTIAL;
                default -> {
                    reading.error(
                            given("param_match"),
                            "param_match must be nothing, initial or partial: " + Found.quote(match.get()));
                    yield ParameterMatch.NONE;
                }
            };
        }
    }
}
