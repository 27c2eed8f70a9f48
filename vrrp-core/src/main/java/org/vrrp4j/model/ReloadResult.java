package org.vrrp4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a new configuration. Routers are called by their names; one whose name has changed by the new one.
 *
 * @param added routers that were started
 * @param removed routers that left the election and are no more
 * @param restarted routers that were stopped and started again, and what they could not change while they ran: the
 *     names of the settings, as {@link org.vrrp4j.config.RouterConfigBuilder} has them, or interface, vrid or family
 * @param changed routers that changed while they ran, and which settings
 * @param unchanged routers that noticed nothing
 * @param others what else is different now: name, waitsForInterfaces, logsUnknownRouters, linkDelays,
 *     notification, staticResources, process, or a group
 */
public record ReloadResult(
        List<String> added,
        List<String> removed,
        Map<String, List<String>> restarted,
        Map<String, List<String>> changed,
        List<String> unchanged,
        List<String> others) {

    private static final int MAX_LISTED = 10;

    /** Copies everything. */
    public ReloadResult {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        restarted = Map.copyOf(restarted);
        changed = Map.copyOf(changed);
        unchanged = List.copyOf(unchanged);
        others = List.copyOf(others);
    }

    /** Whether the configuration was the same as before. */
    public boolean isNothing() {
        return added.isEmpty() && removed.isEmpty() && restarted.isEmpty() && changed.isEmpty() && others.isEmpty();
    }

    /** In words, for log lines: a clause without a full stop. Long lists are cut. */
    public String text() {
        List<String> parts = new ArrayList<>();
        part(parts, "added", added);
        part(parts, "removed", removed);
        part(parts, "restarted", withSettings(restarted));
        part(parts, "changed", withSettings(changed));
        part(parts, "also changed", others);
        return isNothing()
                ? "nothing has changed"
                : String.join("; ", parts) + "; " + unchanged.size() + " of the routers unchanged";
    }

    private static void part(List<String> parts, String verb, List<String> names) {
        if (!names.isEmpty()) {
            int more = names.size() - MAX_LISTED;
            String listed = String.join(", ", names.subList(0, Math.min(MAX_LISTED, names.size())));
            parts.add(verb + " " + listed + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    private static List<String> withSettings(Map<String, List<String>> routers) {
        return new TreeMap<>(routers)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                        .toList();
    }

    @Override
    public String toString() {
        return text();
    }
}
