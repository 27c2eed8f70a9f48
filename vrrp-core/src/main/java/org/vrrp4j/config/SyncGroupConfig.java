package org.vrrp4j.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Routers of a node that are master together or not at all; keepalived's {@code vrrp_sync_group}.
 *
 * @param name what it is called in log lines and events
 * @param members the names of the routers, each once and in no other group; with one the group changes nothing
 * @param trackers what the group follows for all its members
 * @param weighted whether trackers with another weight than 0, of members and of the group, count; otherwise they do
 *     not, since the members must fare alike
 * @param notification whom the group tells of its changes
 */
public record SyncGroupConfig(
        String name, List<String> members, List<Tracked> trackers, boolean weighted, NotifySettings notification) {

    /**
     * Checks the members.
     *
     * @throws IllegalArgumentException if there is none, or one is given twice
     */
    public SyncGroupConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(notification, "notification");
        members = List.copyOf(members);
        trackers = Tracked.eachOnce(trackers);
        if (members.isEmpty() || new HashSet<>(members).size() < members.size()) {
            throw new IllegalArgumentException("group " + name + " needs members, each once: members=" + members);
        }
    }

    /** The group of several that a router is in. */
    public static Optional<SyncGroupConfig> of(RouterConfig router, List<SyncGroupConfig> groups) {
        return groups.stream()
                .filter(group -> group.members().contains(router.name()))
                .findFirst();
    }
}
