package org.vrrp4j.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpVersion;

/**
 * The configuration of one virtual router, complete and consistent. Built with {@link #builder(String, int)}; changed
 * by building another one from {@link #toBuilder()}.
 */
public final class RouterConfig {
    /** The most IPv4 addresses of a router: the count is one byte in the packet. */
    public static final int MAX_ADDRESSES = 255;

    /** The most IPv6 addresses of a router: with more, an advertisement would not fit into an Ethernet frame. */
    public static final int MAX_IPV6_ADDRESSES = 90;

    private final String name;
    private final RouterId id;
    private final VrrpVersion version;
    private final int priority;
    private final Duration advertisementInterval;
    private final int downTimerAdverts;
    private final boolean preempt;
    private final Authentication authentication;
    private final ChecksumForm checksumForm;
    private final List<VirtualAddress> addresses;
    private final RouterResources resources;
    private final Optional<Boolean> acceptMode;
    private final UnicastSettings unicast;
    private final Optional<InetAddress> source;
    private final AddressListCheck addressListCheck;
    private final boolean strict;
    private final AnnouncementSchedule announcements;
    private final AnnouncementSchedule conflictAnnouncements;
    private final boolean announceWithAdvertisements;
    private final ElectionDelays delays;
    private final LearnedIntervals learnedIntervals;
    private final boolean stepDownAfterStall;
    private final Optional<VirtualMac> virtualMac;
    private final List<Tracked> trackers;
    private final NotifySettings notification;
    private final LinkTracking linkTracking;

    RouterConfig(RouterConfigBuilder builder) {
        this.addresses = List.copyOf(builder.addresses);
        IpFamily family = VirtualAddress.family(addresses);
        List<VirtualAddress> held = Stream.concat(addresses.stream(), builder.excludedAddresses.stream())
                .toList();
        InetAddress first = addresses.get(0).address();
        this.strict = builder.strict;
        require(
                family == IpFamily.IPV4 || first.isLinkLocalAddress() || !strict,
                "the first IPv6 address of a strict router must be link-local (RFC 9568, 5.2.9): address="
                        + first.getHostAddress());
        this.id = new RouterId(builder.interfaceName, builder.vrid, family);
        this.name = Objects.requireNonNullElseGet(builder.name, id::toString);
        this.version = builder.version;
        require(version == VrrpVersion.V3 || family == IpFamily.IPV4, "IPv6 needs version 3");
        this.priority = builder.priority;
        require(
                priority >= Priority.LOWEST && priority <= Priority.OWNER,
                "priority must be 1 to 255: priority=" + priority);
        this.advertisementInterval = builder.advertisementInterval;
        AdvertisementIntervals.check(version, advertisementInterval);
        this.downTimerAdverts = builder.downTimerAdverts;
        require(
                downTimerAdverts >= 1 && downTimerAdverts <= 100,
                "downTimerAdverts must be 1 to 100: downTimerAdverts=" + downTimerAdverts);
        this.acceptMode = builder.acceptMode;
        this.resources = new RouterResources(held, builder.routes, builder.rules, isOwner() || acceptMode());
        this.preempt = builder.preempt;
        this.authentication = builder.authentication;
        require(
                version == VrrpVersion.V2 || authentication.equals(Authentication.NONE),
                "version 3 has no authentication");
        this.checksumForm = builder.checksumForm;
        this.unicast =
                new UnicastSettings(builder.unicastPeers, builder.unicastTtl, builder.peerTtls, builder.checkTtl);
        this.source = Optional.ofNullable(builder.source);
        this.addressListCheck = builder.addressListCheck;
        source.ifPresent(address -> checkOtherHost("source", address));
        unicastPeers().forEach(address -> checkOtherHost("unicast peer", address));
        require(
                source.isEmpty() || !unicastPeers().contains(source.get()),
                "the source must not be among the unicast peers: source="
                        + source.map(InetAddress::getHostAddress).orElse(""));
        this.announcements = builder.announcements;
        this.conflictAnnouncements = builder.conflictAnnouncements;
        this.announceWithAdvertisements = builder.announceWithAdvertisements;
        this.delays = new ElectionDelays(builder.startupDelay, builder.delayAfterBoot, builder.preemptDelay);
        this.learnedIntervals = builder.learnedIntervals;
        this.stepDownAfterStall = builder.stepDownAfterStall;
        this.trackers = Tracked.eachOnce(builder.trackers);
        this.notification = builder.notification;
        this.linkTracking = builder.linkTracking;
        this.virtualMac = Optional.ofNullable(builder.virtualMac).map(mac -> mac.checkedFor(id));
    }

