package org.vrrp4j.sim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NodeDifference;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.runtime.NodeRuntime;
import org.vrrp4j.runtime.NodeRuntime.Comparison;
import org.vrrp4j.runtime.RouterObserver;
import org.vrrp4j.sim.Occurrence.NodeFate;
import org.vrrp4j.sim.Occurrence.RouterState;

/** The real runtime in a simulated process, from its start to its end. Its listeners hear within the event. */
final class SimulatedNode implements RouterObserver {
    private static final int JOURNAL_LIMIT = 100;

    private final Map<RouterId, List<RouterConfig>> configs = new HashMap<>();
    private final SimulatedHost host;
    private final SimulatedProcess process;
    private final SimulatedTransport transport;
    private final SimulatedPlatform platform;
    private final NodeRuntime runtime;
    private final List<RoleChange> changes;
    private final List<VrrpEvent> events;
    private final Map<RouterId, Role> told = new HashMap<>();
    private final Set<String> forming = new HashSet<>();
    private boolean stopping;

    SimulatedNode(NodeConfig config, SimulatedHost host, List<RoleChange> changes, List<VrrpEvent> events) {
        this.host = host;
        this.changes = changes;
        this.events = events;
        this.process = host.newProcess();
        this.transport = new SimulatedTransport(process);
        this.platform = new SimulatedPlatform(process);
        this.runtime = new NodeRuntime(config, process, transport, platform, this::observer, JOURNAL_LIMIT);
        host.network().occur(new Occurrence.NodeChanged(host, NodeFate.STARTED));
        try {
            runtime.start();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private RouterObserver observer(RouterConfig router) {
        configs.put(router.id(), new ArrayList<>(List.of(router)));
        return this;
    }

    @Override
    public void onConfigured(RouterConfig router) {
        configs.get(router.id()).add(router);
    }

    NodeConfig config() {
        return runtime.config();
    }

    /** The routers that there are, as they are configured at this moment. */
    List<RouterConfig> routers() {
        return runtime.routers();
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
                runtime.configure(router);
            }
        });
    }

    /** Lets the node run with another configuration. */
    CompletionStage<ReloadResult> reload(NodeConfig next) {
        CompletableFuture<ReloadResult> answer = new CompletableFuture<>();
        process.execute(() -> {
            if (process.isAlive() && !stopping) {
                boolean restarts =
                        !NodeDifference.between(config(), next).restarted().isEmpty();
                next.groups().stream()
                        .filter(group -> restarts || !config().groups().contains(group))
                        .forEach(group -> forming.add(group.name()));
                runtime.reload(
                                Comparison.between(runtime.config(), next),
                                () -> CompletableFuture.completedFuture(null))
                        .whenComplete((result, failure) -> {
                            if (failure == null) {
                                answer.complete(result);
                            } else {
                                answer.completeExceptionally(failure);
                            }
                        });
            }
        });
        return answer;
    }

    /** Whether a group has had other routers since a reload, and they have not been of one role yet. */
    boolean isForming(String group) {
        return forming.contains(group);
    }

    void onFormed(String group) {
        forming.remove(group);
    }

    String journal(RouterId router) {
        return runtime.journal(router);
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
        return runtime.routers().stream().anyMatch(config -> config.id().equals(router)) ? runtime.role(router) : null;
    }

    List<RouterState> routerStates() {
        List<RouterConfig> routers = runtime.routers();
        List<RouterState> states = new ArrayList<>(routers.size());
        for (RouterConfig router : routers) {
            RouterId id = router.id();
            states.add(new RouterState(id, runtime.role(id), runtime.rejected(id), runtime.nextDeadlineNanos(id)));
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
