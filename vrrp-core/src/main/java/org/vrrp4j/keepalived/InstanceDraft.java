package org.vrrp4j.keepalived;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.config.TtlRange;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.model.VrrpVersion;

/** What a vrrp_instance block says. Empty is what was not given, or not rightly. */
final class InstanceDraft extends Draft {
    final String name;
    final GarpSettings garp = new GarpSettings();
    final VirtualMacKeywords.VirtualMacDraft virtualMac = new VirtualMacKeywords.VirtualMacDraft();
    final TrackLists tracked;
    final NotifyDraft notification = new NotifyDraft();
    final List<AddressEntry> addresses = new ArrayList<>();
    final List<AddressEntry> excludedAddresses = new ArrayList<>();
    final List<VirtualRoute> routes = new ArrayList<>();
    final List<VirtualRule> rules = new ArrayList<>();
    Optional<Boolean> acceptMode = Optional.empty();
    final List<PeerEntry> peers = new ArrayList<>();
    Optional<InetAddress> source = Optional.empty();
    Position sourcePosition;
    AuthenticationDraft authentication;
    Optional<String> state = Optional.empty();
    Optional<String> interfaceName = Optional.empty();
    OptionalInt vrid = OptionalInt.empty();
    OptionalInt priority = OptionalInt.empty();
    Optional<Duration> advertInterval = Optional.empty();
    Optional<VrrpVersion> version = Optional.empty();
    OptionalInt downTimerAdverts = OptionalInt.empty();
    Optional<Boolean> checksumAsV2 = Optional.empty();
    Optional<Boolean> strict = Optional.empty();
    Optional<Duration> preemptDelay = Optional.empty();
    boolean skipAddressCheck;
    boolean preempt = true;
    OptionalInt unicastTtl = OptionalInt.empty();
    int peerLines;
    boolean stepDownAfterStall;
    boolean tracksLink = true;
    boolean tracksSource;
    int addressLines;
    boolean hasAddressBlock;
    boolean mixedFamilies;
    boolean tooManyAddresses;

    InstanceDraft(String name, Trackers trackers, Position position) {
        super(position);
        this.name = name;
        this.tracked = new TrackLists(trackers);
    }

    /** An address and the line it is in. */
    record AddressEntry(VirtualAddress address, Position position) {}

    /** A unicast peer, the TTL that its packets must have if that is said, and the line it is in. */
    record PeerEntry(InetAddress address, Optional<TtlRange> ttl, Position position) {}
}
