package org.vrrp4j.examples.svg;

import java.util.Locale;

/** A picture that is written from top to bottom, in units of a pixel at its natural size. Not thread-safe. */
public final class Svg {
    private static final String STYLE = """
              text { font: 12px system-ui, "DejaVu Sans", Arial, sans-serif; fill: #24292f }
              .title { font-size: 16px; font-weight: 600 }
              .lane { font-size: 14px; font-weight: 600 }
              .quiet { fill: #57606a }
              .paper { fill: #ffffff; stroke: #d0d7de }
              .empty { fill: #eef1f4 }
              .gap { fill: #d00000 }
              .tick { stroke: #d0d7de }
            """;

    private final StringBuilder text = new StringBuilder();

    /**
     * An empty picture with a white background.
     *
     * @param style further lines of CSS, on top of those for title, lane, quiet, paper, empty, gap and tick
     */
    public Svg(double width, double height, String style) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\">",
                width, height, width, height);
        text.append("<style>\n").append(STYLE).append(style).append("</style>\n");
        add(
                "<rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"%.0f\" height=\"%.0f\" rx=\"8\"/>",
                width - 1, height - 1);
    }

    /**
     * Words.
     *
     * @param style a class of the style sheet, or nothing
     * @param anchor start, middle or end: which part of them is at x
     * @param words anything; it is escaped
     */
    public void text(String style, double x, double y, String anchor, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", style, x, y, anchor, escaped);
    }

    /** A filled rectangle. */
    public void bar(String style, double x, double y, double width, double height) {
        add("<rect class=\"%s\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\"/>", style, x, y, width, height);
    }

    /** A vertical line. */
    public void vertical(String style, double x, double from, double until) {
        add("<path class=\"%s\" d=\"M%.1f %.1fV%.1f\"/>", style, x, from, until);
    }

    /** A line to each further point, of which x and y follow each other. */
    public void line(String style, double... points) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i + 1 < points.length; i += 2) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", points[i], points[i + 1]));
        }
        add("<path class=\"%s\" d=\"%s\"/>", style, path);
    }

    /** A filled circle. */
    public void dot(String style, double x, double y, double radius) {
        add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", style, x, y, radius);
    }

    /** The whole file; nothing can be added any more. */
    public String finish() {
        return text.append("</svg>\n").toString();
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
