package org.vrrp4j.spi;

import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.MacAddress;

/** Hears what others do to the addresses of a claim. May be called on any thread. */
public interface AddressListener {

    /**
     * An address of the claim is on this host and not ours, or another living node of ours has charge of it. It stays
     * so until {@link #onForeignAddressGone()}.
     *
     * @param where who or where, in words
     */
    void onForeignAddress(VirtualAddress address, String where);

    /** No address of the claim is held by somebody else any more. */
    void onForeignAddressGone();

    /** An address that the claim holds has vanished: somebody removed it, or its lease ran out. */
    void onAddressLost(VirtualAddress address);

    /**
     * A route or rule that the claim holds has vanished. A backend without routes and rules never tells it.
     *
     * @param what which, such as {@code route default via 192.0.2.254}
     */
    default void onRoutingLost(String what) {}

    /**
     * Held addresses are behind another MAC address from now on, of which neighbours must hear. A backend whose
     * addresses have none never tells it; a listener that announces nothing need not hear it.
     */
    default void onMacChanged() {}

    /**
     * Another host on the link says that it has an address that the claim holds: an ARP packet or a neighbour
     * advertisement came from a MAC address that is none of this host's and not that of the virtual router. Of one
     * address and holder it is told at most once a second, as long as such packets come. A backend whose link has no
     * MAC addresses never tells it.
     */
    default void onOtherHolder(VirtualAddress address, MacAddress holder) {}
}
