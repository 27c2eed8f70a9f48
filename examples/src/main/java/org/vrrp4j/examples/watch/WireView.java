package org.vrrp4j.examples.watch;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/**
 * The virtual routers on a wire: packets with their times in, rows out. It remembers the 256 virtual routers that were
 * heard last and as many kinds of rejected packets, whatever is sent to it.
 *
 * <p><b>Thread:</b> one at a time. Times are nanoseconds of any one clock that does not jump.
 */
public final class WireView {
    private static final int MAX_ENTRIES = 256;
    private static final Comparator<WireRow> ORDER =
            Comparator.comparing(WireRow::link).thenComparing(WireRow::vrid).thenComparing(WireRow::family);

    private final Map<Key, WireRouter> routers = new LinkedHashMap<>();
    private final Map<RejectedPackets, RejectedPackets> rejections = new LinkedHashMap<>();

    /**
     * Which virtual router; both families may use the same VRID for different ones.
     *
     * @param link the interface, with the VLAN if there is one
     */
    record Key(String link, int vrid, IpFamily family) {}

    /** Takes in a packet of any kind. */
    public void onPacket(long nowNanos, ObservedPacket packet) {
        if (packet.decoded() instanceof PacketRejection rejection) {
            onRejection(packet, rejection);
        } else if (packet.decoded() instanceof ReceivedAdvertisement received) {
            Key key = new Key(packet.link().name(), received.advertisement().vrid(), packet.family());
            WireRouter router = removeOrElse(routers, key, new WireRouter());
            router.onAdvertisement(nowNanos, received.source(), received.advertisement());
            routers.put(key, router);
        }
    }

    private void onRejection(ObservedPacket packet, PacketRejection rejection) {
        String vrid = packet.head().map(head -> Integer.toString(head.vrid())).orElse("?");
        String router = WireTable.name(packet.link().name(), vrid, packet.family());
        String sender = packet.envelope()
                .map(envelope -> IpAddresses.text(envelope.source()))
                .orElse("?");
        RejectedPackets kind =
                new RejectedPackets(router, sender, rejection.reason().text(), "", 0);
        rejections.put(kind, removeOrElse(rejections, kind, kind).andOne(rejection.detail()));
    }

    /** Takes an entry out, to be put in again as the newest; makes room if it is a new one. */
    private static <K, V> V removeOrElse(Map<K, V> entries, K key, V otherwise) {
        V found = entries.remove(key);
        if (found == null && entries.size() >= MAX_ENTRIES) {
            entries.remove(entries.keySet().iterator().next());
        }
        return found == null ? otherwise : found;
    }

    /** All virtual routers, by interface, VRID and family. */
    public List<WireRow> rows(long nowNanos) {
        return routers.entrySet().stream()
                .map(entry -> entry.getValue().row(nowNanos, entry.getKey()))
                .sorted(ORDER)
                .toList();
    }

    /** All rejected packets, by kind. */
    public List<RejectedPackets> rejections() {
        return rejections.values().stream()
                .sorted(Comparator.comparing(RejectedPackets::router)
                        .thenComparing(RejectedPackets::sender)
                        .thenComparing(RejectedPackets::reason))
                .toList();
    }
}
