package org.vrrp4j.keepalived;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.AddressListCheck;
import org.vrrp4j.config.AdvertisementIntervals;
import org.vrrp4j.config.LinkTracking;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.TtlRange;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpVersion;

/** Whether what an instance says is complete and fits together, and what follows from it. */
final class InstanceCheck {
    private final InstanceDraft draft;
    private final GlobalDraft globals;
    private final Reading reading;
    private final boolean strict;

    InstanceCheck(InstanceDraft draft, GlobalDraft globals, Reading reading) {
        this.draft = draft;
        this.globals = globals;
        this.reading = reading;
        this.strict = draft.strict.orElse(globals.strict);
    }

    /** Interface, VRID and family, as far as they are known. */
    Optional<RouterId> id() {
        if (draft.interfaceName.isEmpty() || draft.vrid.isEmpty() || draft.addresses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RouterId(draft.interfaceName.get(), draft.vrid.getAsInt(), family()));
    }

    /** Reports all that is wrong; the builder is empty if not even the identity is known. */
    Optional<RouterConfigBuilder> check() {
        checkComplete();
        checkFirstAddress();
        checkUnicast();
        VrrpVersion version = version();
        int priority = priority();
        if (strict) {
            new StrictRules(draft, globals, reading).check(version, priority);
        }
        boolean preempt = preempt(priority);
        RouterConfigBuilder builder = RouterConfig.builder(draft.interfaceName.orElse(""), draft.vrid.orElse(0))
                .name(draft.name)
                .version(version)
                .priority(priority)
                .preempt(preempt)
                .advertisementInterval(interval(version))
                .downTimerAdverts(downTimerAdverts())
                .authentication(authentication(version))
                .checksumForm(
                        draft.checksumAsV2.orElse(globals.checksumAsV2)
                                ? ChecksumForm.MESSAGE_ONLY
                                : ChecksumForm.PSEUDO_HEADER)
                .addressListCheck(
                        draft.skipAddressCheck || globals.skipAddressCheck
                                ? AddressListCheck.DROP_OF_NEW_MASTER
                                : AddressListCheck.DROP)
                .announcements(draft.garp.announcements(globals.garp, family()))
                .announceWithAdvertisements(draft.garp.announceWithAdvertisements(globals.garp))
                .startupDelay(globals.startupDelay)
                .delayAfterBoot(globals.delayAfterBoot)
                .preemptDelay(preemptDelay(preempt))
                .stepDownAfterStall(draft.stepDownAfterStall)
                .linkTracking(linkTracking());
        draft.garp.conflictAnnouncements(globals.garp, family()).ifPresent(builder::conflictAnnouncements);
        addUnicast(builder);
        draft.virtualMac
                .virtualMac(reading, draft.given("use_vmac"), draft.vrid.orElse(0), strict)
                .ifPresent(builder::virtualMac);
        draft.addresses.forEach(entry -> builder.address(entry.address()));
        ResourceKeywords.build(draft, builder, reading);
        draft.tracked.build().forEach(tracked -> builder.track(tracked.tracker(), tracked.weight()));
        builder.notification(draft.notification.build(globals));
        return id().map(id -> builder);
    }

    private void checkComplete() {
        if (draft.isDamaged() || reading.isIncomplete()) {
            return;
        }
        if (draft.given("interface") == null) {
            missing("interface");
        }
        if (draft.given("virtual_router_id") == null) {
            missing("virtual_router_id");
        }
        Position addresses = draft.given("virtual_ipaddress");
        if (addresses == null) {
            missing("virtual_ipaddress");
        } else if (draft.addressLines == 0 && draft.hasAddressBlock) {
            reading.error(
                    addresses,
                    "virtual_ipaddress must have 1 to " + RouterConfig.maxAddresses(family()) + " addresses: 0");
        }
    }

    /** Routers that follow the RFC refuse such packets; keepalived does not. */
    private void checkFirstAddress() {
        if (family() == IpFamily.IPV6 && !draft.isDamaged() && !reading.isIncomplete()) {
            InstanceDraft.AddressEntry first = draft.addresses.get(0);
            if (!first.address().address().isLinkLocalAddress()) {
                String rule = " be link-local (RFC 9568, 5.2.9), in fe80::/10, on all routers: " + first.address();
                if (strict) {
                    reading.error(first.position(), "in strict mode the first IPv6 address must" + rule);
                } else {
                    reading.warning(first.position(), "the first IPv6 address should" + rule);
                }
            }
        }
    }

