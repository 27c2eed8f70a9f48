package org.vrrp4j.examples.watch;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shows the table of virtual routers: on a terminal always in the same place, and elsewhere a new one each time that
 * more changes than counts and measured times.
 */
public final class TableOutput implements WatchOutput {
    private static final long REDRAW_NANOS = Duration.ofMillis(250).toNanos();

    // ECMA-48 control sequences, and DEC's for wrapping: a line that is too long is cut rather than breaking the table
    private static final String CLEAR_SCREEN = "\u001b[2J";
    private static final String HOME_WITHOUT_WRAP = "\u001b[H\u001b[?7l";
    private static final String CLEAR_REST_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW_AND_WRAP = "\u001b[J\u001b[?7h";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final String heading;
    private final Supplier<Instant> clock;
    private final WireView view = new WireView();
    private List<String> shownState = List.of();
    private boolean isDrawn;
    private long drawnNanos;

    /**
     * Nothing is printed yet.
     *
     * @param isTerminal whether control sequences have a meaning there
     * @param heading what is being watched
     * @param clock the time of day, to be printed with each table
     */
    public TableOutput(PrintWriter out, boolean isTerminal, String heading, Supplier<Instant> clock) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.heading = heading;
        this.clock = clock;
    }

    @Override
    public void onPacket(long nowNanos, ObservedPacket packet) {
        view.onPacket(nowNanos, packet);
    }

    @Override
    public void onTime(long nowNanos) {
        if (!isTerminal) {
            printIfChanged(nowNanos);
        } else if (!isDrawn || nowNanos - drawnNanos >= REDRAW_NANOS) {
            draw(nowNanos);
        }
    }

    @Override
    public void end(long nowNanos) {
        if (isTerminal) {
            draw(nowNanos);
        } else {
            print(nowNanos);
        }
    }

    private void draw(long nowNanos) {
        StringBuilder screen = new StringBuilder(isDrawn ? "" : CLEAR_SCREEN).append(HOME_WITHOUT_WRAP);
        for (String line : lines(nowNanos)) {
            screen.append(line).append(CLEAR_REST_OF_LINE).append('\n');
        }
        out.print(screen.append(CLEAR_BELOW_AND_WRAP));
        out.flush();
        isDrawn = true;
        drawnNanos = nowNanos;
    }

    private void printIfChanged(long nowNanos) {
        List<String> state = WireTable.state(view.rows(nowNanos), view.rejections());
        if (!state.equals(shownState)) {
            shownState = state;
            print(nowNanos);
        }
    }

    private void print(long nowNanos) {
        lines(nowNanos).forEach(out::println);
        out.println();
        out.flush();
    }

    private List<String> lines(long nowNanos) {
        List<String> lines = new ArrayList<>();
        lines.add(clock.get() + " " + heading);
        lines.addAll(WireTable.lines(view.rows(nowNanos), view.rejections()));
        return lines;
    }
}
