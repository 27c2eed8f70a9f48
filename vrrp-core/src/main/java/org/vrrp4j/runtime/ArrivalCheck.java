package org.vrrp4j.runtime;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.TtlRange;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.Decoded;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.protocol.Input;

/**
 * What one router demands of the way that a packet came: the hop limit, multicast or one of its unicast peers, and, if
 * it is strict, a link-local address first.
 */
final class ArrivalCheck {
    private static final int MAX_SENDERS = 64;

    /** As long as a loop that works may take to read a packet; more may come from a clock that was set meanwhile. */
    private static final long LONGEST_AGO_NANOS = 2_000_000L;

    private final RouterConfig config;
    private final Set<InetAddress> peers;
    private final Set<InetAddress> toldSenders = new LinkedHashSet<>();
    private ReceivedAdvertisement last;
    private Input.AdvertisementHeard lastHeard;
    private long lastAgoNanos;
    private ByteBuffer lastMessage = ByteBuffer.allocate(0);
    private InetAddress lastDestination;
    private int lastHopLimit;

    ArrivalCheck(RouterConfig config) {
        this.config = config;
        this.peers = new HashSet<>(config.unicastPeers());
    }

    /** The advertisement, or why it must be ignored. A master sends the same one for hours: it is decoded once. */
    Decoded decode(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) {
        if (last != null
                && hopLimit == lastHopLimit
                && lastMessage.equals(message)
                && last.source().equals(source)
                && lastDestination.equals(destination)) {
            return last;
        }
        Decoded decoded = decodeAnew(message, source, destination, hopLimit);
        if (decoded instanceof ReceivedAdvertisement received) {
            last = received;
            lastMessage = copy(message);
            lastDestination = destination;
            lastHopLimit = hopLimit;
        }
        return decoded;
    }

    /**
     * The input that tells of it: the same for the same.
     *
     * @param agoNanos when it came
     */
    Input.AdvertisementHeard heard(ReceivedAdvertisement received, long agoNanos) {
        lastAgoNanos = Math.min(agoNanos, LONGEST_AGO_NANOS);
        if (lastHeard == null || lastHeard.received() != received) {
            lastHeard = new Input.AdvertisementHeard(received);
        }
        return lastHeard;
    }

    /** How long ago an input came: peers have waited since then. Now, unless it is the last that was heard. */
    long agoNanos(Input input) {
        return input == lastHeard ? lastAgoNanos : 0;
    }

    private static ByteBuffer copy(ByteBuffer message) {
        return ByteBuffer.allocate(message.remaining()).put(message.duplicate()).flip();
    }

    private Decoded decodeAnew(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) {
        TtlRange ttl = config.acceptedTtl(source);
        if (!ttl.contains(hopLimit)) {
            return ttl.equals(TtlRange.NEIGHBOUR)
                    ? new PacketRejection(RejectionReason.TTL, "found " + hopLimit)
                    : new PacketRejection(RejectionReason.PEER_TTL, "found " + hopLimit + ", expected " + ttl);
        }
        Decoded decoded = AdvertisementCodec.decode(message, source, destination);
        if (!(decoded instanceof ReceivedAdvertisement received)) {
            return decoded;
        }
        PacketRejection rejection =
                config.isUnicast() ? checkUnicast(source, destination) : checkMulticast(destination);
        if (rejection == null && config.strict() && startsGlobal(received)) {
            return new PacketRejection(
                    RejectionReason.NOT_LINK_LOCAL, first(received).getHostAddress());
        }
        return rejection == null ? received : rejection;
    }

    private PacketRejection checkUnicast(InetAddress source, InetAddress destination) {
        if (destination.isMulticastAddress()) {
            return new PacketRejection(RejectionReason.MULTICAST, "");
        }
        return peers.contains(source) ? null : new PacketRejection(RejectionReason.NOT_A_PEER, "");
    }

    private static PacketRejection checkMulticast(InetAddress destination) {
        return destination.isMulticastAddress()
                ? null
                : new PacketRejection(RejectionReason.UNICAST, "to " + destination.getHostAddress());
    }

    /** The first address, if it should be link-local and is not, the first time that a sender is seen to do so. */
    Optional<InetAddress> notLinkLocal(ReceivedAdvertisement received) {
        if (!startsGlobal(received) || !toldSenders.add(received.source())) {
            return Optional.empty();
        }
        // forgets the one known for longest: senders can be forged
        if (toldSenders.size() > MAX_SENDERS) {
            toldSenders.remove(toldSenders.iterator().next());
        }
        return Optional.of(first(received));
    }

    private boolean startsGlobal(ReceivedAdvertisement received) {
        return config.id().family() == IpFamily.IPV6 && !first(received).isLinkLocalAddress();
    }

    private static InetAddress first(ReceivedAdvertisement received) {
        return received.advertisement().addresses().get(0);
    }
}