    /** An address that belongs to one host for good. */
    private void checkOtherHost(String role, InetAddress address) {
        boolean unicast = !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.isLoopbackAddress();
        require(
                unicast && IpFamily.of(address) == id.family(),
                role + " must be a unicast address of the family of the virtual addresses, " + id.family() + ": " + role
                        + "=" + address.getHostAddress());
        require(
                resources.addresses().stream()
                        .noneMatch(virtual -> virtual.address().equals(address)),
                role + " must be no virtual address: " + role + "=" + address.getHostAddress());
    }

    /** The most addresses that a router of a family may have. */
    public static int maxAddresses(IpFamily family) {
        return family == IpFamily.IPV4 ? MAX_ADDRESSES : MAX_IPV6_ADDRESSES;
    }

    /**
     * Starts a configuration with the defaults of RFC 9568: version 3, priority 100, one second, preempting.
     *
     * @param interfaceName the interface whose network the router serves
     * @param vrid the virtual router identifier, 1 to 255, the same on all routers of the group
     */
    public static RouterConfigBuilder builder(String interfaceName, int vrid) {
        return new RouterConfigBuilder(interfaceName, vrid);
    }

    /** A builder that holds the values of this configuration. */
    public RouterConfigBuilder toBuilder() {
        RouterConfigBuilder builder = builder(id.interfaceName(), id.vrid())
                .name(name)
                .version(version)
                .priority(priority)
                .advertisementInterval(advertisementInterval)
                .downTimerAdverts(downTimerAdverts)
                .preempt(preempt)
                .authentication(authentication)
                .checksumForm(checksumForm)
                .announcements(announcements)
                .conflictAnnouncements(conflictAnnouncements)
                .announceWithAdvertisements(announceWithAdvertisements)
                .startupDelay(delays.startup())
                .delayAfterBoot(delays.afterBoot())
                .preemptDelay(delays.preemption())
                .learnedIntervals(learnedIntervals)
                .stepDownAfterStall(stepDownAfterStall)
                .checkTtl(unicast.checkTtl())
                .addressListCheck(addressListCheck)
                .strict(strict)
                .linkTracking(linkTracking)
                .notification(notification);
        trackers.forEach(tracked -> builder.track(tracked.tracker(), tracked.weight()));
        source.ifPresent(builder::source);
        virtualMac.ifPresent(builder::virtualMac);
        if (isUnicast()) {
            builder.unicastPeers(unicastPeers()).unicastTtl(unicast.ttl());
            unicast.ttls().forEach(builder::peerTtl);
        }
        addresses.forEach(builder::address);
        excludedAddresses().forEach(builder::excludedAddress);
        resources.routes().forEach(builder::route);
        resources.rules().forEach(builder::rule);
        acceptMode.ifPresent(builder::acceptMode);
        return builder;
    }

    /** The name in log lines, events and status; keepalived's instance name. */
    public String name() {
        return name;
    }

    /** Interface, VRID and family. */
    public RouterId id() {
        return id;
    }

    /** The protocol version. */
    public VrrpVersion version() {
        return version;
    }

    /** The configured priority, 1 to 255. */
    public int priority() {
        return priority;
    }

    /** Whether the router owns the addresses: priority 255. */
    public boolean isOwner() {
        return priority == Priority.OWNER;
    }

    /** Advertisement_Interval: the distance of our own advertisements. */
    public Duration advertisementInterval() {
        return advertisementInterval;
    }

    /** How many advertisements of a master must be missing before it counts as down; 3 in the standards. */
    public int downTimerAdverts() {
        return downTimerAdverts;
    }

    /** Preempt_Mode: whether a backup of higher priority takes over from a working master. */
    public boolean preempt() {
        return preempt;
    }

    /** What VRRPv2 packets carry and must carry. */
    public Authentication authentication() {
        return authentication;
    }

    /** The form of the checksums we send in VRRPv3 over IPv4. */
    public ChecksumForm checksumForm() {
        return checksumForm;
    }

    /** The virtual addresses in the order of the packet. */
    public List<VirtualAddress> addresses() {
        return addresses;
    }

    /** Addresses that are held and announced like the others, and not advertised: of either family. */
    public List<VirtualAddress> excludedAddresses() {
        return resources
                .addresses()
                .subList(addresses.size(), resources.addresses().size());
    }

    /** All that the host has as long as it is master: both kinds of addresses, routes and rules. */
    public RouterResources resources() {
        return resources;
    }

    /** What one of its addresses is told apart by on a host, see {@link IpAddresses#text(InetAddress, String)}. */
    public String placeOf(VirtualAddress address) {
        String own = virtualMac.map(mac -> mac.interfaceOf(id)).orElse(id.interfaceName());
        return IpAddresses.text(address.address(), address.device().orElse(own));
    }

