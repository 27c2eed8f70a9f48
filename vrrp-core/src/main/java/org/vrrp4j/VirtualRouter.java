package org.vrrp4j;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vrrp4j.config.AddressListCheck;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.LearnedIntervals;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.config.TtlRange;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.keepalived.HostRoutingNames;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.spi.Probe;

/**
 * One virtual router as an application writes it down: its configuration and who listens. Given to
 * {@link NodeBuilder#router(VirtualRouter)}. Values are checked when the node is built. Not safe for several
 * threads.
 */
public final class VirtualRouter {
    private final String interfaceName;
    private final List<Consumer<RouterConfigBuilder>> settings = new ArrayList<>();
    private final List<VrrpListener> listeners = new ArrayList<>();
    private final Map<HealthTracker, Probe> healthChecks = new HashMap<>();
    private int vrid;

    private VirtualRouter(String interfaceName) {
        this.interfaceName = interfaceName;
    }

    /** A virtual router on the network of an interface, such as {@code eth0}. */
    public static VirtualRouter on(String interfaceName) {
        return new VirtualRouter(Objects.requireNonNull(interfaceName, "interfaceName"));
    }

    /** The virtual router identifier, 1 to 255: the same on all routers of the group, unique on the network. Needed. */
    public VirtualRouter vrid(int value) {
        this.vrid = value;
        return this;
    }

    /** The name in log lines, events and status. Default: interface and VRID. */
    public VirtualRouter name(String value) {
        return with(builder -> builder.name(value));
    }

    /** The priority, 1 to 254: the highest becomes MASTER; 255 is the owner of the addresses. Default: 100. */
    public VirtualRouter priority(int value) {
        return with(builder -> builder.priority(value));
    }

    /** The protocol version. Default: 3; keepalived's is 2 unless its configuration says {@code version 3}. */
    public VirtualRouter version(VrrpVersion value) {
        return with(builder -> builder.version(value));
    }

    /**
     * The distance of advertisements, the same on all routers of the group. Peers take over after three of them are
     * missing. Version 3: 10 ms to 40.95 s in steps of 10 ms; version 2: whole seconds. Default: 1 s.
     */
    public VirtualRouter advertisementInterval(Duration value) {
        return with(builder -> builder.advertisementInterval(value));
    }

    /** Do not take over from a working master of lower priority. Default: take over. */
    public VirtualRouter noPreempt() {
        return with(builder -> builder.preempt(false));
    }

    /** How many missing advertisements mean that the master is down, 1 to 100. Default: 3. */
    public VirtualRouter downTimerAdverts(int value) {
        return with(builder -> builder.downTimerAdverts(value));
    }

    /**
     * A simple password of version 2, up to 8 bytes, sent in clear: keepalived's {@code auth_type PASS}. Default:
     * none.
     */
    public VirtualRouter password(String value) {
        return with(builder -> builder.authentication(Authentication.simplePassword(value)));
    }

    /**
     * The form of version 3 checksums over IPv4 that is sent. Default: with pseudo-header, as keepalived and FRR
     * expect.
     */
    public VirtualRouter checksumForm(ChecksumForm value) {
        return with(builder -> builder.checksumForm(value));
    }

    /** Adds a virtual address such as {@code 192.0.2.100/24}. At least one is needed. */
    public VirtualRouter address(String cidr) {
        return address(VirtualAddress.parse(cidr));
    }

    /** Adds a virtual address. */
    public VirtualRouter address(VirtualAddress value) {
        return with(builder -> builder.address(value));
    }

    /** Adds an address that is held and announced but not advertised, such as {@code 198.51.100.1/24}. */
    public VirtualRouter excludedAddress(String cidr) {
        return excludedAddress(VirtualAddress.parse(cidr));
    }

    /** Adds an address that is held and announced but not advertised. */
    public VirtualRouter excludedAddress(VirtualAddress value) {
        return with(builder -> builder.excludedAddress(value));
    }

    /**
     * Adds a route that the host has while it is MASTER, in the words of ip-route(8), such as {@code default via
     * 192.0.2.254 dev eth0 metric 10}; names of tables and the like are looked up in {@code /etc/iproute2}.
     *
     * @throws IllegalArgumentException if a word is unknown or its value wrong
     */
    public VirtualRouter route(String words) {
        return route(VirtualRoute.parse(words, HostRoutingNames.read()));
    }

    /** Adds a route that the host has while it is MASTER. */
    public VirtualRouter route(VirtualRoute value) {
        return with(builder -> builder.route(value));
    }

