package org.vrrp4j.keepalived;

import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.TrackWeight;

/** Weights: as a keyword of a tracker, and after the name of one that is followed. */
final class Weights {

    private Weights() {}

    /** {@code weight N [reverse]}. */
    static Optional<TrackWeight> read(Statement line, int max) {
        List<String> values = line.values();
        if (values.isEmpty()) {
            line.error(line.keyword() + " needs a value: -" + max + " to " + max);
            return Optional.empty();
        }
        line.warnOfMoreThan(3);
        return read(line, values, false, max, false);
    }

    /** {@code NAME [weight N [reverse|noreverse]]}: the weight of the tracker unless said otherwise. */
    static Optional<TrackWeight> readFollowed(Statement line, TrackWeight tracker, int max, boolean mayReturn) {
        List<String> values = line.values();
        if (values.isEmpty()) {
            return Optional.of(tracker);
        }
        if (!values.get(0).equals("weight") || values.size() == 1) {
            line.error("after " + Found.quote(line.keyword()) + " only weight and its value may stand: "
                    + Found.quote(values.get(0)));
            return Optional.empty();
        }
        return read(line, values.subList(1, values.size()), tracker.reversed(), max, mayReturn);
    }

    private static Optional<TrackWeight> read(
            Statement line, List<String> words, boolean reversed, int max, boolean mayReturn) {
        Optional<Long> number = Numbers.number(words.get(0), -max, max);
        if (number.isEmpty()) {
            line.error("weight must be -" + max + " to " + max + ": " + Found.quote(words.get(0)));
            return Optional.empty();
        }
        if (words.size() > 1) {
            boolean known =
                    words.get(1).equals("reverse") || mayReturn && words.get(1).equals("noreverse");
            if (!known) {
                line.error("after a weight only reverse" + (mayReturn ? " or noreverse" : "") + " may stand: "
                        + Found.quote(words.get(1)));
                return Optional.empty();
            }
            return Optional.of(
                    new TrackWeight(number.get().intValue(), words.get(1).equals("reverse")));
        }
        return Optional.of(new TrackWeight(number.get().intValue(), reversed));
    }
}
