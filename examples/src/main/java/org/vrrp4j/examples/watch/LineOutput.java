package org.vrrp4j.examples.watch;

import java.io.PrintWriter;
import java.util.function.Function;

/** Prints a line for each packet. */
public final class LineOutput implements WatchOutput {
    private final PrintWriter out;
    private final Function<ObservedPacket, String> format;

    /** With one of {@link PacketText#line} and {@link PacketJson#line}. */
    public LineOutput(PrintWriter out, Function<ObservedPacket, String> format) {
        this.out = out;
        this.format = format;
    }

    @Override
    public void onPacket(long nowNanos, ObservedPacket packet) {
        out.println(format.apply(packet));
    }

    @Override
    public void onTime(long nowNanos) {
        out.flush();
    }

    @Override
    public void end(long nowNanos) {
        out.flush();
    }
}
