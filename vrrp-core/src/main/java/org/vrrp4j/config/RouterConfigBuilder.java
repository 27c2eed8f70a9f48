package org.vrrp4j.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.VrrpVersion;

/** Builds a {@link RouterConfig}. Not safe for several threads. Values are checked by {@link #build()}. */
public final class RouterConfigBuilder {
    final String interfaceName;
    final int vrid;
    final List<VirtualAddress> addresses = new ArrayList<>();
    final List<VirtualAddress> excludedAddresses = new ArrayList<>();
    final List<VirtualRoute> routes = new ArrayList<>();
    final List<VirtualRule> rules = new ArrayList<>();
    Optional<Boolean> acceptMode = Optional.empty();
    String name;
    VrrpVersion version = VrrpVersion.V3;
    int priority = Priority.DEFAULT;
    Duration advertisementInterval = Duration.ofSeconds(1);
    int downTimerAdverts = 3;
    boolean preempt = true;
    Authentication authentication = Authentication.NONE;
    ChecksumForm checksumForm = ChecksumForm.PSEUDO_HEADER;
    final List<InetAddress> unicastPeers = new ArrayList<>();
    InetAddress source;
    boolean checkTtl = true;
    int unicastTtl = TtlRange.MAX;
    final Map<InetAddress, TtlRange> peerTtls = new LinkedHashMap<>();
    AddressListCheck addressListCheck = AddressListCheck.DROP;
    boolean strict;
    AnnouncementSchedule announcements = AnnouncementSchedule.DEFAULT;
    AnnouncementSchedule conflictAnnouncements = AnnouncementSchedule.DEFAULT;
    boolean announceWithAdvertisements = true;
    Duration startupDelay = Duration.ZERO;
    Duration delayAfterBoot = Duration.ZERO;
    Duration preemptDelay = Duration.ZERO;
    LearnedIntervals learnedIntervals = LearnedIntervals.ALL;
    boolean stepDownAfterStall;
    LinkTracking linkTracking = LinkTracking.DEFAULT;
    VirtualMac virtualMac;
    final List<Tracked> trackers = new ArrayList<>();
    NotifySettings notification = NotifySettings.NONE;

    RouterConfigBuilder(String interfaceName, int vrid) {
        this.interfaceName = Objects.requireNonNull(interfaceName, "interfaceName");
        this.vrid = vrid;
    }

    /** The name in log lines, events and status. Default: interface and VRID. */
    public RouterConfigBuilder name(String value) {
        this.name = Objects.requireNonNull(value, "name");
        return this;
    }

    /** The protocol version. Default: 3. */
    public RouterConfigBuilder version(VrrpVersion value) {
        this.version = Objects.requireNonNull(value, "version");
        return this;
    }

    /** The priority, 1 to 255; 255 is the owner of the addresses. Default: 100. */
    public RouterConfigBuilder priority(int value) {
        this.priority = value;
        return this;
    }

    /**
     * The distance of advertisements: version 3 10 ms to 40.95 s in steps of 10 ms, version 2 whole seconds. Default:
     * 1 s.
     */
    public RouterConfigBuilder advertisementInterval(Duration value) {
        this.advertisementInterval = Objects.requireNonNull(value, "advertisementInterval");
        return this;
    }

    /** How many missing advertisements mean that the master is down, 1 to 100. Default: 3, as in the standards. */
    public RouterConfigBuilder downTimerAdverts(int value) {
        this.downTimerAdverts = value;
        return this;
    }

    /** Whether to take over from a working master of lower priority. Default: true. The owner always does. */
    public RouterConfigBuilder preempt(boolean value) {
        this.preempt = value;
        return this;
    }

    /** The authentication of version 2. Default: none. */
    public RouterConfigBuilder authentication(Authentication value) {
        this.authentication = Objects.requireNonNull(value, "authentication");
        return this;
    }

    /**
     * The checksum that VRRPv3 over IPv4 is sent with; both are accepted. Default: with the pseudo-header, as most
     * routers do.
     */
    public RouterConfigBuilder checksumForm(ChecksumForm value) {
        this.checksumForm = Objects.requireNonNull(value, "checksumForm");
        return this;
    }

    /**
     * Adds a virtual address; all routers of a group should have the same ones in the same order. The first IPv6
     * address should be link-local (RFC 9568, 5.2.9), and must be if the router is {@link #strict strict}.
     */
    public RouterConfigBuilder address(VirtualAddress value) {
        addresses.add(Objects.requireNonNull(value, "address"));
        return this;
    }

