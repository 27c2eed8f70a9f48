package org.vrrp4j.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.GroupStatus;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.spi.EventLoop;

/** The sync groups of a node. On the loop's thread, but for {@link #status()}. */
final class GroupSet {
    private final EventLoop loop;
    private final BiConsumer<RouterRuntime, GroupChange> observer;
    private final Map<String, GroupRuntime> byMember = new HashMap<>();
    private volatile List<GroupRuntime> groups = List.of();

    /**
     * No group.
     *
     * @param observer hears of a change of a group, with its first router
     */
    GroupSet(EventLoop loop, BiConsumer<RouterRuntime, GroupChange> observer) {
        this.loop = loop;
        this.observer = observer;
    }

    /**
     * Goes on with these groups. A router that is in none any more is on its own from now on; one that is not given is
     * about to end and heard of no more.
     *
     * @param named the routers that there are, by their names from now on
     */
    void configure(List<SyncGroupConfig> next, Map<String, RouterRuntime> named) {
        Set<RouterRuntime> grouped = new HashSet<>();
        groups.forEach(group -> grouped.addAll(group.routers()));
        Map<String, GroupRuntime> before = new HashMap<>();
        groups.forEach(group -> before.put(group.config().name(), group));
        List<GroupRuntime> now = new ArrayList<>();
        for (SyncGroupConfig config : next) {
            GroupRuntime group = Optional.ofNullable(before.remove(config.name()))
                    .orElseGet(() -> new GroupRuntime(config, loop, observer));
            group.configure(config, named);
            now.add(group);
        }
        before.values().forEach(GroupRuntime::stop);
        groups = List.copyOf(now);
        byMember.clear();
        now.forEach(group -> group.config().members().forEach(member -> byMember.put(member, group)));
        now.forEach(group -> grouped.removeAll(group.routers()));
        grouped.forEach(router -> router.follow(() -> {}));
        named.forEach((name, router) -> {
            if (grouped.contains(router)) {
                leave(name, router);
            }
            join(name, router);
        });
    }

    /** One that another group has from now on is held back by that one, and hears of its faults. */
    private void leave(String name, RouterRuntime router) {
        if (router.machine().faults().contains(Fault.GROUP)) {
            router.feed(new Input.FaultCleared(Fault.GROUP));
        }
        if (groupOf(name).isEmpty()) {
            router.feed(new Input.GroupLeft());
        }
    }

    private Optional<GroupRuntime> groupOf(String name) {
        return Optional.ofNullable(byMember.get(name));
    }

    /**
     * A router that has been made takes part in its group, if it is in one and does not already.
     *
     * @param name its name from now on
     */
    void join(String name, RouterRuntime router) {
        groupOf(name).filter(group -> !group.has(router)).ifPresent(group -> group.join(name, router));
    }

    /** The routers end, each for itself. */
    void stop() {
        groups.forEach(GroupRuntime::stop);
    }

    /** On any thread. */
    List<GroupStatus> status() {
        return groups.stream().map(GroupRuntime::status).toList();
    }
}
