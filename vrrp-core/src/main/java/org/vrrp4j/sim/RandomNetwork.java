package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.vrrp4j.config.AddressListCheck;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NodeNotification;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.VrrpVersion;

/** The LANs and hosts of a {@link RandomStory}, and the configurations of their nodes, as chance wants them. */
final class RandomNetwork {
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final int[] INTERVALS_MS = {
        1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 2000, 3000, 500, 500, 200, 200, 100, 100, 50, 10
    };
    private static final List<String> PREFIXES = List.of("192.0.2.", "198.51.100.", "203.0.113.");

    /**
     * A virtual router.
     *
     * @param number which one on its LAN
     * @param interval the advertisement interval of most of its hosts
     * @param elsewhere the LAN that one more address is on, or null
     */
    record Virtual(
            SimulatedLan lan,
            int number,
            int vrid,
            IpFamily family,
            VrrpVersion version,
            Duration interval,
            boolean unicast,
            boolean preempt,
            SimulatedLan elsewhere) {

        /** What its hosts call it. */
        String name() {
            return lan.name() + "-" + number;
        }
    }

    private final SplittableRandom random;
    private final List<SimulatedLan> lans;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final SimulatedHost client;
    private final Duration interval;
    private final List<Virtual> virtuals = new ArrayList<>();
    private final RandomTies ties;

    RandomNetwork(SimulatedNetwork network, SplittableRandom random, SplittableRandom tiesRandom) {
        this.random = random;
        this.interval = Duration.ofMillis(pick(INTERVALS_MS));
        int count = pick(1, 1, 1, 1, 2, 3);
        for (int i = 1; i < count; i++) {
            network.addLan("lan" + (i + 1));
        }
        this.lans = network.lans();
        int hostCount = 2 + random.nextInt(4);
        for (int i = 0; i < hostCount; i++) {
            boolean everywhere = i < 2 || random.nextInt(3) > 0;
            hosts.add(host(network, "r" + (i + 1), everywhere ? lans : List.of(pick(lans))));
        }
        this.client = host(network, "client", lans);
        for (SimulatedLan lan : lans) {
            int routers = 1 + random.nextInt(3);
            for (int i = 0; i < routers; i++) {
                virtuals.add(virtual(lan, i));
            }
        }
        Map<Boolean, List<Virtual>> onEveryHost = virtuals.stream()
                .collect(Collectors.partitioningBy(virtual ->
                        hosts.stream().allMatch(host -> host.on(virtual.lan).isPresent())));
        this.ties = new RandomTies(tiesRandom, interval, onEveryHost.get(true), onEveryHost.get(false));
    }

    private static SimulatedHost host(SimulatedNetwork network, String name, List<SimulatedLan> lans) {
        SimulatedHost host = network.host(name, lans.get(0));
        lans.stream().skip(1).forEach(lan -> lan.attach(host));
        return host;
    }

    private Virtual virtual(SimulatedLan lan, int number) {
        boolean fast = random.nextInt(4) == 0 && interval.toMillis() >= 100;
        Duration own = fast ? interval.dividedBy(pick(2, 5)) : interval;
        boolean wholeSeconds = own.toMillis() % 1000 == 0;
        VrrpVersion version = wholeSeconds && random.nextInt(3) == 0 ? VrrpVersion.V2 : VrrpVersion.V3;
        IpFamily family = version == VrrpVersion.V3 && random.nextInt(3) == 0 ? IpFamily.IPV6 : IpFamily.IPV4;
        int vrid = 51 + number;
        Virtual before = number == 0 ? null : virtuals.get(virtuals.size() - 1);
        if (before != null && before.vrid == vrid - 1 && before.family != family && random.nextBoolean()) {
            vrid = before.vrid;
        }
        SimulatedLan other = lans.get((lans.indexOf(lan) + 1) % lans.size());
        boolean reachesOut = other != lan && random.nextInt(6) == 0;
        return new Virtual(
                lan,
                number,
                vrid,
                family,
                version,
                own,
                random.nextInt(5) == 0,
                random.nextInt(4) > 0,
                reachesOut ? other : null);
    }

    int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The hosts with nodes. */
    List<SimulatedHost> hosts() {
        return hosts;
    }

    SimulatedHost client() {
        return client;
    }

    List<SimulatedLan> lans() {
        return lans;
    }

    List<Virtual> virtuals() {
        return virtuals;
    }

    /** What the virtual routers depend on besides their peers. */
    RandomTies ties() {
        return ties;
    }

    /** What the times of the story are multiples of. */
    Duration interval() {
        return interval;
    }

