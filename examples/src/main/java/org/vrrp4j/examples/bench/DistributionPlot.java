package org.vrrp4j.examples.bench;

import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.examples.svg.Svg;

/** Every sample of every duration as a dot on a logarithmic axis, with a stroke at the median; a lane a contender. */
final class DistributionPlot {
    private static final double LEFT = 360;
    private static final double WIDTH = 1080;
    private static final double RIGHT = WIDTH - 30;
    private static final double TOP = 90;
    private static final double LANE = 18;
    private static final double DISTANCE = 14;
    private static final double LEAST_MILLIS = 0.01;
    private static final double MOST_MILLIS = 10_000;
    private static final String STYLE = """
              .vrrp4j { fill: #2f6fb7; fill-opacity: 0.55 }
              .keepalived { fill: #e9a100; fill-opacity: 0.55 }
              .median { stroke: #24292f; stroke-width: 2 }
            """;

    private DistributionPlot() {}

    static String draw(Session session) {
        List<Figure> figures = new ArrayList<>(session.figures());
        figures.removeIf(figure ->
                figure.unit() != Unit.MILLISECONDS || figure.scenario().startsWith("garbage"));
        double group = LANE * session.contenders().size() + DISTANCE;
        double axis = TOP + group * figures.size();
        Svg svg = new Svg(WIDTH, axis + 40, STYLE);
        svg.text("title", 20, 34, "start", "How long it took, beyond what the protocol prescribes");
        svg.text("quiet", 20, 54, "start", Machine.description());
        for (double tick = LEAST_MILLIS; tick <= MOST_MILLIS * 1.01; tick *= 10) {
            svg.vertical("tick", x(tick), TOP - 10, axis);
            svg.text("quiet", x(tick), axis + 16, "middle", Table.number(tick) + " ms");
        }
        double top = TOP;
        for (Figure figure : figures) {
            svg.text("", 20, top + 13, "start", figure.scenario() + ":");
            svg.text("quiet", 20, top + 29, "start", figure.name());
            double lane = top;
            for (Contender contender : session.contenders()) {
                lane(svg, figure, contender, lane);
                lane += LANE;
            }
            top += group;
        }
        return svg.finish();
    }

    private static void lane(Svg svg, Figure figure, Contender contender, double top) {
        svg.text("quiet", LEFT - 12, top + 13, "end", contender.label());
        double middle = top + LANE / 2;
        figure.samples(contender).forEach(sample -> svg.dot(contender.label(), x(sample), middle, 4));
        if (figure.has(contender)) {
            svg.vertical("median", x(figure.median(contender)), top + 1, top + LANE - 1);
        }
    }

    private static double x(double millis) {
        double inside = Math.min(MOST_MILLIS, Math.max(LEAST_MILLIS, millis));
        double share = Math.log10(inside / LEAST_MILLIS) / Math.log10(MOST_MILLIS / LEAST_MILLIS);
        return LEFT + share * (RIGHT - LEFT);
    }
}
