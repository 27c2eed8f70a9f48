package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.vrrp4j.config.AddressListCheck;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;

/**
 * One network, what befalls it, and its end, all decided by a seed: two to five hosts with one or two virtual routers
 * each, of version 2 or 3, over IPv4 or IPv6, multicast or unicast. Between 5 and 29 times something goes wrong: a
 * process crashes, leaves or stalls, a link fails, the network is parted or loses packets, somebody meddles with an
 * address, an advertisement is forged, a backend is slow or fails; or a configuration is changed, or a role handed
 * over. Then nobody interferes any more, and the network has to settle. The invariants hold after each event, and the
 * journal of each node that is left replays to the roles that it had.
 *
 * <p>The same seed and invariants tell the same story, to the last packet.
 *
 * <p><b>Units:</b> virtual time. <b>Thread:</b> one at a time; stories share nothing, so that each may have a thread of
 * its own. <b>Failure:</b> {@link SimulationException}.
 */
public final class RandomStory {
    private static final InetAddress FIRST_ADDRESS =
            IpAddresses.parse("192.0.2.100").orElseThrow();
    private static final InetAddress LINK_LOCAL = IpAddresses.parse("fe80::51").orElseThrow();
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final SplittableRandom random;
    private final Simulation simulation;
    private final SimulatedNetwork network;
    private final List<SimulatedHost> routers = new ArrayList<>();
    private final List<SimulatedHost> foreign = new ArrayList<>();
    private final SimulatedHost client;
    private final VrrpVersion version;
    private final Duration interval;
    private final int virtualRouters;
    private final boolean unicast;
    private final boolean ipv6;
    private final InetAddress vip;
    private Duration routerTime = Duration.ZERO;

    /** The story of a seed, with the standard invariants. */
    public RandomStory(long seed) {
        this(seed, Invariants.standard());
    }

    /**
     * The story of a seed.
     *
     * @param seed decides everything
     * @param invariants checked after each event
     */
    public RandomStory(long seed, List<Invariant> invariants) {
        // another stream than the simulation's own
        random = new SplittableRandom(~seed);
        simulation = new Simulation(seed, invariants);
        network = simulation.network();
        version = random.nextInt(4) == 0 ? VrrpVersion.V2 : VrrpVersion.V3;
        interval = version == VrrpVersion.V2
                ? Duration.ofSeconds(1)
                : Duration.ofMillis(10L * pick(1, 5, 10, 20, 40, 60, 100));
        virtualRouters = 1 + random.nextInt(2);
        unicast = seed % 4 == 1;
        ipv6 = seed % 4 == 2 && version == VrrpVersion.V3;
        vip = ipv6 ? LINK_LOCAL : FIRST_ADDRESS;
        int hosts = 2 + random.nextInt(4);
        for (int i = 0; i < hosts; i++) {
            routers.add(network.host("r" + (i + 1)));
        }
        client = network.host("client");
    }

    /**
     * Runs the story from its beginning to its end; once.
     *
     * @throws SimulationException if an invariant is violated, the network does not settle, or a journal does not
     *     replay to what was
     */
    public void run() {
        network.conditions(LinkConditions.IDEAL.withEcho(random.nextBoolean()));
        boolean preempt = random.nextInt(4) > 0;
        for (SimulatedHost host : routers) {
            host.start(config(host, preempt));
            runFor(interval.multipliedBy(random.nextInt(3)));
        }
        int faults = 5 + random.nextInt(25);
        for (int i = 0; i < faults; i++) {
            interfere(routers.get(random.nextInt(routers.size())));
            runFor(interval.multipliedBy(random.nextInt(1200)).dividedBy(100));
        }
        repair();
        simulation.settle(quietTime());
        countRouters(quietTime());
        routers.stream().filter(SimulatedHost::isRunning).forEach(this::replay);
        routers.forEach(SimulatedHost::stop);
        simulation.runUntil(() -> routers.stream().noneMatch(SimulatedHost::isRunning), Duration.ofSeconds(5));
        simulation.runFor(Duration.ofSeconds(1));
    }

    /** How much virtual time has passed. */
    public Duration elapsed() {
        return simulation.elapsed();
    }

    /** How long virtual routers have been running, each counted for itself: two of them for an hour are two hours. */
    public Duration routerTime() {
        return routerTime;
    }

    /** How many packets have arrived at hosts. */
    public long deliveries() {
        return network.deliveries();
    }

    private int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void runFor(Duration duration) {
        simulation.runFor(duration);
        countRouters(duration);
    }

    /** Nodes start and crash only between two runs; one that left during this one is not counted for it. */
    private void countRouters(Duration duration) {
        long nodes = routers.stream().filter(SimulatedHost::isRunning).count();
        routerTime = routerTime.plus(duration.multipliedBy(nodes * virtualRouters));
    }

    private void replay(SimulatedHost host) {
        Replay replay = host.replay();
        if (!replay.isFaithful()) {
            throw simulation.failure(
                    host + " had the roles " + replay.recorded() + ", and its journal replays to " + replay.replayed());
        }
    }

