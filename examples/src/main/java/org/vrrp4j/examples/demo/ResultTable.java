package org.vrrp4j.examples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the client noticed of each act, as lines of text. */
final class ResultTable {
    private static final List<String> HEADINGS =
            List.of("what happened", "client without answers", "limit of the protocol", "requests lost");
    private static final String BETWEEN_COLUMNS = "   ";

    private ResultTable() {}

    static List<String> lines(List<Outage> outages, Settings settings) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        rows.add(HEADINGS.stream().map(heading -> "-".repeat(heading.length())).toList());
        outages.forEach(outage -> rows.add(row(outage, settings)));
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(Outage outage, Settings settings) {
        Happening happening = outage.act().happening();
        return List.of(
                outage.act().news(),
                outage.longest().map(ResultTable::millis).orElse("no answers again"),
                millis(happening.limit(settings)) + " (" + happening.reason() + ")",
                Integer.toString(outage.lost()));
    }

    static String millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e6) + " ms";
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(BETWEEN_COLUMNS);
        }
        return line.toString().stripTrailing();
    }
}
