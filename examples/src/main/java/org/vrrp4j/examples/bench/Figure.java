package org.vrrp4j.examples.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The samples of one quantity, for each contender. */
final class Figure {
    private final String scenario;
    private final String name;
    private final Unit unit;
    private final Map<Contender, List<Double>> samples = new EnumMap<>(Contender.class);

    /** What is counted. */
    enum Unit {
        MICROSECONDS("µs"),
        MILLISECONDS("ms"),
        SECONDS("s"),
        PERCENT_OF_A_CORE("% of a core"),
        KILOBYTES("kB"),
        MEGABYTES("MB"),
        BYTES("bytes"),
        COUNT("");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Figure(String scenario, String name, Unit unit) {
        this.scenario = scenario;
        this.name = name;
        this.unit = unit;
    }

    String scenario() {
        return scenario;
    }

    String name() {
        return name;
    }

    Unit unit() {
        return unit;
    }

    void add(Contender contender, double value) {
        samples.computeIfAbsent(contender, key -> new ArrayList<>()).add(value);
    }

    boolean has(Contender contender) {
        return samples.containsKey(contender);
    }

    /** In the order in which they were measured. */
    List<Double> samples(Contender contender) {
        return List.copyOf(samples.getOrDefault(contender, List.of()));
    }

    /** The value that a share of the samples does not exceed; with 0.5 the median, with 1 the greatest. */
    double quantile(Contender contender, double share) {
        double[] sorted =
                samples(contender).stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        if (share == 0.5) {
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** Median, the value that nine of ten do not exceed, and the greatest, in a line. */
    String distribution(Contender contender) {
        return String.format(
                Locale.ROOT,
                "median %.2f %5$s, 90 %% %.2f %5$s, max %.2f %5$s, of %d",
                median(contender),
                quantile(contender, 0.9),
                max(contender),
                samples(contender).size(),
                unit.text());
    }

    double median(Contender contender) {
        return quantile(contender, 0.5);
    }

    double max(Contender contender) {
        return quantile(contender, 1);
    }
}
