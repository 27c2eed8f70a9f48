package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.sim.Occurrence.RouterState;

/** One run of a scenario: the simulation, the hosts by their names, and what is to be written below a line. */
final class ScenarioRun {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Simulation simulation;
    private final ScenarioTrace trace;
    private final Map<String, SimulatedHost> hosts = new HashMap<>();
    private final Map<String, NodeConfig> configs = new HashMap<>();
    private final List<String> output = new ArrayList<>();
    private LinkConditions conditions = LinkConditions.IDEAL;

    ScenarioRun(long seed, ScenarioTrace trace) {
        this.trace = trace;
        List<Invariant> invariants = new ArrayList<>(List.of(trace));
        invariants.addAll(Invariants.standard());
        this.simulation = new Simulation(seed, invariants);
        trace.follow(simulation);
    }

    Simulation simulation() {
        return simulation;
    }

    ScenarioTrace trace() {
        return trace;
    }

    SimulatedHost host(String name) {
        return hosts.get(name);
    }

    void add(SimulatedHost host) {
        hosts.put(host.name(), host);
    }

    /** The first router that is configured for a host, whether it runs or not. */
    RouterConfig router(String host) {
        NodeConfig config = configs.get(host);
        if (config == null) {
            throw new ScenarioSyntaxException(host + " has no configuration; write 'config " + host + "' further up");
        }
        return config.routers().get(0);
    }

    /** What was to be written since the last call. */
    List<String> takeOutput() {
        List<String> lines = List.copyOf(output);
        output.clear();
        return lines;
    }

    void configure(String host, NodeConfig config, List<String> warnings) {
        configs.put(host, config);
        if (trace.shows(ScenarioTrace.Topic.WARNINGS)) {
            warnings.stream()
                    .map(warning -> ScenarioTrace.remark("warning: " + warning))
                    .filter(line -> !output.contains(line))
                    .forEach(output::add);
        }
        if (host(host).isRunning()) {
            config.routers().forEach(host(host)::configure);
        }
    }

    void start(String name) {
        if (host(name).isRunning()) {
            throw new ScenarioSyntaxException(name + " is running already: stop or kill it first, and let it 'run'");
        }
        router(name);
        host(name).start(configs.get(name));
    }

    void link(LinkConditions value) {
        conditions = value;
        simulation.network().conditions(value);
    }

    LinkConditions link() {
        return conditions;
    }

    void runFor(Duration time) {
        simulation.runFor(time);
    }

    void runUntil(BooleanSupplier condition) {
        simulation.runUntil(condition, LIMIT);
    }

    boolean is(String host, Role role) {
        return host(host).isRunning() && host(host).node().toldRole(router(host)) == role;
    }

    long advertisements(String host) {
        return host(host).isRunning() ? host(host).router().statistics().advertisementsSent() : 0;
    }

    void writeTrace() {
        output.addAll(trace.take());
    }

    void settle(Duration quietTime) {
        simulation.runFor(quietTime);
        writeTrace();
        List<String> complaints = Settled.complaints(simulation.network());
        complaints.forEach(complaint -> output.add(ScenarioTrace.remark("not settled: " + complaint)));
        if (complaints.isEmpty()) {
            output.add(ScenarioTrace.remark("settled"));
        }
    }

    /** Role, master, the next timer and the counters of rejections of each router. */
    void writeStatus(String name) {
        if (!host(name).isRunning()) {
            output.add(ScenarioTrace.remark(name + " is not running"));
            return;
        }
        NodeStatus status = host(name).status();
        List<RouterState> states = host(name).node().routerStates();
        for (int i = 0; i < states.size(); i++) {
            RouterStatus router = status.routers().get(i);
            String routerName = states.size() == 1 ? "" : " " + router.router();
            output.add(ScenarioTrace.remark(name + routerName + " is " + router.role()
                    + router.master()
                            .map(master -> " of " + IpAddresses.text(master) + ", priority " + router.masterPriority())
                            .orElse("")
                    + nextTimer(name, states.get(i).deadline())
                    + rejections(router.statistics().rejections())));
        }
        if (!status.unassigned().isEmpty()) {
            output.add(ScenarioTrace.remark(name + " of no router" + rejections(status.unassigned())));
        }
    }

    private String nextTimer(String name, OptionalLong deadline) {
        if (deadline.isEmpty()) {
            return ", no timer";
        }
        long ahead = deadline.getAsLong() - host(name).node().process().nanoTime();
        return ", next timer "
                + ScenarioTrace.seconds(simulation.elapsed().plusNanos(ahead)).trim();
    }

    private static String rejections(Map<RejectionReason, Long> counters) {
        return counters.isEmpty()
                ? ""
                : ", rejected "
                        + new TreeMap<>(counters)
                                .entrySet().stream()
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .collect(Collectors.joining(", "));
    }

    void writeNeighbour(String name, InetAddress address) {
        output.add(ScenarioTrace.remark(name + " sends packets for " + IpAddresses.text(address) + " to "
                + host(name).neighbour(address).map(SimulatedHost::name).orElse("nobody")));
    }
}