    /**
     * Adds routers of the group to which advertisements are sent one by one, instead of to the multicast group: for
     * networks without multicast. Advertisements of others, and multicast ones, are then rejected. All routers of a
     * group must do the same. In no RFC; keepalived's {@code unicast_peer}. Default: none, so multicast.
     *
     * @param values the addresses that the others send from
     * @throws IllegalArgumentException if there is none: that never means multicast
     */
    public RouterConfigBuilder unicastPeers(Collection<InetAddress> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("unicastPeers must name at least one peer: unicastPeers=[]");
        }
        unicastPeers.addAll(values);
        return this;
    }

    /**
     * The address of the interface that advertisements come from; it must be there when they are sent. It decides
     * between equal priorities. Default: the primary IPv4 address or the link-local IPv6 address of the interface.
     */
    public RouterConfigBuilder source(InetAddress value) {
        this.source = Objects.requireNonNull(value, "source");
        return this;
    }

    /**
     * Whether advertisements of unicast peers must arrive with TTL or hop limit 255, so that none comes from another
     * network; with multicast they must (RFC 9568, 5.1.1.3). {@link #peerTtl} decides for a single one. Default: true;
     * keepalived's is false.
     */
    public RouterConfigBuilder checkTtl(boolean value) {
        this.checkTtl = value;
        return this;
    }

    /**
     * The TTL or hop limit that advertisements are sent to unicast peers with, 1 to 255. Routers that check it, as this
     * library does by default, accept 255 only. Default: 255.
     */
    public RouterConfigBuilder unicastTtl(int value) {
        this.unicastTtl = value;
        return this;
    }

    /**
     * Which TTL or hop limit the advertisements of one unicast peer must arrive with, whatever {@link #checkTtl} says
     * for the others: 254 to 255 lets them come over one router.
     */
    public RouterConfigBuilder peerTtl(InetAddress peer, TtlRange range) {
        peerTtls.put(Objects.requireNonNull(peer, "peer"), Objects.requireNonNull(range, "range"));
        return this;
    }

    /** The unicast peers, in place of those that were added and of what was said of each; none for multicast. */
    public RouterConfigBuilder replaceUnicastPeers(Collection<InetAddress> values) {
        unicastPeers.clear();
        peerTtls.clear();
        unicastPeers.addAll(values);
        return this;
    }

    /**
     * What becomes of version 2 advertisements with other addresses than ours; an address added on one router of a
     * running group is such a difference. Default: they are dropped (RFC 3768, 7.1).
     */
    public RouterConfigBuilder addressListCheck(AddressListCheck value) {
        this.addressListCheck = Objects.requireNonNull(value, "addressListCheck");
        return this;
    }

    /**
     * Whether the RFC is followed where sites commonly do not follow it. That is: the first IPv6 address must be
     * link-local, here and in what is received (RFC 9568, 5.2.9 and 7.1 with erratum 8300). keepalived demands it only
     * in its own strict mode, so a site whose virtual IPv6 addresses are all global needs this to be false. And packets
     * to the addresses are not accepted, see {@link #acceptMode}. Default: false.
     */
    public RouterConfigBuilder strict(boolean value) {
        this.strict = value;
        return this;
    }

    /**
     * Adds an address that is held and announced, and not advertised: keepalived's {@code virtual_ipaddress_excluded}.
     * It may be of the other family, and there may be more than an advertisement has room for.
     */
    public RouterConfigBuilder excludedAddress(VirtualAddress value) {
        excludedAddresses.add(Objects.requireNonNull(value, "excludedAddress"));
        return this;
    }

    /** Adds a route that the host has while it is master. */
    public RouterConfigBuilder route(VirtualRoute value) {
        routes.add(Objects.requireNonNull(value, "route"));
        return this;
    }

    /** Adds a rule that the host has while it is master. */
    public RouterConfigBuilder rule(VirtualRule value) {
        rules.add(Objects.requireNonNull(value, "rule"));
        return this;
    }

    /** The excluded addresses, in place of those that were added. */
    public RouterConfigBuilder excludedAddresses(List<VirtualAddress> values) {
        excludedAddresses.clear();
        excludedAddresses.addAll(values);
        return this;
    }

    /** The routes, in place of those that were added. */
    public RouterConfigBuilder routes(List<VirtualRoute> values) {
        routes.clear();
        routes.addAll(values);
        return this;
    }

    /** The rules, in place of those that were added. */
    public RouterConfigBuilder rules(List<VirtualRule> values) {
        rules.clear();
        rules.addAll(values);
        return this;
    }

    /**
     * Accept_Mode (RFC 9568, 6.1): whether packets to the addresses are accepted, so that services can be reached at
     * them. If not, they are for routing only: hosts may send through them, and a packet filter drops what is sent to
     * them, but for neighbour discovery. The owner always accepts. Default: true, unlike in the RFC; false if the
     * router is {@link #strict strict}, and always so in its version 2 (RFC 3768, 6.4.3).
     */
    public RouterConfigBuilder acceptMode(boolean value) {
        this.acceptMode = Optional.of(value);
        return this;
    }

    /** The virtual addresses, in place of those that were added. */
    public RouterConfigBuilder addresses(List<VirtualAddress> values) {
        addresses.clear();
        addresses.addAll(values);
        return this;
    }

    /** When the addresses are announced after becoming master. Default: {@link AnnouncementSchedule#DEFAULT}. */
    public RouterConfigBuilder announcements(AnnouncementSchedule value) {
        this.announcements = Objects.requireNonNull(value, "announcements");
        return this;
    }

    /**
     * When they are announced again after a rival was heard; its refresh is not used. Default:
     * {@link AnnouncementSchedule#DEFAULT}.
     */
    public RouterConfigBuilder conflictAnnouncements(AnnouncementSchedule value) {
        this.conflictAnnouncements = Objects.requireNonNull(value, "conflictAnnouncements");
        return this;
    }

    /**
     * Whether a master announces its addresses, in turn, along with its advertisements: at most ten announcements a
     * second for all masters of an interface and family together. After a partition a rival such as keepalived gives
     * way to the first advertisement that it hears without a word, and the clients that knew it would send to it on
     * and on; so they are told with that very advertisement. Default: true.
     */
    public RouterConfigBuilder announceWithAdvertisements(boolean value) {
        this.announceWithAdvertisements = value;
        return this;
    }

    /**
     * How long after its start the router takes no part in the election: received packets are ignored, timers count
     * from the end of the delay. 0 to {@link ElectionDelays#MAX}. Default: 0.
     */
    public RouterConfigBuilder startupDelay(Duration value) {
        this.startupDelay = Objects.requireNonNull(value, "startupDelay");
        return this;
    }

    /**
     * Until how long after the boot of the host the router takes no part in the election, so that what it serves and
     * the network are up; the later end of this and {@link #startupDelay} counts. keepalived's {@code
     * vrrp_delay_after_boot}. 0 to {@link ElectionDelays#MAX}. Default: 0.
     */
    public RouterConfigBuilder delayAfterBoot(Duration value) {
        this.delayAfterBoot = Objects.requireNonNull(value, "delayAfterBoot");
        return this;
    }

    /**
     * How long to bear a working master of lower priority, from its first advertisement, before taking over. Until then
     * the router behaves as without preemption; an advertisement of at least its own priority starts the delay anew.
     * Without effect on the owner. 0 to {@link ElectionDelays#MAX}. Default: 0.
     */
    public RouterConfigBuilder preemptDelay(Duration value) {
        this.preemptDelay = Objects.requireNonNull(value, "preemptDelay");
        return this;
    }

    /** Which intervals of a version 3 master are believed. Default: {@link LearnedIntervals#ALL}. */
    public RouterConfigBuilder learnedIntervals(LearnedIntervals value) {
        this.learnedIntervals = Objects.requireNonNull(value, "learnedIntervals");
        return this;
    }

    /**
     * Whether a master that stalled for as long as peers wait gives its role up before it does anything else, and is
     * elected anew if no peer has taken over. Default: false: it goes on, and announces its addresses again.
     */
    public RouterConfigBuilder stepDownAfterStall(boolean value) {
        this.stepDownAfterStall = value;
        return this;
    }

    /**
     * Lets the router have a MAC address of its own, which moves with its addresses. Default: it answers with that of
     * the interface, which works in clouds and on hypervisors too.
     */
    public RouterConfigBuilder virtualMac(VirtualMac value) {
        this.virtualMac = Objects.requireNonNull(value, "virtualMac");
        return this;
    }

    /**
     * Adds something on the host that the router follows.
     *
     * @param tracker what it follows
     * @param weight what the state of that does to the router
     */
    public RouterConfigBuilder track(Tracker tracker, TrackWeight weight) {
        trackers.add(new Tracked(tracker, weight));
        return this;
    }

    /** What of its own interface the router needs. Default: {@link LinkTracking#DEFAULT}. */
    public RouterConfigBuilder linkTracking(LinkTracking value) {
        this.linkTracking = Objects.requireNonNull(value, "linkTracking");
        return this;
    }

    /** Whom the router tells of its changes, besides the listeners. Default: nobody. */
    public RouterConfigBuilder notification(NotifySettings value) {
        this.notification = Objects.requireNonNull(value, "notification");
        return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if a value is out of range or two do not fit together; the message names
     *     value and bound
     */
    public RouterConfig build() {
        return new RouterConfig(this);
    }
}
