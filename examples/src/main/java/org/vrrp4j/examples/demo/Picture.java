package org.vrrp4j.examples.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.examples.svg.Svg;

/**
 * The story as an SVG picture: a lane for each host with the times in which it has the address, a lane for the client's
 * answers in the colour of who gave them, its outages in red, and a line for each act. It brings its own background.
 */
final class Picture {
    private static final double LEFT = 150;
    private static final double PLOT_WIDTH = 900;
    private static final double WIDTH = LEFT + PLOT_WIDTH + 30;
    private static final double TITLE_BASELINE = 34;
    private static final double ACTS_TOP = 72;
    private static final double ROW = 17;
    private static final double LANE = 28;
    private static final double LANE_DISTANCE = 46;
    private static final double NARROWEST = 1.5;
    /** The width that a character of the small font has at most, in units of the picture. */
    private static final double CHARACTER = 7;

    private static final String STYLE = """
              .outage { fill: #c1121f; font-weight: 600 }
              .act { stroke: #57606a; stroke-dasharray: 4 3 }
              .lb01 { fill: #2f6fb7 }
              .lb02 { fill: #e9a100 }
            """;

    private final Instant start;
    private final double unitsPerNano;
    private Svg svg;

    /**
     * What is to be seen on it.
     *
     * @param from the left edge
     * @param until the right edge
     */
    record Contents(
            Settings settings,
            Instant from,
            Instant until,
            List<Act> acts,
            List<Holding> holdings,
            List<Reply> replies) {}

    private Picture(Contents contents) {
        this.start = contents.from();
        this.unitsPerNano = PLOT_WIDTH
                / Math.max(1, Duration.between(start, contents.until()).toNanos());
    }

    static String draw(Contents contents) {
        return new Picture(contents).drawAll(contents);
    }

    private String drawAll(Contents contents) {
        List<Label> actLabels = contents.acts().stream()
                .filter(act -> act.happening() != Happening.NOTHING)
                .map(act -> label(x(act.time()), act.happening().label() + " " + act.host()))
                .toList();
        List<Gap> outages = Gap.of(contents.replies()).stream()
                .filter(gap -> gap.isNoticeable(contents.settings()))
                .toList();
        List<Label> outageLabels = outages.stream()
                .map(gap -> label(
                        (x(gap.from()) + x(gap.until())) / 2, ResultTable.millis(gap.outage(contents.settings()))))
                .toList();
        int[] actRows = rows(actLabels);
        int[] outageRows = rows(outageLabels);
        double lanesTop = ACTS_TOP + ROW * count(actRows) + 8;
        double clientTop = lanesTop + LANE_DISTANCE * Settings.HOSTS.size();
        double axis = clientTop + LANE + 8 + ROW * count(outageRows) + 6;

        begin(contents.settings(), axis + 44);
        seconds(axis, lanesTop);
        for (int i = 0; i < Settings.HOSTS.size(); i++) {
            hostLane(Settings.HOSTS.get(i), lanesTop + i * LANE_DISTANCE, contents);
        }
        clientLane(clientTop, contents, outages);
        acts(actLabels, actRows, clientTop + LANE);
        outageLabels(outageLabels, outageRows, clientTop + LANE + 16);
        return svg.finish();
    }

    private void begin(Settings settings, double height) {
        svg = new Svg(WIDTH, height, STYLE);
        String title = "Who has %s, and who answers a client that asks every %d ms"
                .formatted(Settings.ADDRESS, settings.probeInterval().toMillis());
        svg.text("title", 20, TITLE_BASELINE, "start", title);
        String key = "VRRPv3, advertisements every %d ms. Red: no answer. Dashed: what happened."
                .formatted(settings.interval().toMillis());
        svg.text("quiet", 20, TITLE_BASELINE + 20, "start", key);
    }

