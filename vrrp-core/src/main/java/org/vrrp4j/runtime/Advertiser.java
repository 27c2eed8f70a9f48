package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.UnicastChecksum;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.Priority;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.OutgoingMessage;

/**
 * Sends one router's advertisements to the multicast group, or to each of its unicast peers. A message is encoded once
 * for each destination, since checksums cover it.
 *
 * <p>A router with a virtual MAC address sends from it as a master, and with the priority 0 of one that was. Not so the
 * last word of a master that yields to a better one: switches have just learned that the address is there.
 */
final class Advertiser {
    private RouterConfig config;
    private List<InetAddress> destinations;
    private final Map<Advertisement, ByteBuffer[]> encoded = new IdentityHashMap<>();
    private IOException failure;
    private InetAddress channelSource;
    private InetAddress source;
    private MacAddress virtualMac;
    private final Set<InetAddress> oldPeers = new HashSet<>();

    /** For a router whose channel is not open yet. */
    Advertiser(RouterConfig config) {
        configure(config);
    }

    /** Sends as another configuration says from now on; returns the source, or null while there is no channel. */
    InetAddress configure(RouterConfig next) {
        config = next;
        virtualMac = next.virtualMac()
                .filter(mac -> !mac.transmitOnBase() && !next.isUnicast())
                .map(mac -> mac.addressOf(next.id()))
                .orElse(null);
        destinations = next.isUnicast()
                ? next.unicastPeers()
                : List.of(next.id().family().multicastGroup());
        return channelSource == null ? null : from(channelSource);
    }

    /** Messages come from the configured source, or else from the channel's, from now on; returns which. */
    InetAddress from(InetAddress sourceOfChannel) {
        encoded.clear();
        channelSource = sourceOfChannel;
        source = config.source().orElse(channelSource);
        return source;
    }

    /** A peer's checksums have this form, so that of ours to it may have to change. */
    void onHeard(InetAddress peer, ChecksumForm form) {
        boolean isOld = form == ChecksumForm.GROUP_PSEUDO_HEADER;
        if ((isOld || !oldPeers.isEmpty()) && isOld != oldPeers.contains(peer)) {
            if (isOld) {
                oldPeers.add(peer);
            } else {
                oldPeers.remove(peer);
            }
            encoded.clear();
        }
    }

    private ChecksumForm formFor(InetAddress destination) {
        boolean old = config.isUnicast()
                && config.checksumForm() == ChecksumForm.PSEUDO_HEADER
                && (config.unicastChecksum() == UnicastChecksum.OLD
                        || config.unicastChecksum() == UnicastChecksum.AS_PEER && oldPeers.contains(destination));
        return old ? ChecksumForm.GROUP_PSEUDO_HEADER : config.checksumForm();
    }

    /**
     * Sends to every destination, also after one has failed.
     *
     * @param master whether the router is MASTER now
     * @return how many it went to
     */
    int send(AdvertisementChannel channel, Advertisement advertisement, boolean master) {
        ByteBuffer[] messages = encoded(advertisement);
        int reached = 0;
        failure = null;
        for (int i = 0; i < messages.length; i++) {
            try {
                if (virtualMac != null && (master || advertisement.priority() == Priority.RELEASE)) {
                    channel.sendFrom(virtualMac, messages[i], source);
                } else {
                    channel.send(messages[i], source, destinations.get(i), config.unicastTtl());
                }
                reached++;
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        return reached;
    }

    /** What {@link #send} would send as a master. */
    List<OutgoingMessage> messages(Advertisement advertisement) {
        ByteBuffer[] messages = encoded(advertisement);
        List<OutgoingMessage> outgoing = new ArrayList<>(messages.length);
        for (int i = 0; i < messages.length; i++) {
            outgoing.add(new OutgoingMessage(
                    messages[i], source, destinations.get(i), config.unicastTtl(), Optional.ofNullable(virtualMac)));
        }
        return outgoing;
    }

    /** The first failure of the last sending, or null. */
    IOException failure() {
        return failure;
    }

    private ByteBuffer[] encoded(Advertisement advertisement) {
        ByteBuffer[] messages = encoded.get(advertisement);
        if (messages == null) {
            messages = encode(advertisement);
            encoded.put(advertisement, messages);
        }
        return messages;
    }

    private ByteBuffer[] encode(Advertisement advertisement) {
        return destinations.stream()
                .map(destination -> AdvertisementCodec.encode(advertisement, formFor(destination), source, destination))
                .toArray(ByteBuffer[]::new);
    }
}