    /** Accept_Mode: whether packets are accepted by other than the owner, see {@link RouterConfigBuilder}. */
    public boolean acceptMode() {
        return strict && version == VrrpVersion.V2 ? false : acceptMode.orElse(!strict);
    }

    /** The virtual addresses as the packet carries them. */
    public List<InetAddress> advertisedAddresses() {
        return addresses.stream().map(VirtualAddress::address).toList();
    }

    /** Whether advertisements go to {@link #unicastPeers()} and come from them, and not by multicast. */
    public boolean isUnicast() {
        return !unicast.peers().isEmpty();
    }

    /** The other routers of the group, if multicast is not used; each once. */
    public List<InetAddress> unicastPeers() {
        return unicast.peers();
    }

    /** All about unicast. */
    UnicastSettings unicast() {
        return unicast;
    }

    /** The TTL or hop limit that advertisements are sent to unicast peers with; multicast ones have 255. */
    public int unicastTtl() {
        return unicast.ttl();
    }

    /** The TTL or hop limit that advertisements of a sender must arrive with. */
    public TtlRange acceptedTtl(InetAddress sender) {
        return unicast.accepted(sender);
    }

    /** The address that advertisements come from; empty for that of the interface. */
    public Optional<InetAddress> source() {
        return source;
    }

    /**
     * Whether advertisements must arrive with TTL or hop limit 255, unless {@link #acceptedTtl} says otherwise for the
     * sender; always so with multicast.
     */
    public boolean checkTtl() {
        return unicast.checkTtl();
    }

    /** What becomes of version 2 advertisements with other addresses than ours. */
    public AddressListCheck addressListCheck() {
        return addressListCheck;
    }

    /** Whether the RFC is followed where sites commonly do not, see {@link RouterConfigBuilder#strict}. */
    public boolean strict() {
        return strict;
    }

    /** When the addresses are announced after becoming master. */
    public AnnouncementSchedule announcements() {
        return announcements;
    }

    /** When they are announced again after another master was heard and stayed below us. */
    public AnnouncementSchedule conflictAnnouncements() {
        return conflictAnnouncements;
    }

    /** Whether addresses are announced, in turn, along with the advertisements of a master. */
    public boolean announceWithAdvertisements() {
        return announceWithAdvertisements;
    }

    /** How long after its start the router takes no part in the election: it neither waits for a master nor is one. */
    public Duration startupDelay() {
        return delays.startup();
    }

    /** Until how long after the boot of its host the router takes no part in the election, if it knows that. */
    public Duration delayAfterBoot() {
        return delays.afterBoot();
    }

    /** How long a backup bears a working master of lower priority before it takes over. */
    public Duration preemptDelay() {
        return delays.preemption();
    }

    /** Which advertisement intervals of a master are believed. */
    public LearnedIntervals learnedIntervals() {
        return learnedIntervals;
    }

    /** Whether a master gives its role up when it finds that it stalled for as long as peers wait. */
    public boolean stepDownAfterStall() {
        return stepDownAfterStall;
    }

    /** The MAC address that moves with the addresses; empty if they have that of the interface. */
    public Optional<VirtualMac> virtualMac() {
        return virtualMac;
    }

    /** What the router follows on its host, in the order of the configuration. */
    public List<Tracked> trackers() {
        return trackers;
    }

    /** Whom the router tells of its changes, besides the listeners. */
    public NotifySettings notification() {
        return notification;
    }

    /** What of its own interface it needs. */
    public LinkTracking linkTracking() {
        return linkTracking;
    }

    /**
     * For how long the kernel keeps an address that is no longer renewed: the longest whole number of seconds N with
     * N + 1 at most the time after which peers take over, and at least one. The kernel removes an address between N and
     * N + 1 seconds after the last renewal, so with intervals of a second and more a dead master has lost its addresses
     * before a peer has them; with shorter ones both can hold them for about a second.
     */
    public Duration addressLease() {
        long seconds = advertisementInterval.multipliedBy(downTimerAdverts).toSeconds() - 1;
        return Duration.ofSeconds(Math.max(1, seconds));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public String toString() {
        return name + " (" + id + ", VRRPv" + version.number() + ", priority " + priority + ", every "
                + advertisementInterval.toMillis() + " ms, " + addresses
                + (isUnicast() ? ", unicast to " + unicastPeers() : "")
                + virtualMac.map(mac -> ", on " + mac.interfaceOf(id)).orElse("") + ")";
    }
}
