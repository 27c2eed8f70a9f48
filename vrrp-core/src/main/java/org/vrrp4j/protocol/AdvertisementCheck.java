package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** The checks of a received advertisement that need the configuration (RFC 9568, 7.1; RFC 3768, 7.1). */
final class AdvertisementCheck {
    private final RouterConfig config;
    private final List<InetAddress> addresses;

    AdvertisementCheck(RouterConfig config) {
        this.config = config;
        this.addresses = config.advertisedAddresses();
    }

    /** Why the packet must be ignored, or null if it is good. */
    PacketRejection check(ReceivedAdvertisement received, InetAddress ownSource) {
        Advertisement advertisement = received.advertisement();
        if (received.source().equals(ownSource)) {
            return new PacketRejection(RejectionReason.OWN_ADDRESS, "");
        }
        if (advertisement.version() != config.version()) {
            return new PacketRejection(
                    RejectionReason.VERSION_MISMATCH,
                    "found " + advertisement.version().number() + ", expected "
                            + config.version().number());
        }
        return config.version() == VrrpVersion.V2 ? checkV2(advertisement) : null;
    }

    private PacketRejection checkV2(Advertisement advertisement) {
        Authentication expected = config.authentication();
        Authentication found = advertisement.authentication();
        if (found.type() != expected.type()) {
            return new PacketRejection(
                    RejectionReason.AUTHENTICATION_TYPE, "found " + found + ", expected " + expected);
        }
        if (found.data() != expected.data()) {
            return new PacketRejection(RejectionReason.AUTHENTICATION_FAILED, "");
        }
        if (!advertisement.interval().equals(config.advertisementInterval())) {
            return new PacketRejection(
                    RejectionReason.INTERVAL_MISMATCH,
                    "found " + advertisement.interval().toSeconds() + " s, expected "
                            + config.advertisementInterval().toSeconds() + " s");
        }
        return null;
    }

    /** Whether the packet lists our addresses, in any order. */
    boolean hasOurAddresses(Advertisement advertisement) {
        List<InetAddress> found = advertisement.addresses();
        return found.equals(addresses)
                || found.size() == addresses.size() && new HashSet<>(found).equals(new HashSet<>(addresses));
    }
}