    private NodeConfig config(SimulatedHost host, boolean preempt) {
        List<RouterConfig> configs = new ArrayList<>();
        for (int i = 0; i < virtualRouters; i++) {
            int priority = random.nextInt(12) == 0 && host == routers.get(0) ? 255 : pick(50, 100, 100, 150, 254);
            RouterConfigBuilder builder = RouterConfig.builder(SimulatedHost.INTERFACE, 51 + i)
                    .version(version)
                    .priority(priority)
                    .preempt(preempt || random.nextBoolean())
                    .advertisementInterval(
                            version == VrrpVersion.V3 && random.nextInt(8) == 0 ? interval.multipliedBy(2) : interval)
                    .announcements(new AnnouncementSchedule(AnnouncementSchedule.DEFAULT.offsets(), REFRESH))
                    .announceWithAdvertisements(random.nextInt(4) == 0)
                    .addressListCheck(AddressListCheck.REPORT)
                    .startupDelay(interval.multipliedBy(pick(0, 0, 0, 5)))
                    .preemptDelay(interval.multipliedBy(pick(0, 0, 0, 10)))
                    .stepDownAfterStall(random.nextInt(4) == 0)
                    .address(VirtualAddress.parse(ipv6 ? "fe80::" + (51 + i) : "192.0.2." + (100 + i) + "/24"));
            if (i == 0) {
                builder.address(VirtualAddress.parse(ipv6 ? "2001:db8::100/64" : "198.51.100.1/24"));
            }
            addPeers(builder, host);
            configs.add(builder.build());
        }
        return new NodeConfig(host.name(), configs);
    }

    private void interfere(SimulatedHost host) {
        switch (random.nextInt(18)) {
            case 0 -> host.crash();
            case 1, 2 -> {
                if (!host.isRunning()) {
                    host.restart();
                }
            }
            case 3 -> host.stop();
            case 4 -> host.stall(interval.multipliedBy(1 + random.nextInt(80)).dividedBy(10));
            case 5 -> host.linkDown();
            case 6 -> host.linkUp();
            case 7 -> network.cut(host, routers.get(random.nextInt(routers.size())));
            case 8 -> network.cutOneWay(host, routers.get(random.nextInt(routers.size())));
            case 9 -> network.partition(host, client);
            case 10 -> network.heal();
            case 11 -> network.conditions(randomConditions());
            case 12 -> host.removeAddress(vip);
            case 13 -> {
                if (!host.has(vip)) {
                    host.addForeignAddress(vip);
                    foreign.add(host);
                }
            }
            case 14 ->
                host.backend(new BackendConditions(
                        interval.multipliedBy(random.nextInt(30)).dividedBy(10), pick(0, 0, 0, 1, 5) / 10.0));
            case 15 -> host.handOver();
            case 16 -> host.configure(otherConfig(host));
            default -> {
                forge();
                host.failSends(random.nextInt(3) == 0);
            }
        }
    }

    private RouterConfig otherConfig(SimulatedHost host) {
        List<VirtualAddress> addresses = new ArrayList<>();
        addresses.add(VirtualAddress.parse(ipv6 ? "fe80::51" : "192.0.2.100/24"));
        if (random.nextBoolean()) {
            addresses.add(VirtualAddress.parse(ipv6 ? "2001:db8::100/64" : "198.51.100.1/24"));
        }
        if (random.nextInt(4) == 0) {
            addresses.add(VirtualAddress.parse(ipv6 ? "2001:db8::101/64" : "203.0.113.1/24"));
        }
        RouterConfigBuilder builder = RouterConfig.builder(SimulatedHost.INTERFACE, 51)
                .version(version)
                .priority(pick(50, 100, 150, 254))
                .preempt(random.nextBoolean())
                .advertisementInterval(
                        version == VrrpVersion.V3 && random.nextInt(8) == 0 ? interval.multipliedBy(2) : interval)
                .announcements(new AnnouncementSchedule(AnnouncementSchedule.DEFAULT.offsets(), REFRESH))
                .announceWithAdvertisements(random.nextInt(4) == 0)
                .stepDownAfterStall(random.nextBoolean())
                // hosts change their addresses each for itself
                .addressListCheck(AddressListCheck.REPORT)
                .addresses(addresses);
        addPeers(builder, host);
        return builder.build();
    }

    private void addPeers(RouterConfigBuilder builder, SimulatedHost host) {
        if (unicast) {
            builder.unicastPeers(routers.stream()
                    .filter(other -> other != host)
                    .map(SimulatedHost::address)
                    .toList());
        }
    }

    private LinkConditions randomConditions() {
        return new LinkConditions(
                pick(0, 0, 1, 3, 10) / 10.0,
                interval.dividedBy(pick(1000, 100, 10)),
                interval.dividedBy(pick(1000, 100, 2)),
                pick(0, 0, 2) / 10.0,
                pick(0, 0, 2) / 10.0,
                random.nextBoolean());
    }

    private void forge() {
        VrrpVersion forged = random.nextBoolean() ? VrrpVersion.V2 : VrrpVersion.V3;
        network.forge(
                client,
                new Advertisement(
                        forged,
                        51,
                        random.nextInt(256),
                        forged == VrrpVersion.V2 ? Duration.ofSeconds(1) : interval,
                        List.of(FIRST_ADDRESS),
                        Authentication.simplePassword("guess")));
    }

    private void repair() {
        boolean parted = random.nextInt(4) == 0;
        network.heal();
        network.conditions(LinkConditions.IDEAL);
        if (parted) {
            network.partition(routers.get(0));
        }
        for (SimulatedHost host : routers) {
            host.linkUp();
            host.failSends(false);
            host.backend(BackendConditions.IDEAL);
            if (foreign.remove(host)) {
                host.removeAddress(vip);
            }
            boolean dead = random.nextInt(4) == 0;
            if (!host.isRunning() && !dead) {
                host.restart();
            }
        }
    }

    /** Two delays, three intervals and the skew, a retry after a failed backend, a lease, and the refresh. */
    private Duration quietTime() {
        return interval.multipliedBy(2 * 24).plus(REFRESH.multipliedBy(2)).plusSeconds(6);
    }
}
