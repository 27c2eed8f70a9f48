package org.vrrp4j.sim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.runtime.NodeRuntime;
import org.vrrp4j.runtime.RouterObserver;
import org.vrrp4j.sim.Occurrence.NodeFate;
import org.vrrp4j.sim.Occurrence.RouterState;

/** The real runtime in a simulated process, from its start to its end. Its listeners hear within the event. */
final class SimulatedNode implements RouterObserver {
    private static final int JOURNAL_LIMIT = 100;

    private NodeConfig config;
    private final Map<RouterId, List<RouterConfig>> configs = new HashMap<>();
    private final SimulatedHost host;
    private final SimulatedProcess process;
    private final SimulatedTransport transport;
    private final SimulatedPlatform platform;
    private final NodeRuntime runtime;
    private final List<RoleChange> changes;
    private final List<VrrpEvent> events;
    private final Map<RouterId, Role> told = new HashMap<>();
    private boolean stopping;

    SimulatedNode(NodeConfig config, SimulatedHost host, List<RoleChange> changes, List<VrrpEvent> events) {
        this.config = config;
        config.routers().forEach(router -> configs.put(router.id(), new ArrayList<>(List.of(router))));
        this.host = host;
        this.changes = changes;
        this.events = events;
        this.process = host.newProcess();
        this.transport = new SimulatedTransport(process);
        this.platform = new SimulatedPlatform(process);
        this.runtime = new NodeRuntime(config, process, transport, platform, router -> this, JOURNAL_LIMIT);
        host.network().occur(new Occurrence.NodeChanged(host, NodeFate.STARTED));
        try {
            runtime.start();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    NodeConfig config() {
        return config;
    }

    NodeStatus status() {
        return runtime.status();
    }

    boolean isStalled() {
        return process.isStalled();
    }

    boolean isStopping() {
        return stopping;
    }

    SimulatedProcess process() {
        return process;
    }

    SimulatedBackend backend() {
        return platform.backend();
    }

    Role toldRole(RouterConfig router) {
        return told.getOrDefault(router.id(), Role.INIT);
    }

    /** Leaves gracefully; the process ends when that is done. */
    void stop(Runnable afterwards) {
        if (stopping) {
            return;
        }
        stopping = true;
        process.execute(() -> {
            if (process.isAlive()) {
                runtime.stop().whenComplete((nothing, failure) -> end(afterwards));
            }
        });
    }

    /** Lets the router of that identity run with another configuration. */
    void configure(RouterConfig router) {
        process.execute(() -> {
            if (process.isAlive() && !stopping) {
                List<RouterConfig> routers = new ArrayList<>(config.routers());
                routers.replaceAll(old -> old.id().equals(router.id()) ? router : old);
                config = config.with(config.name(), routers);
                configs.get(router.id()).add(router);
                runtime.configure(router);
            }
        });
    }

    Replay replay(RouterId router) {
        return Replay.of(configs.get(router), runtime.journal(router));
    }

    void handOver(RouterId router) {
        process.execute(() -> {
            if (process.isAlive()) {
                runtime.handOver(router, true);
            }
        });
    }

    private void end(Runnable afterwards) {
        platform.close();
        transport.close();
        process.close();
        afterwards.run();
        host.network().occur(new Occurrence.NodeChanged(host, NodeFate.STOPPED));
    }

    /** The role that a router has, whether or not its listener was told; null if there is no such router. */
    Role role(RouterId router) {
        List<RouterConfig> routers = config.routers();
        for (int i = 0; i < routers.size(); i++) {
            if (routers.get(i).id().equals(router)) {
                return runtime.role(i);
            }
        }
        return null;
    }

    List<RouterState> routerStates() {
        List<RouterConfig> routers = config.routers();
        List<RouterState> states = new ArrayList<>(routers.size());
        for (int i = 0; i < routers.size(); i++) {
            states.add(new RouterState(
                    routers.get(i).id(), runtime.role(i), runtime.rejected(i), runtime.nextDeadlineNanos(i)));
        }
        return states;
    }

    @Override
    public void onRoleChange(RoleChange change) {
        told.put(change.router(), change.to());
        changes.add(change);
        host.network().occur(new Occurrence.RoleTold(host, change));
    }

    @Override
    public void onEvent(VrrpEvent event) {
        events.add(event);
        host.network().occur(new Occurrence.EventTold(host, event));
    }
}
