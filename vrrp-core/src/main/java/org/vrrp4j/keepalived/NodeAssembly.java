package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vrrp4j.config.LinkDelays;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.TrackingTraps;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RouterId;

/** Puts the instances together to a node. */
final class NodeAssembly {
    private final NodeDraft draft;
    private final Reading reading;
    private final Map<RouterId, InstanceDraft> ids = new HashMap<>();
    private final Set<String> virtualMacInterfaces = new HashSet<>();

    NodeAssembly(NodeDraft draft, Reading reading) {
        this.draft = draft;
        this.reading = reading;
    }

    /** The configuration, or empty if there are errors. */
    Optional<NodeConfig> assemble() {
        draft.trackers.build(draft.globals, reading);
        draft.trackGroups.build(draft, reading);
        draft.groups.values().forEach(this::inherit);
        List<RouterConfig> routers = new ArrayList<>();
        for (InstanceDraft instance : draft.instances.values()) {
            InstanceCheck check = new InstanceCheck(instance, draft.globals, reading);
            Optional<RouterConfigBuilder> builder = check.check();
            check.id().ifPresent(id -> checkUnique(id, instance));
            if (!reading.problems().hasErrors()) {
                builder.flatMap(complete -> build(complete, instance)).ifPresent(routers::add);
            }
        }
        if (draft.instances.isEmpty() && !reading.problems().hasErrors()) {
            reading.error(draft.position(), "there is no vrrp_instance, so there is nothing to do");
        }
        checkAddresses(routers);
        List<SyncGroupConfig> groups = groups();
        routers.forEach(router -> warnOfTraps(router, groups));
        return reading.problems().hasErrors()
                ? Optional.empty()
                : Optional.of(new NodeConfig(
                        draft.globals.routerId.orElse(KeepalivedConf.DEFAULT_NAME),
                        routers,
                        draft.globals.dynamicInterfaces,
                        draft.namespace,
                        groups,
                        draft.globals.reports.build(draft.globals),
                        staticResources(),
                        draft.globals.logsUnknownRouters,
                        linkDelays(routers),
                        PauseGrace.DEFAULT,
                        draft.globals.process.build(draft.globals)));
    }

    private void inherit(SyncGroupKeywords.GroupDraft group) {
        group.members.stream()
                .map(member -> draft.instances.get(member.name()))
                .filter(Objects::nonNull)
                .forEach(instance -> instance.notification.inherit(group.notification));
    }

    private record Owner(Optional<InstanceDraft> instance, Position position) {}

    /** keepalived lets two instances take an address from each other. */
    private void checkAddresses(List<RouterConfig> routers) {
        Map<String, Owner> owners = new HashMap<>();
        for (InstanceDraft.AddressEntry entry : draft.staticAddresses) {
            VirtualAddress address = entry.address();
            String place = IpAddresses.text(address.address(), address.device().orElse(draft.globals.defaultInterface));
            owners.put(place, new Owner(Optional.empty(), entry.position()));
        }
        for (RouterConfig router : routers) {
            InstanceDraft instance = draft.instances.get(router.name());
            Stream.concat(instance.addresses.stream(), instance.excludedAddresses.stream())
                    .forEach(entry -> checkAddress(
                            router.placeOf(entry.address()),
                            new Owner(Optional.of(instance), entry.position()),
                            owners));
        }
    }

    private void checkAddress(String place, Owner owner, Map<String, Owner> owners) {
        Owner first = owners.putIfAbsent(place, owner);
        if (first != null && !first.instance.equals(owner.instance)) {
            reading.error(
                    owner.position,
                    "an address belongs to one vrrp_instance of a host, or is static: " + place + " is in line "
                            + first.position.line() + " already");
        }
    }

    private void warnOfTraps(RouterConfig router, List<SyncGroupConfig> groups) {
        Position position = draft.instances.get(router.name()).position();
        TrackingTraps.of(router, SyncGroupConfig.of(router, groups)).forEach(trap -> reading.warning(position, trap));
    }