    /** Two delays, three intervals and the skew, a retry after a failed backend, a lease, and the refresh. */
    Duration quietTime() {
        return interval.multipliedBy(2 * 24).plus(REFRESH.multipliedBy(2)).plusSeconds(6);
    }

    /** The routers of a host, one for each virtual router of its LANs. */
    NodeConfig config(SimulatedHost host) {
        List<RouterConfig> configs = new ArrayList<>();
        int shared = ties.priority(host == hosts.get(0));
        for (Virtual virtual : virtuals) {
            if (host.on(virtual.lan).isPresent()) {
                boolean owner = host == hosts.get(0) && random.nextInt(12) == 0;
                int own = owner ? 255 : pick(50, 100, 100, 150, 254);
                configs.add(builder(virtual, host)
                        .priority(ties.isGrouped(virtual) ? shared : own)
                        .preempt(virtual.preempt || random.nextBoolean())
                        .startupDelay(interval.multipliedBy(pick(0, 0, 0, 5)))
                        .preemptDelay(interval.multipliedBy(pick(0, 0, 0, 10)))
                        .stepDownAfterStall(random.nextInt(4) == 0)
                        .addresses(addresses(virtual, host, true, false))
                        .build());
            }
        }
        return new NodeConfig(
                host.name(),
                configs,
                false,
                Optional.empty(),
                ties.groups(),
                NodeNotification.NONE,
                RouterResources.of(List.of()));
    }

    /**
     * Another configuration for a virtual router of a host.
     *
     * @param shared the priority of those in the group
     */
    RouterConfig otherConfig(Virtual virtual, SimulatedHost host, int shared) {
        int own = pick(50, 100, 150, 254);
        return builder(virtual, host)
                .priority(ties.isGrouped(virtual) ? shared : own)
                .preempt(random.nextBoolean())
                .stepDownAfterStall(random.nextBoolean())
                .addresses(addresses(virtual, host, random.nextBoolean(), random.nextInt(4) == 0))
                .build();
    }

    private RouterConfigBuilder builder(Virtual virtual, SimulatedHost host) {
        String interfaceName = host.on(virtual.lan).orElseThrow().name();
        boolean slower = virtual.version == VrrpVersion.V3 && random.nextInt(8) == 0;
        RouterConfigBuilder builder = RouterConfig.builder(interfaceName, virtual.vrid)
                .name(virtual.name())
                .version(virtual.version)
                .advertisementInterval(slower ? virtual.interval.multipliedBy(2) : virtual.interval)
                .announcements(new AnnouncementSchedule(AnnouncementSchedule.DEFAULT.offsets(), REFRESH))
                .announceWithAdvertisements(random.nextInt(4) == 0)
                // hosts change their addresses each for itself
                .addressListCheck(AddressListCheck.REPORT);
        ties.trackers(virtual).forEach(tracked -> builder.track(tracked.tracker(), tracked.weight()));
        if (virtual.unicast) {
            builder.unicastPeers(hosts.stream()
                    .filter(other -> other != host)
                    .flatMap(other -> other.on(virtual.lan).stream())
                    .map(nic -> nic.address(virtual.family))
                    .toList());
        }
        return builder;
    }

    /** The first address of a virtual router. */
    InetAddress firstAddress(Virtual virtual) {
        return address(virtual, 0).address();
    }

    private List<VirtualAddress> addresses(Virtual virtual, SimulatedHost host, boolean second, boolean third) {
        List<VirtualAddress> addresses = new ArrayList<>(List.of(address(virtual, 0)));
        if (second && virtual.number == 0) {
            addresses.add(address(virtual, 1));
        }
        if (third) {
            addresses.add(address(virtual, 2));
        }
        if (virtual.elsewhere != null && isOnEveryHost(virtual)) {
            SimulatedInterface other = host.on(virtual.elsewhere).orElseThrow();
            addresses.add(address(virtual, 3).onDevice(other.name()));
        }
        return addresses;
    }

    private boolean isOnEveryHost(Virtual virtual) {
        return hosts.stream()
                .filter(host -> host.on(virtual.lan).isPresent())
                .allMatch(host -> host.on(virtual.elsewhere).isPresent());
    }

    /** The n-th address; link-local ones are the same on every LAN. */
    private VirtualAddress address(Virtual virtual, int n) {
        int lan = lans.indexOf(virtual.lan);
        if (virtual.family == IpFamily.IPV4) {
            return VirtualAddress.parse(PREFIXES.get(lan) + (100 + 10 * n + virtual.number) + "/24");
        }
        return VirtualAddress.parse(
                n == 0
                        ? "fe80::" + (51 + virtual.number) + "/64"
                        : "2001:db8:" + lan + "::" + (100 + 10 * n + virtual.number) + "/64");
    }
}
