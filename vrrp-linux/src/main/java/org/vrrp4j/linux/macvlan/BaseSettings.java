package org.vrrp4j.linux.macvlan;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.Ipv4Setting;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;

/**
 * The ARP settings of the interfaces below: changed for the first macvlan of IPv4 on one, restored with the last, of
 * whichever process. How many there are, and what was set before, the kernel knows: it is in their aliases.
 */
final class BaseSettings {
    private static final Logger LOG = LoggerFactory.getLogger(BaseSettings.class);

    private static final int ANSWER_FOR_OWN = 1;
    private static final int ANSWER_FOR_OWN_SUBNET = 2;
    private static final int ANSWER_NOTHING = 8;
    private static final Map<Ipv4Setting, Integer> OURS =
            Map.of(Ipv4Setting.ARP_IGNORE, ANSWER_FOR_OWN, Ipv4Setting.ARP_ANNOUNCE, 2);

    private final RouteFeed feed;
    private final NetlinkClient client;
    private final Set<Integer> leaving = new HashSet<>();
    // The same, by the number of the interface below: with a macvlan that somebody else deletes, its alias goes.
    private final Map<Integer, Map<Ipv4Setting, Integer>> kept = new HashMap<>();

    BaseSettings(RouteFeed feed, NetlinkClient client) {
        this.feed = feed;
        this.client = client;
    }

    /**
     * Sets them for a macvlan that is being made.
     *
     * @return what was set before the first one
     */
    Map<Ipv4Setting, Integer> apply(LinkMessage base) throws LinuxException {
        Map<Ipv4Setting, Integer> now = Ipv4Setting.readAll(client, base.index());
        Map<Ipv4Setting, Integer> saved = savedBySibling(base.index(), 0).orElseGet(() -> before(base.index(), now));
        kept.keySet().removeIf(index -> feed.table().link(index).isEmpty());
        kept.put(base.index(), saved);
        for (Map.Entry<Ipv4Setting, Integer> wanted : OURS.entrySet()) {
            if (!suffices(wanted.getKey(), now.getOrDefault(wanted.getKey(), 0))) {
                wanted.getKey().set(client, base.index(), base.name(), wanted.getValue());
            }
        }
        return saved;
    }

    /** What is set now, unless it is as we have set it earlier. */
    private Map<Ipv4Setting, Integer> before(int baseIndex, Map<Ipv4Setting, Integer> now) {
        Map<Ipv4Setting, Integer> values = new EnumMap<>(Ipv4Setting.class);
        Map<Ipv4Setting, Integer> earlier = kept.getOrDefault(baseIndex, Map.of());
        OURS.forEach((setting, ours) -> {
            int value = now.getOrDefault(setting, 0);
            values.put(setting, value == ours ? earlier.getOrDefault(setting, value) : value);
        });
        return values;
    }

    private static boolean suffices(Ipv4Setting setting, int value) {
        return value == OURS.get(setting)
                || setting == Ipv4Setting.ARP_IGNORE && (value == ANSWER_FOR_OWN_SUBNET || value == ANSWER_NOTHING);
    }

    private Optional<Map<Ipv4Setting, Integer>> savedBySibling(int baseIndex, int exceptIndex) {
        return feed.table().links().stream()
                .filter(link -> link.parentIndex() == baseIndex && link.index() != exceptIndex)
                .filter(link -> !leaving.contains(link.index()))
                .flatMap(link -> LinkAlias.of(link).stream())
                .map(LinkAlias::saved)
                .filter(saved -> !saved.isEmpty())
                .findFirst();
    }

    /** Restores them if a macvlan that is about to go is the last one. */
    void onLeaving(LinkMessage macvlan) {
        leaving.removeIf(index -> feed.table().link(index).isEmpty());
        leaving.add(macvlan.index());
        int base = macvlan.parentIndex();
        Map<Ipv4Setting, Integer> saved =
                LinkAlias.of(macvlan).map(LinkAlias::saved).orElse(Map.of());
        if (saved.isEmpty() || savedBySibling(base, macvlan.index()).isPresent()) {
            return;
        }
        kept.remove(base);
        try {
            Map<Ipv4Setting, Integer> now = Ipv4Setting.readAll(client, base);
            for (Map.Entry<Ipv4Setting, Integer> before : saved.entrySet()) {
                // what somebody else has set since is left alone
                boolean ours = OURS.get(before.getKey()).equals(now.get(before.getKey()));
                if (ours && !before.getValue().equals(now.get(before.getKey()))) {
                    before.getKey().set(client, base, feed.table().nameOf(base), before.getValue());
                }
            }
        } catch (LinuxException e) {
            LOG.warn("Cannot restore the ARP settings of {}: {}", feed.table().nameOf(base), e.getMessage());
        }
    }
}
