package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.sim.RandomNetwork.Virtual;

/** What goes wrong in a {@link RandomStory}, and how it is put right in the end. */
final class RandomFaults {
    private record Foreign(SimulatedInterface nic, InetAddress address) {}

    private final RandomNetwork network;
    private final SplittableRandom random;
    private final Duration interval;
    private final List<Foreign> foreign = new ArrayList<>();

    RandomFaults(RandomNetwork network, SplittableRandom random) {
        this.network = network;
        this.random = random;
        this.interval = network.interval();
    }

    /** Does something to a host, or to a LAN that it is on. */
    void interfere() {
        SimulatedHost host = network.pick(network.hosts());
        SimulatedInterface nic = network.pick(host.interfaces());
        SimulatedLan lan = nic.lan();
        network.ties().interfere(host);
        switch (random.nextInt(20)) {
            case 0 -> host.crash();
            case 1, 2 -> restart(host);
            case 3 -> host.stop();
            case 4 -> halt(host, interval.multipliedBy(1 + random.nextInt(80)).dividedBy(10));
            case 5 -> nic.linkDown();
            case 6 -> nic.linkUp();
            case 7 -> lan.cut(host, network.pick(network.hosts()));
            case 8 -> lan.cutOneWay(host, network.pick(network.hosts()));
            case 9 -> lan.partition(host, network.client());
            case 10 -> lan.heal();
            case 11 -> lan.conditions(randomConditions());
            case 12 -> nic.removeAddress(network.firstAddress(virtualOn(lan)));
            case 13 -> addForeignAddress(nic, network.firstAddress(virtualOn(lan)));
            case 14 ->
                host.backend(new BackendConditions(
                        interval.multipliedBy(random.nextInt(30)).dividedBy(10), network.pick(0, 0, 0, 1, 5) / 10.0));
            case 15 -> handOver(host);
            case 16 -> configure(host);
            case 17 -> forge(virtualOn(lan));
            case 18 -> nic.failSends(random.nextInt(3) == 0);
            default -> driftClock(host);
        }
    }

    /** Pauses of the JVM are more frequent than stops. */
    private void halt(SimulatedHost host, Duration time) {
        if (random.nextInt(4) == 0) {
            host.freeze(time);
        } else {
            host.stall(time);
        }
    }

    private static void restart(SimulatedHost host) {
        if (!host.isRunning()) {
            host.restart();
        }
    }

    private Virtual virtualOn(SimulatedLan lan) {
        return network.pick(network.virtuals().stream()
                .filter(virtual -> virtual.lan() == lan)
                .toList());
    }

    private void addForeignAddress(SimulatedInterface nic, InetAddress address) {
        if (!nic.has(address)) {
            nic.addForeignAddress(address);
            foreign.add(new Foreign(nic, address));
        }
    }

    /** Each router of a host with an even chance. */
    private void handOver(SimulatedHost host) {
        for (Virtual virtual : network.virtuals()) {
            if (random.nextBoolean()) {
                host.on(virtual.lan())
                        .ifPresent(nic -> host.handOver(new RouterId(nic.name(), virtual.vrid(), virtual.family())));
            }
        }
    }

    private void configure(SimulatedHost host) {
        RandomTies ties = network.ties();
        int shared = ties.priority(false);
        boolean group = ties.perhaps();
        for (Virtual virtual : network.virtuals()) {
            if (host.on(virtual.lan()).isPresent()) {
                boolean chosen = random.nextBoolean();
                if (ties.isGrouped(virtual) ? group : chosen) {
                    host.configure(network.otherConfig(virtual, host, shared));
                }
            }
        }
    }

    private LinkConditions randomConditions() {
        return new LinkConditions(
                network.pick(0, 0, 1, 3, 10) / 10.0,
                interval.dividedBy(network.pick(1000, 100, 10)),
                interval.dividedBy(network.pick(1000, 100, 2)),
                network.pick(0, 0, 2) / 10.0,
                network.pick(0, 0, 2) / 10.0,
                random.nextBoolean(),
                network.pick(0, 0, 1, 3) / 10.0,
                interval.multipliedBy(network.pick(1, 3, 6)).dividedBy(2));
    }

    private void forge(Virtual virtual) {
        boolean v2 = virtual.family() == IpFamily.IPV4 && random.nextBoolean();
        Advertisement advertisement = new Advertisement(
                v2 ? VrrpVersion.V2 : VrrpVersion.V3,
                virtual.vrid(),
                random.nextInt(256),
                v2 ? Duration.ofSeconds(1) : virtual.interval(),
                List.of(network.firstAddress(virtual)),
                Authentication.simplePassword("guess"));
        network.client().on(virtual.lan()).orElseThrow().forge(virtual.family(), advertisement);
    }

    /** Clocks are good, or as crystals are, or as virtual machines' now and then. */
    void driftClock(SimulatedHost host) {
        int most = network.pick(0, 200, 200, 200, 200, 200, 2000, 20_000);
        host.driftClock(random.nextInt(2 * most + 1) - most);
    }

    /**
     * Puts everything right but for a host that is cut off and some that stay dead. With a group it is cut off from
     * every LAN or none: cut off from one, it may keep the group from having a master there.
     */
    void repair() {
        boolean everywhere = network.ties().perhaps();
        for (SimulatedLan lan : network.lans()) {
            lan.heal();
            lan.conditions(LinkConditions.IDEAL);
            boolean here = random.nextInt(4) == 0;
            if (network.ties().hasGroup() ? everywhere : here) {
                lan.partition(network.hosts().get(0));
            }
        }
        foreign.forEach(left -> left.nic().removeAddress(left.address()));
        for (SimulatedHost host : network.hosts()) {
            network.ties().repair(host);
            host.linkUp();
            host.failSends(false);
            host.backend(BackendConditions.IDEAL);
            if (random.nextInt(4) > 0) {
                restart(host);
            }
        }
    }
}
