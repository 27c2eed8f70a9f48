package org.vrrp4j.sim;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.vrrp4j.config.RouterConfig;

/**
 * One network, what befalls it, and its end, all decided by a seed.
 *
 * <p><b>The network:</b> one LAN in two of three stories, two or three in the others; two to five hosts, of which
 * the first two are on every LAN and the others on all or one, and a client on every LAN. On each LAN there are one to
 * three virtual routers, of version 2 or 3, over IPv4 or IPv6 (possibly with the VRID of an IPv4 one), one in five of
 * them unicast, and each host runs all of those of its LANs: a router of one host in eight has another interval than
 * its peers, some have an address on another LAN than their own. The interval of a story is 1 s in half of them (the
 * default of the standards), 2 or 3 s in a tenth, 200 or 500 ms in a fifth and 10 to 100 ms in another; one virtual
 * router in four is two or five times as fast. The clock of seven hosts in eight drifts: mostly by up to 200 parts in
 * a million, some by up to 20,000. In one of three stories the routers that every host has are a sync group, if there
 * are several; half of the others, and of the groups, follow a file, a health check, or both.
 *
 * <p><b>What befalls it:</b> for each LAN between 5 and 29 times, every 6 intervals on average, something goes
 * wrong: a process crashes, leaves or stalls, a link fails, a LAN is parted or loses, delays, duplicates, damages or
 * reorders packets, sends fail, somebody meddles with an address, an advertisement is forged, a backend is slow or
 * fails, a clock drifts otherwise, something tracked changes; or configurations are changed, or roles handed over. All
 * of it stays until it is undone by chance.
 *
 * <p><b>The end:</b> nobody interferes any more, and the network has to settle within 48 intervals and 16 s, see
 * {@link Settled}. The invariants hold after each event, and the journal of one router that is left, by chance, replays
 * to the roles that it had.
 *
 * <p>The same seed and invariants tell the same story, to the last packet.
 *
 * <p><b>Units:</b> virtual time. <b>Thread:</b> one at a time; stories share nothing, so that each may have a thread
 * of its own. <b>Failure:</b> {@link SimulationException}.
 */
public final class RandomStory {
    private final SplittableRandom random;
    private final Simulation simulation;
    private final RandomNetwork network;
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
        network = new RandomNetwork(simulation.network(), random, new SplittableRandom(Long.reverse(seed)));
    }

    /**
     * Runs the story from its beginning to its end; once.
     *
     * @throws SimulationException if an invariant is violated, the network does not settle, or a journal does not
     *     replay to what was
     */
    public void run() {
        RandomFaults faults = new RandomFaults(network, random);
        simulation.network().conditions(LinkConditions.IDEAL.withEcho(random.nextBoolean()));
        for (SimulatedHost host : network.hosts()) {
            faults.driftClock(host);
            host.start(network.config(host));
            runFor(network.interval().multipliedBy(random.nextInt(3)));
        }
        int lans = simulation.network().lans().size();
        int times = lans * (5 + random.nextInt(25));
        for (int i = 0; i < times; i++) {
            faults.interfere();
            runFor(network.interval().multipliedBy(random.nextInt(1200)).dividedBy(100L * lans));
        }
        faults.repair();
        simulation.settle(network.quietTime());
        countRouters(network.quietTime());
        replayJournal();
        network.hosts().forEach(SimulatedHost::stop);
        simulation.runUntil(() -> running().isEmpty(), Duration.ofSeconds(5));
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

    /** How many packets have arrived at hosts that listened for them. */
    public long deliveries() {
        return simulation.network().deliveries();
    }

    private void runFor(Duration duration) {
        simulation.runFor(duration);
        countRouters(duration);
    }

    /** Nodes start and crash only between two runs; one that left during this one is not counted for it. */
    private void countRouters(Duration duration) {
        for (SimulatedHost host : running()) {
            routerTime = routerTime.plus(
                    duration.multipliedBy(host.node().config().routers().size()));
        }
    }

    private List<SimulatedHost> running() {
        return network.hosts().stream().filter(SimulatedHost::isRunning).toList();
    }

    private void replayJournal() {
        List<SimulatedHost> running = running();
        if (running.isEmpty()) {
            return;
        }
        SimulatedHost host = running.get(random.nextInt(running.size()));
        List<RouterConfig> routers = host.node().config().routers();
        RouterConfig router = routers.get(random.nextInt(routers.size()));
        check(host, router, host.node().replay(router.id()));
    }

    private void check(SimulatedHost host, RouterConfig router, Replay replay) {
        if (!replay.isFaithful()) {
            throw simulation.failure(host + " had the roles " + replay.recorded() + " for " + router.id()
                    + ", and its journal replays to " + replay.replayed());
        }
    }
}
