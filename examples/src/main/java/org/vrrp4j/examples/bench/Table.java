package org.vrrp4j.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as a table of Markdown that can be read as it is. */
final class Table {
    private final List<Contender> contenders;
    private final List<Figure> figures;

    Table(List<Contender> contenders, List<Figure> figures) {
        this.contenders = contenders;
        this.figures = figures;
    }

    List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of("scenario", "figure"));
        contenders.forEach(contender -> headings.add(contender.label()));
        if (contenders.size() > 1) {
            headings.add("ratio");
        }
        rows.add(headings);
        figures.forEach(figure -> rows.add(row(figure)));
        int[] widths = new int[headings.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths, " "));
        }
        lines.add(1, line(headings.stream().map(heading -> "").toList(), widths, "-"));
        return lines;
    }

    private List<String> row(Figure figure) {
        List<String> row = new ArrayList<>(List.of(figure.scenario(), figure.name()));
        contenders.forEach(contender -> row.add(cell(figure, contender)));
        if (contenders.size() > 1) {
            row.add(ratio(figure));
        }
        return row;
    }

    private static String cell(Figure figure, Contender contender) {
        if (!figure.has(contender)) {
            return "-";
        }
        String median = number(figure.median(contender));
        String max = number(figure.max(contender));
        String unit = (" " + figure.unit().text()).stripTrailing();
        boolean single = figure.samples(contender).size() == 1 || median.equals(max);
        return single ? median + unit : median + unit + ", max " + max;
    }

    /** Of the medians: below 1, ours is less. */
    private static String ratio(Figure figure) {
        if (!figure.has(Contender.VRRP4J) || !figure.has(Contender.KEEPALIVED)) {
            return "";
        }
        double theirs = figure.median(Contender.KEEPALIVED);
        return theirs <= 0 ? "" : number(figure.median(Contender.VRRP4J) / theirs);
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size == Math.rint(size) || size >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f", value);
    }

    private static String line(List<String> row, int[] widths, String fill) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append(' ')
                    .append(row.get(i))
                    .append(fill.repeat(widths[i] - row.get(i).length()))
                    .append(" |");
        }
        return line.toString();
    }
}