    /**
     * Adds a rule that the host has while it is MASTER, in the words of ip-rule(8), such as {@code from 192.0.2.100
     * table 100}; names of tables and the like are looked up in {@code /etc/iproute2}.
     *
     * @throws IllegalArgumentException if a word is unknown or its value wrong
     */
    public VirtualRouter rule(String words) {
        return rule(VirtualRule.parse(words, HostRoutingNames.read()));
    }

    /** Adds a rule that the host has while it is MASTER. */
    public VirtualRouter rule(VirtualRule value) {
        return with(builder -> builder.rule(value));
    }

    /**
     * Drop packets that are sent to the addresses, but for neighbour discovery: they are for routing only, as the RFC
     * has it by default (Accept_Mode). Default: they are accepted.
     */
    public VirtualRouter noAccept() {
        return with(builder -> builder.acceptMode(false));
    }

    /**
     * Adds other routers of the group, such as {@code 192.0.2.12}: advertisements go to each of them and come from
     * them only, where the network does not carry multicast. All routers of the group must be set up that way.
     *
     * @param addresses the addresses that they send from, IPv4 or IPv6; at least one
     * @throws IllegalArgumentException if there is none, or one is no address
     */
    public VirtualRouter unicastPeer(String... addresses) {
        List<InetAddress> peers = Stream.of(addresses).map(VirtualRouter::parse).toList();
        if (peers.isEmpty()) {
            throw new IllegalArgumentException("unicastPeer must name at least one address");
        }
        return with(builder -> builder.unicastPeers(peers));
    }

    /**
     * The address of this host that advertisements come from. Default: the primary IPv4 address or the link-local IPv6
     * address of the interface.
     *
     * @throws IllegalArgumentException if it is no address
     */
    public VirtualRouter source(String address) {
        InetAddress source = parse(address);
        return with(builder -> builder.source(source));
    }

    /**
     * Accept advertisements of unicast peers with any TTL or hop limit: for peers on other networks. Default: they must
     * arrive with 255, which only a neighbour's do.
     */
    public VirtualRouter anyTtl() {
        return with(builder -> builder.checkTtl(false));
    }

    /** The TTL or hop limit that advertisements are sent to unicast peers with, 1 to 255. Default: 255. */
    public VirtualRouter unicastTtl(int value) {
        return with(builder -> builder.unicastTtl(value));
    }

    /**
     * Which TTL or hop limit the advertisements of one unicast peer must arrive with, both bounds included: 254 and 255
     * let them come over one router. Default: 255.
     *
     * @throws IllegalArgumentException if the peer is no address, or the bounds are not 0 to 255
     */
    public VirtualRouter peerTtl(String peer, int min, int max) {
        InetAddress address = parse(peer);
        TtlRange range = new TtlRange(min, max);
        return with(builder -> builder.peerTtl(address, range));
    }

    /**
     * What becomes of version 2 advertisements with other addresses than ours. Default: dropped, as in RFC 3768, 7.1,
     * and in keepalived up to 2.3.2.
     */
    public VirtualRouter addressListCheck(AddressListCheck value) {
        return with(builder -> builder.addressListCheck(value));
    }

    /** Follow the RFC where sites commonly do not, see {@link RouterConfigBuilder#strict}. Default: not. */
    public VirtualRouter strict() {
        return with(builder -> builder.strict(true));
    }

