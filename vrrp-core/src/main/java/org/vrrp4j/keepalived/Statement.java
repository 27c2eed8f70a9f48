package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.vrrp4j.config.Command;

/**
 * A keyword and its values. Each reader of the value reports what is wrong with it, in which case the result is empty
 * and there is nothing more to say.
 */
final class Statement {
    private final Position position;
    private final String text;
    private final List<String> words;
    private final Reading reading;
    private boolean complete;

    /** A line, or the part of it up to a brace; not blank. */
    Statement(Position position, String text, Reading reading) {
        this.position = position;
        this.text = text;
        this.reading = reading;
        Words plain = Words.plain(text);
        this.words = plain.list();
        this.complete = plain.complete();
    }

    Position position() {
        return position;
    }

    String keyword() {
        return words.get(0);
    }

    List<String> words() {
        return words;
    }

    List<String> values() {
        return words.subList(1, words.size());
    }

    /** A command line, which has quotes and escapes of its own, and who runs it. */
    Optional<Command> command() {
        complete = true;
        Words line = Words.quoted(text);
        Words command =
                line.list().size() < 2 ? line : Words.command(line.list().get(1));
        if (!line.complete() || !command.complete()) {
            error("a quote is not closed, or a backslash stands at the end, after " + keyword());
            return Optional.empty();
        }
        if (line.list().size() < 2 || command.list().isEmpty()) {
            error(keyword() + " needs a value: a command");
            return Optional.empty();
        }
        if (line.list().size() > 4) {
            warning(Found.quote(line.list().get(4))
                    + " after the command, its user and group is ignored; a command with"
                    + " parameters must be in quotes");
        }
        return Optional.of(new Command(
                command.list(), user(line.list().subList(2, line.list().size()))));
    }

    /** {@code USER GROUP} as {@code USER:GROUP}; empty if there is no user. */
    static Optional<String> user(List<String> words) {
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(words.get(0) + (words.size() < 2 ? "" : ":" + words.get(1)));
    }

    /** Reports a quote that is not closed, unless the line was one for which that is no mistake. */
    void checkQuotes() {
        if (!complete) {
            complete = true;
            reading.error(position, "a double quote is not closed in this line");
        }
    }

    /** The names of routing tables and the like that this line can use. */
    HostRoutingNames routingNames() {
        return reading.routingNames();
    }

    /** Sets what {@code $_RANDOM} gives from here on. */
    void seedRandom(long seed) {
        reading.seedRandom(seed);
    }

    /** Sets which checks all includes from here on have: with a sign before it a check is added or taken away. */
    void setIncludeChecks() {
        Set<Includes.Check> checks = reading.includeChecks();
        if (words.size() < 2 || !words.get(1).startsWith("+") && !words.get(1).startsWith("-")) {
            checks.clear();
        }
        for (String word : words.size() < 2 ? List.of("all") : values()) {
            boolean taken = word.startsWith("-");
            Set<Includes.Check> named = Includes.Check.named(taken || word.startsWith("+") ? word.substring(1) : word);
            if (named.isEmpty()) {
                error(keyword() + " takes readable, match, wildcard_match and brace_match: " + Found.quote(word));
            } else if (taken) {
                checks.removeAll(named);
            } else {
                checks.addAll(named);
            }
        }
    }

    boolean isIncomplete() {
        return reading.isIncomplete();
    }

    /** Whether errors are only counted by now: no text of theirs will be seen. */
    boolean isOverLimit() {
        return reading.problems().isOverLimit();
    }

    /** Reports an error, unless the cause is certainly a reference to a definition, which was reported already. */
    void error(String message) {
        boolean unexpanded = reading.isIncomplete() && words.stream().anyMatch(word -> word.indexOf('$') >= 0);
        if (!unexpanded) {
            reading.error(position, message);
        }
    }

    void warning(String message) {
        reading.warning(position, message);
    }

    /** The only value, whatever it is. */
    Optional<String> value(String allowed) {
        if (words.size() < 2 || words.get(1).isEmpty()) {
            error(keyword() + " needs a value: " + allowed);
            return Optional.empty();
        }
        warnOfMoreThan(2);
        return Optional.of(words.get(1));
    }

    Optional<String> oneOf(String... allowed) {
        String list = String.join(" or ", allowed);
        return value(list).filter(checked(List.of(allowed)::contains, list));
    }

    /** As {@link #oneOf}, and more may follow. */
    Optional<String> firstOf(String... allowed) {
        if (words.size() > 1 && List.of(allowed).contains(words.get(1))) {
            return Optional.of(words.get(1));
        }
        return oneOf(allowed);
    }

    OptionalInt integer(int min, int max) {
        String range = min + " to " + max;
        return value(range)
                .filter(checked(text -> Numbers.integer(text, min, max).isPresent(), range))
                .map(text -> Numbers.integer(text, min, max))
                .orElse(OptionalInt.empty());
    }

    Optional<Long> number(long min, long max) {
        String range = min + " to " + max;
        return value(range)
                .filter(checked(text -> Numbers.number(text, min, max).isPresent(), range))
                .flatMap(text -> Numbers.number(text, min, max));
    }

    /** Seconds with up to six decimals; further ones are rounded with a warning, as keepalived does. */
    Optional<Duration> seconds(Duration min, Duration max) {
        String range = Numbers.seconds(min) + " to " + Numbers.seconds(max) + " seconds";
        Optional<Duration> result = value(range)
                .filter(checked(text -> Numbers.duration(text, min, max).isPresent(), range))
                .flatMap(text -> Numbers.duration(text, min, max));
        if (result.isPresent() && Numbers.hasTooManyDecimals(words.get(1))) {
            warning(keyword() + " has at most " + Numbers.DECIMALS + " decimals: " + Found.quote(words.get(1))
                    + " is read as " + Numbers.seconds(result.get()));
        }
        return result;
    }

    /** Milliseconds with decimals; what is below a microsecond is left out. */
    Optional<Duration> milliseconds(Duration min, Duration max) {
        String range = min.toMillis() + " to " + max.toMillis() + " milliseconds";
        return value(range)
                .filter(checked(text -> Numbers.milliseconds(text, min, max).isPresent(), range))
                .flatMap(text -> Numbers.milliseconds(text, min, max));
    }

    /** A boolean as keepalived writes it; the keyword alone means true. */
    Optional<Boolean> flag() {
        if (words.size() < 2) {
            return Optional.of(true);
        }
        return value("on off true false yes no")
                .filter(checked(
                        List.of("on", "off", "true", "false", "yes", "no")::contains,
                        "one of on off true false yes no"))
                .map(List.of("on", "true", "yes")::contains);
    }

    /** A keyword that has no values. */
    void bare() {
        warnOfMoreThan(1);
    }

    /** A keyword before a block of lines, which has no values. */
    void noParameters() {
        if (words.size() > 1) {
            error(keyword() + " takes nothing before its block: " + Found.quote(words.get(1)));
        }
    }

    void warnOfMoreThan(int count) {
        if (words.size() > count) {
            warning(Found.quote(words.get(count)) + " after " + Found.quote(String.join(" ", words.subList(0, count)))
                    + " is ignored");
        }
    }

    private Predicate<String> checked(Predicate<String> valid, String allowed) {
        return text -> {
            boolean holds = valid.test(text);
            if (!holds) {
                error(keyword() + " must be " + allowed + ": " + Found.quote(text));
            }
            return holds;
        };
    }
}