    /** A link that is down for longer than a peer waits is no secret to it: keepalived cuts the delay below that. */
    private Map<String, LinkDelays> linkDelays(List<RouterConfig> routers) {
        Map<String, LinkDelays> all = new HashMap<>();
        draft.linkDelays.forEach((name, entry) -> {
            LinkDelays given = entry.delays();
            Duration longest = routers.stream()
                    .filter(router -> router.id().interfaceName().equals(name))
                    .map(NodeAssembly::longestDelay)
                    .min(Comparator.naturalOrder())
                    .orElse(given.down());
            if (longest.compareTo(given.down()) < 0) {
                reading.warning(
                        entry.position(),
                        "the delay of " + name + " going down is cut to " + longest.toMillis()
                                + " ms, after which peers take over");
                given = new LinkDelays(longest, given.up());
            }
            all.put(name, given);
        });
        return all;
    }

    private static Duration longestDelay(RouterConfig router) {
        Duration interval = router.advertisementInterval();
        return router.downTimerAdverts() == 1
                ? Duration.ZERO
                : interval.multipliedBy(router.downTimerAdverts() - 1).minus(interval.dividedBy(256));
    }

    private RouterResources staticResources() {
        return new RouterResources(
                draft.staticAddresses.stream()
                        .map(InstanceDraft.AddressEntry::address)
                        .map(address -> address.device().isPresent()
                                ? address
                                : address.onDevice(draft.globals.defaultInterface))
                        .toList(),
                draft.staticRoutes,
                draft.staticRules,
                true);
    }

    private List<SyncGroupConfig> groups() {
        Map<String, String> taken = new HashMap<>();
        List<SyncGroupConfig> groups = new ArrayList<>();
        for (SyncGroupKeywords.GroupDraft group : draft.groups.values()) {
            List<String> members = new ArrayList<>();
            for (SyncGroupKeywords.Member member : group.members) {
                String other = taken.get(member.name());
                if (!draft.instances.containsKey(member.name())) {
                    reading.error(member.position(), "there is no vrrp_instance " + Found.quote(member.name()));
                } else if (other != null) {
                    reading.error(
                            member.position(),
                            "vrrp_instance " + Found.quote(member.name()) + " is in vrrp_sync_group "
                                    + Found.quote(other) + " already");
                } else {
                    taken.put(member.name(), group.name);
                    members.add(member.name());
                }
            }
            if (group.members.isEmpty() && !group.isDamaged()) {
                reading.error(group.position(), "vrrp_sync_group " + Found.quote(group.name) + " has no members");
            } else if (!members.isEmpty()) {
                groups.add(new SyncGroupConfig(
                        group.name,
                        members,
                        group.tracked.build(),
                        group.weighted,
                        group.notification.build(draft.globals)));
            }
        }
        return groups;
    }

    private RouterConfig named(RouterConfig config, InstanceDraft instance) {
        RouterConfig named =
                VirtualMacKeywords.withFreeName(config, draft.globals.virtualMacPrefix, virtualMacInterfaces);
        String name = named.virtualMac().orElseThrow().interfaceOf(named.id());
        if (!virtualMacInterfaces.add(name)) {
            reading.error(
                    instance.given("use_vmac"),
                    "use_vmac must name another interface: " + Found.quote(name) + " is that of another instance");
        }
        return named;
    }

    private void checkUnique(RouterId id, InstanceDraft instance) {
        InstanceDraft first = ids.putIfAbsent(id, instance);
        if (first != null) {
            reading.error(
                    instance.given("virtual_router_id"),
                    "virtual_router_id must be unique on an interface and in a family: " + id + " is in line "
                            + first.given("virtual_router_id").line() + " already, for "
                            + Found.quote(first.name));
        }
    }

    private Optional<RouterConfig> build(RouterConfigBuilder builder, InstanceDraft instance) {
        try {
            RouterConfig config = builder.build();
            return Optional.of(config.virtualMac().isEmpty() ? config : named(config, instance));
        } catch (IllegalArgumentException e) {
            reading.error(instance.position(), "vrrp_instance " + Found.quote(instance.name) + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
