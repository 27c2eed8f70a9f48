package org.vrrp4j.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.model.IpFamily;

/**
 * How far apart the announcements of a node are at least, for switches that cannot bear many of them: those of all its
 * routers together. An address that has to wait is announced once when its turn comes, however often it was to be
 * announced meanwhile. An interface is that which an address would be on without a virtual MAC address.
 *
 * @param each on each interface that is in no group, by itself
 * @param groups interfaces whose announcements are counted together
 */
public record AnnouncementLimits(Gaps each, List<Group> groups) {
    /** None: announcements are sent when they are due. */
    public static final AnnouncementLimits NONE = new AnnouncementLimits(Gaps.NONE, List.of());

    /**
     * The least distances of two announcements.
     *
     * @param arp of two by gratuitous ARP, 0 to {@link AnnouncementSchedule#MAX}
     * @param neighbour of two by neighbour advertisement, within the same bounds
     */
    public record Gaps(Duration arp, Duration neighbour) {
        /** None. */
        public static final Gaps NONE = new Gaps(Duration.ZERO, Duration.ZERO);

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if one is negative or longer than a day
         */
        public Gaps {
            check("arp", arp);
            check("neighbour", neighbour);
        }

        private static void check(String name, Duration gap) {
            if (gap.isNegative() || gap.compareTo(AnnouncementSchedule.MAX) > 0) {
                throw new IllegalArgumentException(
                        "the gap of announcements must be 0 to one day: " + name + "=" + gap);
            }
        }

        /** That of addresses of a family. */
        public Duration of(IpFamily family) {
            return family == IpFamily.IPV4 ? arp : neighbour;
        }
    }

    /**
     * Interfaces whose announcements are counted together; keepalived's {@code garp_group}.
     *
     * @param interfaces their names, at least one
     * @param gaps the distances
     */
    public record Group(Set<String> interfaces, Gaps gaps) {
        /**
         * Copies the names.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Group {
            Objects.requireNonNull(gaps, "gaps");
            interfaces = Set.copyOf(interfaces);
            if (interfaces.isEmpty()) {
                throw new IllegalArgumentException("a group of announcements must have an interface: interfaces=[]");
            }
        }
    }

    /**
     * Checks that no interface is in two groups.
     *
     * @throws IllegalArgumentException if one is
     */
    public AnnouncementLimits {
        Objects.requireNonNull(each, "each");
        groups = List.copyOf(groups);
        Set<String> names = new HashSet<>();
        for (Group group : groups) {
            for (String name : group.interfaces()) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("interface " + name + " is in two groups of announcements");
                }
            }
        }
    }

    /** The group that an interface is in. */
    public Optional<Group> groupOf(String interfaceName) {
        return groups.stream()
                .filter(group -> group.interfaces().contains(interfaceName))
                .findFirst();
    }
}
