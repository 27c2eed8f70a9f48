package org.vrrp4j.examples.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpListener;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;

/**
 * The same nodes in this JVM, on simulated hosts and a simulated network that run in real time. The client's requests
 * go to whoever announced the address last, and are answered at once if that host has it and can be reached.
 */
final class SimulatedStage implements Stage {
    private final Settings settings;
    private final Audience audience;
    private final SimulatedNetwork network = SimulatedNetwork.realTime();
    private final Map<String, SimulatedHost> hosts = new HashMap<>();
    private final Map<String, VrrpNode> nodes = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> leaving = new HashMap<>();
    private final Map<String, Boolean> held = new HashMap<>();
    private final ScheduledExecutorService client = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "client");
        thread.setDaemon(true);
        return thread;
    });
    private final InetAddress address;
    private final SimulatedHost clientHost;

    SimulatedStage(Settings settings, Audience audience) {
        this.settings = settings;
        this.audience = audience;
        try {
            this.address = InetAddress.getByName(Settings.ADDRESS);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address: " + Settings.ADDRESS, e);
        }
        Settings.HOSTS.forEach(name -> hosts.put(name, network.host(name)));
        clientHost = network.host("client");
    }

    @Override
    public String description() {
        return "a simulated network in this JVM: real nodes, simulated hosts, "
                + settings.interval().toMillis() + " ms between advertisements";
    }

    @Override
    public void open() throws InterruptedException {
        // What nodes log is told as news; twice would be too much.
        if (LoggerFactory.getLogger("org.vrrp4j") instanceof Logger logger) {
            logger.setLevel(Level.ERROR);
        }
        start(Settings.FIRST);
        nodes.get(Settings.FIRST).awaitMaster(settings.masterDown().multipliedBy(10));
        start(Settings.SECOND);
        long every = settings.probeInterval().toNanos();
        client.scheduleAtFixedRate(this::ask, every, every, TimeUnit.NANOSECONDS);
    }

    private void ask() {
        Instant now = Instant.now();
        hosts.forEach((name, host) -> {
            boolean holds = host.has(address);
            if (holds != Boolean.TRUE.equals(held.put(name, holds))) {
                audience.onHolding(now, name, holds);
                if (!holds && !nodes.containsKey(name)) {
                    audience.onNews(now, name, LabStage.LEASE_ENDED);
                }
            }
        });
        Optional<SimulatedHost> answering =
                clientHost.neighbour(address).filter(host -> network.reaches(clientHost, host) && host.has(address));
        audience.onReply(answering.map(host -> Reply.answer(now, host.name())).orElseGet(() -> Reply.lost(now)));
    }

    @Override
    public void start(String host) {
        CompletableFuture<Void> former = leaving.remove(host);
        if (former != null) {
            former.join();
        }
        SimulatedHost on = hosts.get(host);
        VrrpListener listener = new VrrpListener() {
            @Override
            public void onRoleChange(RoleChange change) {
                tell(
                        change.time(),
                        host,
                        change.from() + " -> " + change.to() + ": "
                                + change.cause().text());
            }

            @Override
            public void onEvent(VrrpEvent event) {
                tell(Instant.now(), host, "says: " + event.text());
            }
        };
        nodes.put(
                host,
                VrrpNode.builder()
                        .name(host)
                        .transport(on.transport())
                        .platform(on.platform())
                        .router(VirtualRouter.on(SimulatedHost.INTERFACE)
                                .name("VI_1")
                                .vrid(Settings.VRID)
                                .priority(settings.priority(host))
                                .advertisementInterval(settings.interval())
                                .address(Settings.ADDRESS + "/" + Settings.PREFIX_LENGTH)
                                .listener(listener))
                        .start());
    }

    /** The end of the stage is not part of the story. */
    private void tell(Instant time, String host, String news) {
        if (!client.isShutdown()) {
            audience.onNews(time, host, news);
        }
    }

    @Override
    public void kill(String host) {
        nodes.remove(host);
        hosts.get(host).crash();
    }

    @Override
    public void handOver(String host) {
        VrrpNode node = nodes.get(host);
        leaving.put(host, CompletableFuture.runAsync(node::close));
    }

    @Override
    public void unplug(String host) {
        hosts.get(host).linkDown();
    }

    @Override
    public void plug(String host) {
        hosts.get(host).linkUp();
    }

    @Override
    public void close() {
        client.shutdownNow();
        nodes.values().forEach(VrrpNode::close);
        network.close();
    }
}
