package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.Optional;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.config.Tracker;

/** The block of a vrrp_script. */
final class ScriptKeywords {
    static final int MAX_WEIGHT = 253;

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Values<Duration> TIME = Values.seconds(Duration.ofMillis(1), Duration.ofSeconds(4294));
    private static final Values<Integer> COUNT = Values.integer(1, Integer.MAX_VALUE);

    static final KeywordTable<ScriptDraft> TABLE = new KeywordTable<ScriptDraft>("vrrp_script")
            .line("script", Values.COMMAND, (draft, command) -> draft.command = Optional.of(command))
            .line("interval", TIME, (draft, time) -> draft.interval = time)
            .line("timeout", TIME, (draft, time) -> draft.timeout = Optional.of(time))
            .line("weight", Values.weight(MAX_WEIGHT), (draft, weight) -> draft.weight = weight)
            .line("rise", COUNT, (draft, count) -> draft.rise = count)
            .line("fall", COUNT, (draft, count) -> draft.fall = count)
            .line("user", Values.words("USER [GROUP]", "root"), (draft, words) -> draft.user = Statement.user(words))
            .line("init_fail", Values.NONE, (draft, given) -> draft.initiallyDown = true);

    private ScriptKeywords() {}

    /** What the block says. */
    static final class ScriptDraft extends TrackerDraft {
        private Optional<Command> command = Optional.empty();
        private Duration interval = ONE_SECOND;
        private Optional<Duration> timeout = Optional.empty();
        private int rise = 1;
        private int fall = 1;
        private Optional<String> user = Optional.empty();
        private boolean initiallyDown;

        ScriptDraft(String name, Position position) {
            super(name, position);
        }

        @Override
        Optional<Tracker> build(GlobalDraft globals, Reading reading) {
            missing(reading, "vrrp_script", "script");
            return command.map(given -> new ScriptTracker(
                    name,
                    globals.script(new Command(given.words(), user.or(given::user))),
                    interval,
                    timeout.orElse(interval),
                    rise,
                    fall,
                    initiallyDown));
        }
    }
}