    private void checkUnicast() {
        Position peers = draft.given("unicast_peer");
        if (peers != null && draft.peerLines == 0 && !draft.isDamaged() && !reading.isIncomplete()) {
            reading.error(peers, "unicast_peer must have at least one address: an empty one never means multicast");
        }
        if (draft.addresses.isEmpty()) {
            return;
        }
        draft.peers.forEach(peer -> checkFamily(peer.address(), peer.position()));
        draft.source.ifPresent(address -> checkFamily(address, draft.sourcePosition));
    }

    private void checkFamily(InetAddress address, Position position) {
        if (IpFamily.of(address) != family()) {
            reading.error(
                    position,
                    address.getHostAddress() + " must be of the family of the virtual addresses, "
                            + (family() == IpFamily.IPV4 ? "IPv4" : "IPv6"));
        }
    }

    private void addUnicast(RouterConfigBuilder builder) {
        draft.source.ifPresent(builder::source);
        builder.strict(strict);
        List<InstanceDraft.PeerEntry> peers = new ArrayList<>();
        for (InstanceDraft.PeerEntry peer : draft.peers) {
            if (draft.source.filter(peer.address()::equals).isPresent()) {
                reading.warning(peer.position(), "the source of the instance is no peer of itself: it is left out");
            } else {
                peers.add(peer);
            }
        }
        if (peers.isEmpty()) {
            if (!draft.peers.isEmpty()) {
                reading.error(draft.given("unicast_peer"), "unicast_peer must have another address than the source");
            }
            return;
        }
        builder.unicastPeers(
                        peers.stream().map(InstanceDraft.PeerEntry::address).toList())
                .unicastTtl(draft.unicastTtl.orElse(TtlRange.MAX))
                .checkTtl(checkTtl(peers));
        peers.forEach(peer -> peer.ttl().ifPresent(range -> builder.peerTtl(peer.address(), range)));
    }

    /** For peers of which nothing is said. Over IPv6 keepalived sends with the host's 64 unless told otherwise. */
    private boolean checkTtl(List<InstanceDraft.PeerEntry> peers) {
        boolean open = peers.stream().anyMatch(peer -> peer.ttl().isEmpty());
        if (draft.unicastTtl.isEmpty() && family() == IpFamily.IPV6 && open) {
            reading.warning(
                    draft.given("unicast_peer"),
                    "IPv6 peers are accepted with any hop limit, since keepalived sends with that of the host;"
                            + " unicast_ttl 255 on all routers makes 255 required");
        }
        return draft.unicastTtl.orElse(family() == IpFamily.IPV4 ? TtlRange.MAX : 0) == TtlRange.MAX;
    }

    private void missing(String keyword) {
        reading.error(draft.position(), "vrrp_instance " + Found.quote(draft.name) + " has no " + keyword);
    }

    private IpFamily family() {
        return draft.addresses.isEmpty()
                ? IpFamily.IPV4
                : IpFamily.of(draft.addresses.get(0).address().address());
    }

    private VrrpVersion version() {
        if (family() == IpFamily.IPV4) {
            return draft.version.or(() -> globals.version).orElse(VrrpVersion.V2);
        }
        if (draft.version.filter(version -> version == VrrpVersion.V2).isPresent()) {
            reading.warning(draft.given("version"), "IPv6 addresses need version 3: '2' is read as 3");
        }
        return VrrpVersion.V3;
    }

    /** In strict mode only the owner is. */
    private boolean isMaster() {
        boolean owner = draft.priority.orElse(Priority.OWNER) == Priority.OWNER;
        return draft.state.filter("MASTER"::equals).isPresent() && (owner || !strict);
    }

    private int priority() {
        if (draft.given("priority") != null || !isMaster() || draft.isDamaged() || reading.isIncomplete()) {
            return draft.priority.orElse(Priority.DEFAULT);
        }
        reading.warning(
                draft.given("state"),
                "state MASTER without a priority means priority 255, which is the owner's; give a priority");
        return Priority.OWNER;
    }

