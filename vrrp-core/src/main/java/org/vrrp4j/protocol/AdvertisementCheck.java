package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.AddressListDifference;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** The checks of a received advertisement that need the configuration (RFC 9568, 7.1; RFC 3768, 7.1). */
final class AdvertisementCheck {
    private final RouterConfig config;
    private final List<InetAddress> addresses;
    private Advertisement lastWithOurs;

    AdvertisementCheck(RouterConfig config) {
        this.config = config;
        this.addresses = config.advertisedAddresses();
    }

    /**
     * Why the packet must be ignored, or null if it is good.
     *
     * @param ownSource where our own advertisements come from
     * @param master the master that is followed, if any
     */
    PacketRejection check(ReceivedAdvertisement received, InetAddress ownSource, Optional<InetAddress> master) {
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
        return config.version() == VrrpVersion.V2 ? checkV2(received, master) : null;
    }

    private PacketRejection checkV2(ReceivedAdvertisement received, Optional<InetAddress> master) {
        Advertisement advertisement = received.advertisement();
        Authentication expected = config.authentication();
        Authentication found = advertisement.authentication();
        if (found.type() != expected.type()) {
            return new PacketRejection(
                    RejectionReason.AUTHENTICATION_TYPE, "found " + found + ", expected " + expected);
        }
        if (found.data() != expected.data()) {
            return new PacketRejection(RejectionReason.AUTHENTICATION_FAILED, "");
        }
        if (dropsOtherAddresses(received, master) && !hasOurAddresses(advertisement)) {
            return new PacketRejection(
                    RejectionReason.ADDRESS_LIST, difference(advertisement).text());
        }
        if (!advertisement.interval().equals(config.advertisementInterval())) {
            return new PacketRejection(
                    RejectionReason.INTERVAL_MISMATCH,
                    "found " + advertisement.interval().toSeconds() + " s, expected "
                            + config.advertisementInterval().toSeconds() + " s");
        }
        return null;
    }

    private boolean dropsOtherAddresses(ReceivedAdvertisement received, Optional<InetAddress> master) {
        boolean fromOwner = received.advertisement().priority() == Priority.OWNER;
        boolean followed = master.filter(received.source()::equals).isPresent();
        return switch (config.addressListCheck()) {
            case DROP -> !fromOwner;
            case DROP_OF_NEW_MASTER -> !fromOwner && !followed;
            case REPORT -> false;
        };
    }

    AddressListDifference difference(Advertisement advertisement) {
        return AddressListDifference.of(advertisement.addresses(), addresses);
    }

    /** Whether the packet lists our addresses, in any order. The same object comes again and again. */
    boolean hasOurAddresses(Advertisement advertisement) {
        List<InetAddress> found = advertisement.addresses();
        boolean ours = advertisement == lastWithOurs
                || found.equals(addresses)
                || found.size() == addresses.size() && new HashSet<>(found).equals(new HashSet<>(addresses));
        lastWithOurs = ours ? advertisement : null;
        return ours;
    }
}