    private static InetAddress parse(String address) {
        return IpAddresses.parse(address)
                .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + address));
    }

    /** When the addresses are announced after becoming MASTER. Default: {@link AnnouncementSchedule#DEFAULT}. */
    public VirtualRouter announcements(AnnouncementSchedule value) {
        return with(builder -> builder.announcements(value));
    }

    /**
     * Whether a MASTER announces its addresses, in turn, along with its advertisements, see
     * {@link RouterConfigBuilder#announceWithAdvertisements}. Default: true.
     */
    public VirtualRouter announceWithAdvertisements(boolean value) {
        return with(builder -> builder.announceWithAdvertisements(value));
    }

    /**
     * How long after its start the router takes no part in the election, up to 1000 s: keepalived's
     * {@code vrrp_startup_delay}. Default: 0.
     */
    public VirtualRouter startupDelay(Duration value) {
        return with(builder -> builder.startupDelay(value));
    }

    /**
     * Until how long after the boot of the host the router takes no part in the election, up to 1000 s: keepalived's
     * {@code vrrp_delay_after_boot}. Default: 0.
     */
    public VirtualRouter delayAfterBoot(Duration value) {
        return with(builder -> builder.delayAfterBoot(value));
    }

    /**
     * How long to bear a working master of lower priority before taking over, up to 1000 s: keepalived's
     * {@code preempt_delay}. Default: 0.
     */
    public VirtualRouter preemptDelay(Duration value) {
        return with(builder -> builder.preemptDelay(value));
    }

    /**
     * The shortest and the longest interval that a version 3 master is believed to have. Default: 10 ms and 40.95 s.
     */
    public VirtualRouter learnedIntervals(Duration floor, Duration ceiling) {
        return with(builder -> builder.learnedIntervals(new LearnedIntervals(floor, ceiling)));
    }

    /**
     * After a stall as long as peers wait, give the MASTER role up before anything else, since a peer has it by now.
     * Default: go on, and announce the addresses again.
     */
    public VirtualRouter stepDownAfterStall() {
        return with(builder -> builder.stepDownAfterStall(true));
    }

    /**
     * Leaves the addresses to a peer while a function of the application says that something is not well, or changes
     * the priority instead, see {@link HealthCheck#weight}.
     */
    public VirtualRouter track(HealthCheck check) {
        healthChecks.put(check.tracker(), check.probe());
        return with(builder -> builder.track(check.tracker(), check.weight()));
    }

    /**
     * Stays out of the election while something on the host is down: a {@link org.vrrp4j.config.ScriptTracker script},
     * {@link org.vrrp4j.config.ProcessTracker processes}, a {@link org.vrrp4j.config.FileTracker file}, another
     * {@link org.vrrp4j.config.InterfaceTracker interface} or a {@link org.vrrp4j.config.BfdTracker BFD session}.
     */
    public VirtualRouter track(Tracker tracker) {
        return track(tracker, TrackWeight.FAULT);
    }

    /** Lets something on the host change the priority, or keep the router out of the election, by its state. */
    public VirtualRouter track(Tracker tracker, TrackWeight weight) {
        return with(builder -> builder.track(tracker, weight));
    }

    /**
     * Answers for the addresses with the virtual router's own MAC address, 00-00-5E-00-01-VRID or 00-00-5E-00-02-VRID,
     * which moves with them: on an interface {@code vrrp.VRID} or {@code vrrp6.VRID} that is made for it, see
     * {@link VirtualMac}. All routers of the group should do the same. Default: with that of the interface.
     */
    public VirtualRouter virtualMac() {
        return virtualMac(VirtualMac.DEFAULT);
    }

    /** As {@link #virtualMac()}, with an interface of another name, say, or another MAC address. */
    public VirtualRouter virtualMac(VirtualMac value) {
        return with(builder -> builder.virtualMac(value));
    }

    /** Adds a listener; several are told in the order they were added. */
    public VirtualRouter listener(VrrpListener value) {
        listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /** Adds a listener of changes to MASTER: the addresses are in place. */
    public VirtualRouter onMaster(Consumer<RoleChange> action) {
        return onRole(Role.MASTER, action);
    }

    /** Adds a listener of changes to BACKUP, the first one after the start included. */
    public VirtualRouter onBackup(Consumer<RoleChange> action) {
        return onRole(Role.BACKUP, action);
    }

    /** Adds a listener of changes to FAULT. */
    public VirtualRouter onFault(Consumer<RoleChange> action) {
        return onRole(Role.FAULT, action);
    }

    /** Adds a listener of events that are no change of role. */
    public VirtualRouter onEvent(Consumer<VrrpEvent> action) {
        Objects.requireNonNull(action, "action");
        return listener(new VrrpListener() {
            @Override
            public void onRoleChange(RoleChange change) {
                // of interest to other listeners
            }

            @Override
            public void onEvent(VrrpEvent event) {
                action.accept(event);
            }
        });
    }

    RouterConfig config() {
        RouterConfigBuilder builder = RouterConfig.builder(interfaceName, vrid);
        settings.forEach(setting -> setting.accept(builder));
        return builder.build();
    }

    Map<HealthTracker, Probe> healthChecks() {
        return Map.copyOf(healthChecks);
    }

    List<VrrpListener> listeners() {
        return List.copyOf(listeners);
    }

    private VirtualRouter onRole(Role role, Consumer<RoleChange> action) {
        Objects.requireNonNull(action, "action");
        return listener(change -> {
            if (change.to() == role) {
                action.accept(change);
            }
        });
    }

    private VirtualRouter with(Consumer<RouterConfigBuilder> setting) {
        settings.add(setting);
        return this;
    }
}