    private void seconds(double axis, double top) {
        long last = (long) (PLOT_WIDTH / unitsPerNano / 1e9);
        for (long second = 0; second <= last; second++) {
            double x = LEFT + second * 1e9 * unitsPerNano;
            svg.vertical("tick", x, top, axis);
            svg.text("quiet", x, axis + 16, "middle", Long.toString(second));
        }
        svg.text("quiet", LEFT - 20, axis + 16, "end", "seconds");
    }

    private void hostLane(String host, double top, Contents contents) {
        svg.text("lane", 20, top + 15, "start", host);
        svg.text(
                "quiet",
                20,
                top + 30,
                "start",
                "priority " + contents.settings().priority(host));
        bar("empty", top, contents.from(), contents.until());
        contents.holdings().stream()
                .filter(holding -> holding.host().equals(host))
                .forEach(holding -> bar(host, top, holding.from(), holding.until()));
    }

    private void clientLane(double top, Contents contents, List<Gap> outages) {
        svg.text("lane", 20, top + 15, "start", "client");
        svg.text("quiet", 20, top + 30, "start", "who answers");
        bar("empty", top, contents.from(), contents.until());
        List<Reply> answers =
                contents.replies().stream().filter(Reply::isAnswer).toList();
        int first = 0;
        for (int i = 0; i < answers.size(); i++) {
            if (i + 1 == answers.size() || isBorder(new Gap(answers.get(i), answers.get(i + 1)), contents)) {
                bar(
                        answers.get(first).host().orElseThrow(),
                        top,
                        answers.get(first).time(),
                        answers.get(i).time());
                first = i + 1;
            }
        }
        outages.forEach(gap -> bar("gap", top, gap.from(), gap.until()));
    }

    private static boolean isBorder(Gap gap, Contents contents) {
        return !gap.isOneHost() || gap.isNoticeable(contents.settings());
    }

    private void acts(List<Label> labels, int[] rows, double bottom) {
        for (int i = 0; i < rows.length; i++) {
            Label label = labels.get(i);
            double baseline = ACTS_TOP + ROW * rows[i] + 10;
            svg.vertical("act", label.at(), baseline + 4, bottom);
            svg.text("", label.middle(), baseline, "middle", label.text());
        }
    }

    private void outageLabels(List<Label> labels, int[] rows, double top) {
        for (int i = 0; i < rows.length; i++) {
            svg.text(
                    "outage",
                    labels.get(i).middle(),
                    top + ROW * rows[i],
                    "middle",
                    labels.get(i).text());
        }
    }

    /** A text that belongs to a place on the time axis; its middle is moved where it would leave the picture. */
    private record Label(double at, double middle, String text) {
        double from() {
            return middle - text.length() * CHARACTER / 2;
        }

        double until() {
            return middle + text.length() * CHARACTER / 2;
        }
    }

    private static Label label(double at, String text) {
        double half = text.length() * CHARACTER / 2;
        return new Label(at, Math.min(at, WIDTH - 10 - half), text);
    }

    /** For each label the first row in which it does not overlap an earlier one. */
    private static int[] rows(List<Label> labels) {
        List<Double> ends = new ArrayList<>();
        int[] rows = new int[labels.size()];
        for (int i = 0; i < rows.length; i++) {
            int row = 0;
            while (row < ends.size() && ends.get(row) > labels.get(i).from() - CHARACTER) {
                row++;
            }
            if (row == ends.size()) {
                ends.add(0.0);
            }
            ends.set(row, labels.get(i).until());
            rows[i] = row;
        }
        return rows;
    }

    private static int count(int[] rows) {
        int count = 1;
        for (int row : rows) {
            count = Math.max(count, row + 1);
        }
        return count;
    }

    private double x(Instant time) {
        double at = Duration.between(start, time).toNanos() * unitsPerNano;
        return LEFT + Math.min(PLOT_WIDTH, Math.max(0, at));
    }

    private void bar(String style, double top, Instant from, Instant until) {
        if (until.isBefore(start)) {
            return;
        }
        double x = x(from);
        double width = Math.max(NARROWEST, x(until) - x);
        svg.bar(style, x, top, width, LANE);
    }
}