    private boolean preempt(int priority) {
        if (draft.preempt || !isMaster() && priority != Priority.OWNER) {
            return draft.preempt;
        }
        String cause = isMaster() ? "state MASTER" : "priority 255";
        reading.warning(draft.given("nopreempt"), "nopreempt does not go with " + cause + " and is ignored");
        return true;
    }

    private Duration preemptDelay(boolean preempt) {
        Duration delay = draft.preemptDelay.orElse(Duration.ZERO);
        if (strict) {
            return Duration.ZERO;
        }
        if (delay.isZero() || preempt && !isMaster()) {
            return delay;
        }
        String cause = preempt ? "state MASTER" : "nopreempt";
        reading.warning(draft.given("preempt_delay"), "preempt_delay does not go with " + cause + " and is ignored");
        return Duration.ZERO;
    }

    private Duration interval(VrrpVersion version) {
        Duration given = draft.advertInterval.orElse(AdvertisementIntervals.V2_UNIT);
        Duration unit = version == VrrpVersion.V2 ? AdvertisementIntervals.V2_UNIT : AdvertisementIntervals.V3_UNIT;
        Duration max = version == VrrpVersion.V2 ? AdvertisementIntervals.V2_MAX : AdvertisementIntervals.V3_MAX;
        long units = (given.toNanos() + unit.toNanos() / 2) / unit.toNanos();
        Duration rounded = unit.multipliedBy(Math.max(1, units));
        if (rounded.compareTo(max) > 0) {
            reading.error(
                    draft.given("advert_int"),
                    "advert_int must be 0.01 to 40.95 seconds in version 3: '" + Numbers.seconds(given) + "'");
            return max;
        }
        if (!rounded.equals(given)) {
            reading.warning(
                    draft.given("advert_int"),
                    "advert_int is in steps of " + Numbers.seconds(unit) + " seconds in version " + version.number()
                            + ": '" + Numbers.seconds(given) + "' is read as " + Numbers.seconds(rounded));
        }
        return rounded;
    }

    private LinkTracking linkTracking() {
        if (draft.tracksSource && draft.source.isEmpty()) {
            reading.warning(
                    draft.given("track_src_ip"),
                    "track_src_ip goes with unicast_src_ip or mcast_src_ip, and is ignored without");
        }
        return new LinkTracking(draft.tracksLink, draft.tracksSource && draft.source.isPresent());
    }

    private int downTimerAdverts() {
        int count = draft.downTimerAdverts.orElse(globals.downTimerAdverts);
        return strict ? StrictRules.DOWN_TIMER_ADVERTS : count;
    }

    private Authentication authentication(VrrpVersion version) {
        AuthenticationDraft block = draft.authentication;
        if (block == null) {
            return Authentication.NONE;
        }
        if (version == VrrpVersion.V3 || strict) {
            String cause = strict ? "strict mode" : "version 3";
            reading.warning(block.position(), cause + " has no authentication: this block is ignored");
            return Authentication.NONE;
        }
        if (!block.simplePassword) {
            if (block.given("auth_type") == null && !block.isDamaged()) {
                reading.warning(block.position(), "authentication without auth_type means none");
            }
            return Authentication.NONE;
        }
        if (block.given("auth_pass") == null && !block.isDamaged() && !reading.isIncomplete()) {
            reading.error(block.position(), "auth_type PASS needs an auth_pass of 1 to 8 characters");
        }
        return block.password.map(this::password).orElse(Authentication.NONE);
    }

    private Authentication password(String password) {
        Position position = draft.authentication.given("auth_pass");
        if (password.indexOf('\uFFFD') >= 0) {
            reading.error(position, "auth_pass must be text in UTF-8");
        }
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Authentication.MAX_PASSWORD_BYTES) {
            reading.warning(
                    position,
                    "auth_pass must have 1 to " + Authentication.MAX_PASSWORD_BYTES + " bytes: of " + bytes.length
                            + " the first " + Authentication.MAX_PASSWORD_BYTES + " are used");
        }
        return Authentication.simplePassword(bytes);
    }
}
