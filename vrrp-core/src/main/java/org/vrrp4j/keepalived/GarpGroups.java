package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.config.AnnouncementLimits;
import org.vrrp4j.model.IpFamily;

/** The blocks garp_group: how far apart announcements are on some interfaces together. */
final class GarpGroups {
    private static final Values<Duration> GAP = Values.seconds(Duration.ZERO, Duration.ofSeconds(4294));

    static final KeywordTable<GroupDraft> TABLE = new KeywordTable<GroupDraft>("garp_group")
            .line("garp_interval", GAP, (group, gap) -> group.arp = Optional.of(gap))
            .line("gna_interval", GAP, (group, gap) -> group.neighbour = Optional.of(gap))
            .line("interface", Values.text("INTERFACE", "eth0"), GroupDraft::add)
            .block("interfaces", interfaces(), (group, line) -> {
                line.bare();
                return new Block<>(interfaces(), group);
            });

    private final List<GroupDraft> groups = new ArrayList<>();

    private static KeywordTable<GroupDraft> interfaces() {
        return new KeywordTable<GroupDraft>("interfaces").others((group, line) -> {
            line.bare();
            group.add(line.keyword());
        });
    }

    /** One of the blocks. */
    static final class GroupDraft extends Draft {
        private final Set<String> interfaces = new LinkedHashSet<>();
        private Optional<Duration> arp = Optional.empty();
        private Optional<Duration> neighbour = Optional.empty();

        GroupDraft(Position position) {
            super(position);
        }

        private void add(String name) {
            interfaces.add(name);
        }

        private Optional<Duration> gap(IpFamily family) {
            return family == IpFamily.IPV4 ? arp : neighbour;
        }
    }

    static Block<?> onGroup(NodeDraft node, Statement line) {
        line.bare();
        GroupDraft group = new GroupDraft(line.position());
        node.globals.garpGroups.groups.add(group);
        return new Block<>(TABLE, group);
    }

    /** The gap on an interface that is in a group; empty if it is in none. */
    Optional<Duration> gap(String interfaceName, IpFamily family) {
        return groups.stream()
                .filter(group -> group.interfaces.contains(interfaceName))
                .findFirst()
                .map(group -> group.gap(family).orElse(Duration.ZERO));
    }

    /** With those of interfaces that are in no group. */
    AnnouncementLimits limits(AnnouncementLimits.Gaps each, Reading reading) {
        Map<String, GroupDraft> taken = new LinkedHashMap<>();
        List<AnnouncementLimits.Group> built = new ArrayList<>();
        for (GroupDraft group : groups) {
            Set<String> own = new LinkedHashSet<>();
            for (String name : group.interfaces) {
                GroupDraft other = taken.putIfAbsent(name, group);
                if (other == null) {
                    own.add(name);
                } else {
                    reading.warning(
                            group.position(),
                            "interface " + Found.quote(name) + " is in the garp_group of line "
                                    + other.position().line() + " already, which counts");
                }
            }
            if (group.interfaces.isEmpty() && !group.isDamaged()) {
                reading.warning(group.position(), "garp_group without an interface has no effect");
            }
            if (!own.isEmpty()) {
                built.add(new AnnouncementLimits.Group(
                        own,
                        new AnnouncementLimits.Gaps(
                                group.arp.orElse(Duration.ZERO), group.neighbour.orElse(Duration.ZERO))));
            }
        }
        return new AnnouncementLimits(each, built);
    }
}
