package org.vrrp4j.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.model.RouterId;

/**
 * The configuration of a node: the virtual routers that one event loop runs.
 *
 * @param name what the node calls itself in logs and thread names; keepalived's router_id
 * @param routers its virtual routers
 * @param waitsForInterfaces whether an interface may be missing at the start: its routers wait for it in FAULT. One
 *     that goes while the node runs is waited for in any case
 * @param namespace the network namespace that all of them live in; empty for that of the JVM
 * @param staticResources addresses, routes and rules that are there as long as the node runs, whoever is master; each
 *     address names its device
 */
public record NodeConfig(
        String name,
        List<RouterConfig> routers,
        boolean waitsForInterfaces,
        Optional<NamespaceName> namespace,
        RouterResources staticResources) {

    /**
     * A node whose interfaces must exist when it starts, in the network namespace of the JVM.
     *
     * @throws IllegalArgumentException if there is no router, or two have the same interface, VRID and family
     */
    public NodeConfig(String name, List<RouterConfig> routers) {
        this(name, routers, false, Optional.empty());
    }

    /**
     * A node without static resources.
     *
     * @throws IllegalArgumentException if there is no router, or two have the same interface, VRID and family
     */
    public NodeConfig(
            String name, List<RouterConfig> routers, boolean waitsForInterfaces, Optional<NamespaceName> namespace) {
        this(name, routers, waitsForInterfaces, namespace, RouterResources.of(List.of()));
    }

    /**
     * Checks that the routers can live together.
     *
     * @throws IllegalArgumentException if there is no router, two have the same interface, VRID and family, or a static
     *     address names no device
     */
    public NodeConfig {
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
        for (RouterConfig router : routers) {
            if (!ids.add(router.id())) {
                throw new IllegalArgumentException("two virtual routers are " + router.id());
            }
        }
    }
}
