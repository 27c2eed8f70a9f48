package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A keyword and its values. Each reader of the value reports what is wrong with it, in which case the result is empty
 * and there is nothing more to say.
 */
final class Statement {
    private final Position position;
    private final List<String> words;
    private final Reading reading;

    Statement(Position position, List<String> words, Reading reading) {
        this.position = position;
        this.words = words;
        this.reading = reading;
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

    OptionalInt integer(int min, int max) {
        String range = min + " to " + max;
        return value(range)
                .filter(checked(text -> Numbers.integer(text, min, max).isPresent(), range))
                .map(text -> Numbers.integer(text, min, max))
                .orElse(OptionalInt.empty());
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
