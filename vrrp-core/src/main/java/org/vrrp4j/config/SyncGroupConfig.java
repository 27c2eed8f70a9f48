package org.vrrp4j.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * What a member follows: its own trackers and the group's; weights only if all members fare alike by them.
     *
     * @param member one of the routers
     * @param routers all routers of the node
     */
    public List<Tracked> followed(RouterConfig member, List<RouterConfig> routers) {
        Map<Tracker, Tracked> followed = new LinkedHashMap<>();
        trackers.forEach(tracked -> followed.put(tracked.tracker(), tracked));
        member.trackers().forEach(tracked -> followed.put(tracked.tracker(), tracked));
        boolean counted =
                weighted && routers.stream().noneMatch(router -> router.isOwner() && members.contains(router.name()));
        followed.values().removeIf(tracked -> !counted && !tracked.weight().isFault());
        return List.copyOf(followed.values());
    }

    /** The group of several that a router is in. */
    public static Optional<SyncGroupConfig> of(RouterConfig router, List<SyncGroupConfig> groups) {
        return groups.stream()
                .filter(group -> group.members().contains(router.name()))
                .findFirst();
    }
}
