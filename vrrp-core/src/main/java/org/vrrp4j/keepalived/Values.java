package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values that a keyword takes.
 *
 * @param allowed as documentation says it
 * @param examples texts that are right, each as it stands after the keyword
 * @param mistakes texts that are wrong
 * @param reader takes them from a line; what is wrong with them it reports
 */
record Values<T>(
        String allowed, List<String> examples, List<String> mistakes, Function<Statement, Optional<T>> reader) {
    /** A keyword that stands alone. */
    static final Values<Boolean> NONE = new Values<>("", List.of(""), List.of(), line -> {
        line.bare();
        return Optional.of(true);
    });

    /** A boolean; the keyword alone means true. */
    static final Values<Boolean> FLAG =
            new Values<>("[BOOL]", List.of("", "off", "yes"), List.of("maybe", "ON"), Statement::flag);

    /** Whatever there is, or nothing. */
    static final Values<List<String>> ANY =
            new Values<>("[...]", List.of(), List.of(), line -> Optional.of(line.values()));

    /** A command line in quotes, and who runs it. */
    static final Values<org.vrrp4j.config.Command> COMMAND = new Values<>(
            "COMMAND [USER [GROUP]]", List.of("/bin/true", "\"/bin/true 'a b' c\""), List.of(), Statement::command);

    /** An address of either family. */
    static final Values<String> ADDRESS = text("ADDRESS", "192.0.2.9");

    /** A weight of what is tracked, and perhaps that it counts the other way round. */
    static Values<org.vrrp4j.config.TrackWeight> weight(int max) {
        return new Values<>(
                "-" + max + " to " + max + " [reverse]",
                List.of("0", "-" + max, max + " reverse"),
                List.of(Integer.toString(max + 1), "x", "1 sideways"),
                line -> Weights.read(line, max));
    }

    static Values<Integer> integer(int min, int max) {
        return number(min, max).map(Long::intValue);
    }

    static Values<Long> number(long min, long max) {
        String range = min + " to " + max;
        return new Values<>(
                range,
                List.of(Long.toString(min), Long.toString(max)),
                List.of(Long.toString(max + 1), "x"),
                line -> line.number(min, max));
    }

    static Values<Duration> seconds(Duration min, Duration max) {
        return new Values<>(
                Numbers.seconds(min) + " to " + Numbers.seconds(max) + " seconds",
                List.of(Numbers.seconds(min), Numbers.seconds(max)),
                List.of(Numbers.seconds(max.plusSeconds(1)), "x"),
                line -> line.seconds(min, max));
    }

    /** Milliseconds with decimals, down to a microsecond. */
    static Values<Duration> milliseconds(Duration min, Duration max) {
        return new Values<>(
                min.toMillis() + " to " + max.toMillis() + " milliseconds",
                List.of(Long.toString(min.toMillis()), min.toMillis() + ".25", Long.toString(max.toMillis())),
                List.of(Long.toString(max.toMillis() + 1), "x", min.toMillis() - 1 + ".5"),
                line -> line.milliseconds(min, max));
    }

    /** Without an upper bound that anybody would meet. */
    static Values<Duration> secondsFrom(Duration min) {
        Duration max = Duration.ofSeconds(Numbers.MAX_SECONDS);
        return new Values<>(
                "SECONDS, at least " + Numbers.seconds(min),
                List.of(Numbers.seconds(min), "3600"),
                List.of("x"),
                line -> line.seconds(min, max));
    }

    static Values<String> oneOf(String... words) {
        return new Values<>(
                String.join(" | ", words), Arrays.asList(words), List.of("other"), line -> line.oneOf(words));
    }

    /** One word, whatever it is. */
    static Values<String> text(String name, String example) {
        return new Values<>(name, List.of(example), List.of(), line -> line.value(name));
    }

    /** One word or none. */
    static Values<List<String>> words(String name, String... examples) {
        return new Values<>(name, List.of(examples), List.of(), line -> Optional.of(line.values()));
    }

    /** Other ways to have it wrong. */
    Values<T> butNot(String... texts) {
        List<String> all = new ArrayList<>(mistakes);
        all.addAll(Arrays.asList(texts));
        return new Values<>(allowed, examples, List.copyOf(all), reader);
    }

    private <R> Values<R> map(Function<T, R> mapping) {
        return new Values<>(
                allowed, examples, mistakes, line -> reader.apply(line).map(mapping));
    }

    /** The value, or empty if it is wrong, which was then reported. */
    Optional<T> read(Statement line) {
        return reader.apply(line);
    }
}
