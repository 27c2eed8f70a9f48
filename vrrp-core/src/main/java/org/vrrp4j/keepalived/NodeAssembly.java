package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.TrackingTraps;
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
                        PauseGrace.DEFAULT));
    }

    private void warnOfTraps(RouterConfig router, List<SyncGroupConfig> groups) {
        Position position = draft.instances.get(router.name()).position();
        TrackingTraps.of(router, SyncGroupConfig.of(router, groups)).forEach(trap -> reading.warning(position, trap));
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
        RouterConfig named = VirtualMacKeywords.withFreeName(config, virtualMacInterfaces);
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
