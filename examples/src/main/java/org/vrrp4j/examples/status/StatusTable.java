package org.vrrp4j.examples.status;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.RouterStatus;

/** A node as a table: a line for each router. */
final class StatusTable {
    private static final List<String> HEAD =
            List.of("NAME", "ROUTER", "ROLE", "FOR", "PRIO", "MASTER", "ADDRESSES", "SENT", "HEARD", "CAUSE");

    private StatusTable() {}

    static String text(NodeStatus node, Optional<Instant> nextReload, Instant now) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        node.routers().forEach(router -> rows.add(row(router, now)));
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int index = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(index).length())
                        .max()
                        .orElse(0);
                line.append(row.get(column))
                        .append(" ".repeat(width - row.get(column).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        text.append("while the process is paused, advertisements go on: ")
                .append(node.sendingAhead().text())
                .append('\n');
        node.lastReload()
                .ifPresent(last -> text.append(last.done() ? "reloaded " : "not reloaded ")
                        .append(Math.max(0, Duration.between(last.time(), now).toSeconds()))
                        .append(" s ago: ")
                        .append(last.text())
                        .append('\n'));
        nextReload.ifPresent(time -> text.append("reloads in ")
                .append(Math.max(0, Duration.between(now, time).toSeconds()))
                .append(" s, at ")
                .append(time)
                .append('\n'));
        return text.toString();
    }

    private static List<String> row(RouterStatus router, Instant now) {
        String first =
                router.addresses().isEmpty() ? "-" : router.addresses().get(0).getHostAddress();
        int more = router.addresses().size() - 1;
        return List.of(
                router.name(),
                router.router().toString(),
                router.role().name(),
                Math.max(0, Duration.between(router.since(), now).toSeconds()) + " s",
                Integer.toString(router.priority()),
                router.master().map(InetAddress::getHostAddress).orElse(router.isMaster() ? "this one" : "-"),
                first + (more > 0 ? " and " + more + " more" : ""),
                Long.toString(router.statistics().advertisementsSent()),
                Long.toString(router.statistics().advertisementsReceived()),
                router.cause().text()
                        + (router.faults().isEmpty()
                                ? ""
                                : router.faults().stream()
                                        .map(Enum::name)
                                        .sorted()
                                        .collect(Collectors.joining(" ", " (", ")"))));
    }
}
