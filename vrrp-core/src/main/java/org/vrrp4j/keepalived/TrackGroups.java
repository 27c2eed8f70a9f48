package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The blocks track_group, and what is static that names one: the instances of the group follow the interface of the
 * address, route or rule. It is gone with its interface and cannot be put back, so they are in FAULT without that; what
 * somebody takes away is put back, and no role changes. So keepalived does it.
 */
final class TrackGroups {
    static final String NOTE = "without the interface of what is static its instances are in FAULT; what somebody takes"
            + " away is put back, and no role changes";

    private static final KeywordTable<GroupDraft> MEMBERS =
            new KeywordTable<GroupDraft>("group").others((group, line) -> group.members.addAll(line.words()));

    static final KeywordTable<GroupDraft> TABLE = new KeywordTable<GroupDraft>("track_group")
            .block("group", (group, line) -> {
                line.noParameters();
                return new Block<>(MEMBERS, group);
            });

    private final Map<String, GroupDraft> groups = new LinkedHashMap<>();
    private final List<Followed> followed = new ArrayList<>();

    /** What the block says. */
    static final class GroupDraft extends Draft {
        private final List<String> members = new ArrayList<>();

        GroupDraft(Position position) {
            super(position);
        }
    }

    /** Something static; on the default interface if it names none. */
    private record Followed(GroupDraft group, Optional<String> interfaceName) {}

    static Block<?> onGroup(NodeDraft node, Statement line) {
        Optional<String> name = line.value("the name of the group");
        if (name.isEmpty()) {
            return Block.skipped(line.position());
        }
        GroupDraft draft = new GroupDraft(line.position());
        GroupDraft first = node.trackGroups.groups.putIfAbsent(name.get(), draft);
        if (first != null) {
            line.error("track_group " + Found.quote(name.get()) + " is in line "
                    + first.position().line() + " already; give each group a name of its own");
            return Block.skipped(line.position());
        }
        return new Block<>(TABLE, draft);
    }

    /** Something static names a group that stands above. */
    void follow(String group, Optional<String> interfaceName, Statement line) {
        GroupDraft named = groups.get(group);
        if (named == null) {
            line.error(Found.quote(group) + " is no track_group that stands above");
        } else {
            followed.add(new Followed(named, interfaceName));
        }
    }

    /** A static route or rule. */
    void follow(Optional<String> group, boolean tracked, Optional<String> interfaceName, Statement line) {
        if (group.isEmpty()) {
            return;
        }
        if (!tracked || interfaceName.isEmpty()) {
            line.warning("'track_group' " + (tracked ? "needs an interface in the line" : "does not go with no_track")
                    + ": no instance follows this");
        } else {
            follow(group.get(), interfaceName, line);
        }
    }

    /** Gives the instances what they follow; not before all are read. */
    void build(NodeDraft node, Reading reading) {
        groups.forEach((name, group) -> {
            List<String> unknown = group.members.stream()
                    .filter(member -> !node.instances.containsKey(member))
                    .toList();
            unknown.forEach(member -> reading.warning(
                    group.position(),
                    "track_group " + Found.quote(name) + ": there is no vrrp_instance " + Found.quote(member)));
            if (unknown.size() == group.members.size() && !group.isDamaged()) {
                reading.warning(
                        group.position(),
                        "track_group " + Found.quote(name) + " has no instance: nobody follows what names it");
            }
        });
        for (Followed entry : followed) {
            String interfaceName = entry.interfaceName.orElse(node.globals.defaultInterface);
            entry.group.members.stream()
                    .map(node.instances::get)
                    .filter(instance -> instance != null && !isOwn(interfaceName, instance))
                    .forEach(instance -> instance.tracked.followInterface(interfaceName));
        }
    }

    /** An instance follows its own interface, unless it says otherwise. */
    private static boolean isOwn(String interfaceName, InstanceDraft instance) {
        return instance.tracksLink
                && instance.interfaceName.filter(interfaceName::equals).isPresent();
    }
}
