package org.vrrp4j.runtime;

import java.net.InetAddress;
import java.util.Map;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.Decoded;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.spi.EventLoop;

/** Packets that are for no router of the node: counted and, if wanted, logged. For the loop, but for the sum. */
final class UnassignedPackets {
    private final Counters.EnumCounter<RejectionReason> counts = new Counters.EnumCounter<>(RejectionReason.class);
    private final RejectionReports reports = new RejectionReports();
    private final EventLoop loop;
    private final Listener listener;

    /** Who is told of some of them, so few that it may be a log. */
    interface Listener {
        /** Nobody. */
        Listener NONE = (interfaceName, source, advertisement) -> {};

        /** A router advertises that this node does not have. */
        void onUnknownRouter(String interfaceName, InetAddress source, Advertisement advertisement);
    }

    UnassignedPackets(EventLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    void onMessage(String interfaceName, InetAddress source, Decoded decoded) {
        if (decoded instanceof ReceivedAdvertisement received) {
            counts.increment(RejectionReason.VRID_UNKNOWN);
            if (reports.isWorthTelling(loop.nanoTime(), source, RejectionReason.VRID_UNKNOWN)) {
                listener.onUnknownRouter(interfaceName, source, received.advertisement());
            }
        } else {
            onDamaged((PacketRejection) decoded);
        }
    }

    void onDamaged(PacketRejection rejection) {
        counts.increment(rejection.reason());
    }

    /** How many of each kind. On any thread. */
    Map<RejectionReason, Long> snapshot() {
        return counts.snapshot();
    }
}
