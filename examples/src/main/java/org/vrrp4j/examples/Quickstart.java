package org.vrrp4j.examples;

import java.time.Duration;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;

/**
 * Two nodes in one JVM share an address: one becomes master, dies, the other takes over, the first returns, and both
 * leave. The network is simulated, so no right is needed; without {@code transport} and {@code platform} the same nodes
 * run on the interfaces of a Linux host.
 */
public final class Quickstart {
    private static final String ADDRESS = "192.0.2.100";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final long start = System.nanoTime();
    private final SimulatedHost left;
    private final SimulatedHost right;
    private final SimulatedHost client;

    private Quickstart(SimulatedNetwork network) {
        left = network.host("left");
        right = network.host("right");
        client = network.host("client");
    }

    /** Takes no arguments; ends by itself after about three seconds. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SimulatedNetwork network = SimulatedNetwork.realTime()) {
            new Quickstart(network).run();
        }
    }

    private void run() throws InterruptedException {
        try (VrrpNode standby = start(right, 100)) {
            try (VrrpNode preferred = start(left, 150)) {
                expect(preferred.awaitMaster(LIMIT), "left, with the higher priority, is master");

                say("left dies");
                left.crash();
                expect(standby.awaitMaster(LIMIT), "right has taken over");
                // closing what died reaches nobody on the network, but its listeners are told that they have lost
            }
            Thread.sleep(700);

            say("left is started again");
            try (VrrpNode restarted = start(left, 150)) {
                expect(restarted.awaitMaster(LIMIT), "left has taken over from the lower priority");
                Thread.sleep(500);

                say("left leaves");
            }
            expect(standby.awaitMaster(LIMIT), "right did not have to wait for silence");
            Thread.sleep(100);
            say("right leaves");
        }
    }

    private VrrpNode start(SimulatedHost host, int priority) {
        return VrrpNode.builder()
                .name(host.name())
                .transport(host.transport())
                .platform(host.platform())
                .router(VirtualRouter.on(SimulatedHost.INTERFACE)
                        .vrid(51)
                        .priority(priority)
                        .advertisementInterval(Duration.ofMillis(100))
                        .address(ADDRESS + "/24")
                        .listener(change -> told(host, change)))
                .start();
    }

    private void told(SimulatedHost host, RoleChange change) {
        say("    " + host.name() + ": " + change.from() + " -> " + change.to() + ", "
                + change.cause().text());
    }

    private void expect(boolean holds, String what) {
        String target = IpAddresses.parse(ADDRESS)
                .flatMap(client::neighbour)
                .map(SimulatedHost::name)
                .orElse("nobody");
        say(holds ? what + "; the client sends to " + target : "NOT SO: " + what);
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private void say(String line) {
        System.out.printf("%5d ms  %s%n", (System.nanoTime() - start) / 1_000_000, line);
    }
}
