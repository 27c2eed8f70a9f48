package org.vrrp4j.sim;

import static org.vrrp4j.sim.TestRouters.router;

import java.time.Duration;

/** Two hosts for routers and a client on one LAN: what most tests begin with. */
abstract class ThreeHosts {
    static final Duration LIMIT = Duration.ofSeconds(10);

    Simulation simulation;
    SimulatedHost a;
    SimulatedHost b;
    SimulatedHost client;

    ThreeHosts() {
        build(1);
    }

    /** Begins anew with another seed, and so at another time of the clock. */
    final void build(long seed) {
        simulation = new Simulation(seed);
        a = simulation.network().host("a");
        b = simulation.network().host("b");
        client = simulation.network().host("client");
    }

    /** Starts a with priority 150 and b with 100, and runs until a is MASTER and some time longer. */
    final void startMasterAndBackup(Duration longer) {
        a.start(router(150).build());
        b.start(router(100).build());
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.runFor(longer);
    }
}
