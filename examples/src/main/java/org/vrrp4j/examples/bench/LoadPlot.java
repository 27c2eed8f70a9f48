package org.vrrp4j.examples.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.examples.svg.Svg;

/** CPU and memory against the number of routers: a panel for each quantity, a line for each contender. */
final class LoadPlot {
    private static final double PANEL = 330;
    private static final double LEFT = 60;
    private static final double PLOT_WIDTH = 240;
    private static final double TOP = 100;
    private static final double PLOT_HEIGHT = 200;
    private static final double MOST_ROUTERS = 250;
    private static final Pattern NAME = Pattern.compile("(\\d+) routers: (.*)");
    private static final List<String> QUANTITIES =
            List.of("CPU of the master", "CPU of the backup", "memory of the master");
    private static final String STYLE = """
              .vrrp4j { fill: #2f6fb7 }
              .keepalived { fill: #e9a100 }
              .vrrp4j-line { stroke: #2f6fb7; stroke-width: 2; fill: none }
              .keepalived-line { stroke: #e9a100; stroke-width: 2; fill: none }
            """;

    private final Session session;
    private final List<Figure> figures;
    private final Svg svg;

    private LoadPlot(Session session, String scenario) {
        this.session = session;
        this.figures = session.figures().stream()
                .filter(figure -> figure.scenario().equals(scenario))
                .toList();
        this.svg = new Svg(PANEL * QUANTITIES.size(), TOP + PLOT_HEIGHT + 60, STYLE);
    }

    static String draw(Session session, String scenario) {
        return new LoadPlot(session, scenario).draw(scenario);
    }

    private String draw(String scenario) {
        svg.text("title", 20, 34, "start", "Many routers on one interface: " + scenario);
        svg.text("quiet", 20, 54, "start", Machine.description());
        for (int i = 0; i < QUANTITIES.size(); i++) {
            panel(QUANTITIES.get(i), i * PANEL + LEFT);
        }
        return svg.finish();
    }

    private void panel(String quantity, double left) {
        double most = 0;
        String unit = "";
        for (Figure figure : figures) {
            if (figure.name().endsWith(quantity)) {
                unit = figure.unit().text();
                for (Contender contender : session.contenders()) {
                    most = Math.max(most, figure.has(contender) ? figure.median(contender) : 0);
                }
            }
        }
        svg.text("lane", left, TOP - 16, "start", quantity + ", " + unit);
        double axis = TOP + PLOT_HEIGHT;
        svg.line("tick", left, TOP, left, axis, left + PLOT_WIDTH, axis);
        svg.text("quiet", left - 6, TOP + 10, "end", Table.number(most));
        svg.text("quiet", left - 6, axis, "end", "0");
        svg.text("quiet", left + PLOT_WIDTH, axis + 16, "end", Table.number(MOST_ROUTERS) + " routers");
        double row = axis + 36;
        double column = left;
        for (Contender contender : session.contenders()) {
            line(quantity, contender, left, most);
            svg.dot(contender.label(), column, row - 4, 4);
            svg.text("quiet", column + 10, row, "start", contender.label());
            column += 110;
        }
    }

    private void line(String quantity, Contender contender, double left, double most) {
        double[] points = figures.stream()
                .filter(figure -> figure.name().endsWith(quantity) && figure.has(contender))
                .sorted((one, other) -> Integer.compare(routers(one), routers(other)))
                .flatMapToDouble(figure -> java.util.stream.DoubleStream.of(
                        left + routers(figure) / MOST_ROUTERS * PLOT_WIDTH,
                        TOP + PLOT_HEIGHT * (1 - figure.median(contender) / Math.max(most, 1e-9))))
                .toArray();
        svg.line(contender.label() + "-line", points);
        for (int i = 0; i < points.length; i += 2) {
            svg.dot(contender.label(), points[i], points[i + 1], 4);
        }
    }

    private static int routers(Figure figure) {
        Matcher matcher = NAME.matcher(figure.name());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
