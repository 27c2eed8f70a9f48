package org.vrrp4j.examples.bench;

import java.util.List;
import org.vrrp4j.examples.svg.Svg;

/** What a client saw around each cut and each mending: who answered, and in red for how long nobody did. */
final class OutagePlot {
    private static final double LEFT = 150;
    private static final double WIDTH = 1080;
    private static final double RIGHT = WIDTH - 110;
    private static final double TOP = 80;
    private static final double LANE = 5;
    private static final double GROUP_DISTANCE = 26;
    private static final double FROM_MILLIS = -100;
    private static final double UNTIL_MILLIS = 900;
    private static final double WORTH_A_MARK = 10;
    private static final int MOST_LANES = 12;
    private static final String STYLE = """
              .former { fill: #9db4cc }
              .successor { fill: #2f6fb7 }
            """;

    private OutagePlot() {}

    static String draw(Session session) {
        List<String> events =
                session.outages().stream().map(Outage::event).distinct().toList();
        double height = TOP + 40;
        for (String event : events) {
            for (Contender contender : session.contenders()) {
                height += lanes(session, event, contender).size() * LANE + GROUP_DISTANCE;
            }
        }
        Svg svg = new Svg(WIDTH, height, STYLE);
        svg.text("title", 20, 34, "start", "What a client sees that asks every 2 ms: answers, and in red none");
        svg.text(
                "quiet",
                20,
                54,
                "start",
                "A line for each try. Pale: the former master answers; blue: its successor." + " "
                        + Machine.description());
        double top = TOP;
        for (String event : events) {
            for (Contender contender : session.contenders()) {
                top = group(svg, event, contender, lanes(session, event, contender), top);
            }
        }
        for (double tick = 0; tick <= UNTIL_MILLIS; tick += 100) {
            svg.vertical("tick", x(tick), TOP - 6, top - GROUP_DISTANCE + 8);
            svg.text("quiet", x(tick), top - GROUP_DISTANCE + 24, "middle", Table.number(tick) + " ms");
        }
        return svg.finish();
    }

    private static List<Outage> lanes(Session session, String event, Contender contender) {
        return session.outages().stream()
                .filter(outage ->
                        outage.contender() == contender && outage.event().equals(event))
                .limit(MOST_LANES)
                .toList();
    }

    private static double group(Svg svg, String event, Contender contender, List<Outage> outages, double top) {
        svg.text("lane", 20, top + 12, "start", contender.label());
        svg.text("quiet", 20, top + 28, "start", event + " at 0 ms");
        double lane = top;
        double worst = 0;
        for (Outage outage : outages) {
            lane(svg, outage, lane);
            worst = Math.max(worst, outage.gapUntil() - outage.gapFrom());
            lane += LANE;
        }
        svg.text("quiet", RIGHT + 10, top + 12, "start", "longest:");
        svg.text("quiet", RIGHT + 10, top + 28, "start", Table.number(Math.rint(worst)) + " ms");
        return lane + GROUP_DISTANCE;
    }

    private static void lane(Svg svg, Outage outage, double top) {
        svg.bar("empty", LEFT, top, RIGHT - LEFT, LANE - 1);
        int from = 0;
        for (int i = 1; i <= outage.answers().size(); i++) {
            boolean ends = i == outage.answers().size()
                    || outage.answers().get(i) - outage.answers().get(i - 1) > WORTH_A_MARK
                    || !outage.successor().get(i).equals(outage.successor().get(i - 1));
            if (ends) {
                String style = outage.successor().get(from) ? "successor" : "former";
                bar(svg, style, outage.answers().get(from), outage.answers().get(i - 1), top);
                from = i;
            }
        }
        bar(svg, "gap", outage.gapFrom(), outage.gapUntil(), top);
    }

    private static void bar(Svg svg, String style, double from, double until, double top) {
        if (from < UNTIL_MILLIS && until > FROM_MILLIS) {
            svg.bar(style, x(from), top, Math.max(1, x(until) - x(from)), LANE - 1);
        }
    }

    private static double x(double millis) {
        double inside = Math.min(UNTIL_MILLIS, Math.max(FROM_MILLIS, millis));
        return LEFT + (inside - FROM_MILLIS) / (UNTIL_MILLIS - FROM_MILLIS) * (RIGHT - LEFT);
    }
}
