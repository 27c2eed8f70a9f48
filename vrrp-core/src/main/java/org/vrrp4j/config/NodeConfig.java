package org.vrrp4j.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RouterId;

/**
 * The configuration of a node: the virtual routers that one event loop runs.
 *
 * @param name what the node calls itself in logs and thread names; keepalived's router_id
 * @param routers its virtual routers
 * @param waitsForInterfaces whether an interface may be missing at the start: its routers wait for it in FAULT. One
 *     that goes while the node runs is waited for in any case
 * @param namespace the network namespace that all of them live in; empty for that of the JVM
 * @param groups routers that are master together or not at all; each router in one of them at most
 * @param notification whom the node tells of its routers and groups, besides the listeners
 * @param staticResources addresses, routes and rules that are there as long as the node runs, whoever is master; each
 *     address names its device
 * @param logsUnknownRouters whether the log tells of advertisements for virtual routers that the node does not have
 * @param linkDelays for how long interfaces must be down or up before that counts, by their names; 0 for others
 * @param pauseGrace for how long it goes on advertising while its process is paused
 * @param process what is said of the process that runs it
 */
public record NodeConfig(
        String name,
        List<RouterConfig> routers,
        boolean waitsForInterfaces,
        Optional<NamespaceName> namespace,
        List<SyncGroupConfig> groups,
        NodeNotification notification,
        RouterResources staticResources,
        boolean logsUnknownRouters,
        Map<String, LinkDelays> linkDelays,
        PauseGrace pauseGrace,
        ProcessSettings process) {

    /**
     * A node that does not log unknown routers, hears of its links at once, and has the default pause grace.
     *
     * @throws IllegalArgumentException as with all values
     */
    public NodeConfig(
            String name,
            List<RouterConfig> routers,
            boolean waitsForInterfaces,
            Optional<NamespaceName> namespace,
            List<SyncGroupConfig> groups,
            NodeNotification notification,
            RouterResources staticResources) {
        this(
                name,
                routers,
                waitsForInterfaces,
                namespace,
                groups,
                notification,
                staticResources,
                false,
                Map.of(),
                PauseGrace.DEFAULT,
                ProcessSettings.NONE);
    }

    /**
     * A node whose interfaces must exist when it starts, in the network namespace of the JVM.
     *
     * @throws IllegalArgumentException if there is no router, or two have the same interface, VRID and family, or one
     *     address
     */
    public NodeConfig(String name, List<RouterConfig> routers) {
        this(name, routers, false, Optional.empty());
    }

    /**
     * A node without groups and static resources that tells nobody but its listeners.
     *
     * @throws IllegalArgumentException if there is no router, or two have the same interface, VRID and family,
     *     or the same interface for their virtual MAC address
     */
    public NodeConfig(
            String name, List<RouterConfig> routers, boolean waitsForInterfaces, Optional<NamespaceName> namespace) {
        this(
                name,
                routers,
                waitsForInterfaces,
                namespace,
                List.of(),
                NodeNotification.NONE,
                RouterResources.of(List.of()));
    }

    /**
     * Checks that the routers can live together.
     *
     * @throws IllegalArgumentException if there is no router, or two have the same interface, VRID and family, or one
     *     address, which each would take away when it yields, or a group has a member that is no router or is in
     *     another group, or a static address names no device, or the pause grace outlasts the lease of an address
     */
    public NodeConfig {
        Objects.requireNonNull(pauseGrace, "pauseGrace");
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(notification, "notification");
        groups = List.copyOf(groups);
        linkDelays = Map.copyOf(linkDelays);
        staticResources.addresses().stream()
                .filter(address -> address.device().isEmpty())
                .findFirst()
                .ifPresent(address -> {
                    throw new IllegalArgumentException("a static address needs a device: address=" + address);
                });
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(namespace, "namespace");
        routers = List.copyOf(routers);
        if (routers.isEmpty()) {
            throw new IllegalArgumentException("a node needs at least one virtual router");
        }
        Set<RouterId> ids = new HashSet<>();
        Set<String> interfaces = new HashSet<>();
        for (RouterConfig router : routers) {
            if (!ids.add(router.id())) {
                throw new IllegalArgumentException("two virtual routers are " + router.id());
            }
            router.virtualMac().map(mac -> mac.interfaceOf(router.id())).ifPresent(device -> {
                if (!interfaces.add(device)) {
                    throw new IllegalArgumentException("two virtual routers want the interface " + device
                            + " for their virtual MAC address: give that of " + router.id() + " another name");
                }
            });
        }
        checkAddresses(routers, staticResources);
        checkGroups(routers, groups);
        routers.forEach(pauseGrace::check);
    }

    /**
     * The same with another pause grace.
     *
     * @throws IllegalArgumentException if it outlasts the lease of an address
     */
    public NodeConfig with(PauseGrace newPauseGrace) {
        return newPauseGrace.equals(pauseGrace) ? this : copy(name, routers, newPauseGrace);
    }

    private static void checkAddresses(List<RouterConfig> routers, RouterResources staticResources) {
        Map<String, String> owners = new HashMap<>();
        for (VirtualAddress address : staticResources.addresses()) {
            owners.put(IpAddresses.text(address.address(), address.device().orElse("")), "the static addresses");
        }
        for (RouterConfig router : routers) {
            for (VirtualAddress address : router.resources().addresses()) {
                String place = router.placeOf(address);
                String other = owners.put(place, "virtual router " + router.id());
                if (other != null) {
                    throw new IllegalArgumentException("an address belongs to one virtual router of a host: " + place
                            + " is among those of " + other + " and of virtual router " + router.id());
                }
            }
        }
    }

    /** The same under another name and with other routers. */
    public NodeConfig with(String newName, List<RouterConfig> newRouters) {
        return copy(newName, newRouters, pauseGrace);
    }

    private NodeConfig copy(String newName, List<RouterConfig> newRouters, PauseGrace newPauseGrace) {
        return new NodeConfig(
                newName,
                newRouters,
                waitsForInterfaces,
                namespace,
                groups,
                notification,
                staticResources,
                logsUnknownRouters,
                linkDelays,
                newPauseGrace,
                process);
    }

    private static void checkGroups(List<RouterConfig> routers, List<SyncGroupConfig> groups) {
        Set<String> free = new HashSet<>();
        routers.forEach(router -> free.add(router.name()));
        for (SyncGroupConfig group : groups) {
            for (String member : group.members()) {
                if (!free.remove(member)) {
                    throw new IllegalArgumentException("member " + member + " of group " + group.name()
                            + " must be a virtual router of the node, and in no other group");
                }
            }
        }
    }
}
