package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.util.Optional;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.Decoded;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** Who has been heard on a segment with packets of one virtual router. */
final class HeardRouter {
    private final Segment segment;
    private final int vrid;
    private final InetAddress source;
    private MacAddress mac;
    private int frames;
    private int messages;
    private Advertisement advertisement;
    private PacketRejection rejection;

    HeardRouter(Segment segment, int vrid, InetAddress source) {
        this.segment = segment;
        this.vrid = vrid;
        this.source = source;
    }

    /** A frame has arrived on the interface, before any firewall. */
    void onFrame(MacAddress sender, Decoded decoded) {
        frames++;
        mac = sender;
        if (decoded instanceof ReceivedAdvertisement received) {
            advertisement = received.advertisement();
        } else if (decoded instanceof PacketRejection found) {
            rejection = found;
        }
    }

    /** A raw socket has been given a message, behind the firewall. */
    void onMessage() {
        messages++;
    }

    boolean is(Segment where, int number, InetAddress from) {
        return segment == where && vrid == number && source.equals(from);
    }

    Segment segment() {
        return segment;
    }

    int vrid() {
        return vrid;
    }

    InetAddress source() {
        return source;
    }

    Optional<MacAddress> mac() {
        return Optional.ofNullable(mac);
    }

    /** How many have arrived on the interface. */
    int frames() {
        return frames;
    }

    /** How many of these a raw socket has been given. */
    int messages() {
        return messages;
    }

    Optional<Advertisement> advertisement() {
        return Optional.ofNullable(advertisement);
    }

    Optional<PacketRejection> rejection() {
        return Optional.ofNullable(rejection);
    }
}
