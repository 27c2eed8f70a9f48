package org.vrrp4j.examples.watch;

import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.VrrpVersion;

/** Rows as lines of text: the table, below it what is wrong, below that what has been rejected. */
public final class WireTable {
    private static final List<String> HEADINGS = List.of(
            "INTERFACE",
            "VRID",
            "FAMILY",
            "VERSION",
            "MASTER",
            "PRIORITY",
            "INTERVAL",
            "MEASURED",
            "JITTER",
            "PACKETS",
            "ADDRESSES");

    private WireTable() {}

    /** The lines, columns aligned. */
    public static List<String> lines(List<WireRow> rows, List<RejectedPackets> rejections) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADINGS);
        rows.forEach(row -> cells.add(cells(row)));
        List<String> lines = new ArrayList<>(aligned(cells));
        rows.forEach(row -> row.conflicts().forEach(conflict -> lines.add("! " + name(row) + ": " + conflict)));
        for (RejectedPackets each : rejections) {
            String detail = each.detail().isEmpty() ? "" : " (" + each.detail() + ")";
            lines.add("- " + each.router() + " from " + each.sender() + ": " + each.count() + " rejected: "
                    + each.reason() + detail);
        }
        return lines;
    }

    /** What makes a new table worth printing: everything but what goes on with each packet. */
    public static List<String> state(List<WireRow> rows, List<RejectedPackets> rejections) {
        List<String> state = new ArrayList<>();
        for (WireRow row : rows) {
            state.add(name(row) + " " + master(row) + " " + row.last() + " " + row.conflicts());
        }
        rejections.forEach(each -> state.add(each.router() + " " + each.sender() + " " + each.reason()));
        return state;
    }

    private static List<String> cells(WireRow row) {
        return List.of(
                row.link(),
                Integer.toString(row.vrid()),
                family(row.family()),
                "v" + row.last().version().number(),
                master(row),
                Integer.toString(row.last().priority()),
                PacketText.duration(row.last().interval()),
                row.measured().map(PacketText::duration).orElse("-"),
                row.jitter().map(PacketText::duration).orElse("-"),
                Long.toString(row.advertisements()),
                addresses(row));
    }

    private static String addresses(WireRow row) {
        String authentication = row.last().version() == VrrpVersion.V2
                        && row.last().authentication().type() != 0
                ? " (" + row.last().authentication() + ")"
                : "";
        return PacketText.addresses(row.last().addresses()) + authentication;
    }

    private static String master(WireRow row) {
        String address = IpAddresses.text(row.master());
        return switch (row.state()) {
            case PRESENT -> address;
            case GAVE_UP -> address + " (gave up)";
            case SILENT -> address + " (silent)";
            default -> throw new IllegalStateException("unknown state " + row.state());
        };
    }

    private static String family(IpFamily family) {
        return family == IpFamily.IPV4 ? "IPv4" : "IPv6";
    }

    static String name(String link, String vrid, IpFamily family) {
        return (link + " vrid " + vrid + " " + family(family)).strip();
    }

    private static String name(WireRow row) {
        return name(row.link(), Integer.toString(row.vrid()), row.family());
    }

    private static List<String> aligned(List<List<String>> cells) {
        int columns = HEADINGS.size();
        int[] widths = new int[columns];
        for (List<String> row : cells) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
