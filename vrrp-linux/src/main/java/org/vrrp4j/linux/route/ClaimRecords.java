package org.vrrp4j.linux.route;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** The registered claims, by virtual router and by address: of both there may be thousands. */
final class ClaimRecords {
    private final InterfaceTable table;
    private final Map<RouterId, ClaimRecord> byRouter = new LinkedHashMap<>();
    private final Map<String, ClaimRecord> byPlace = new HashMap<>();
    private int ipv6Addresses;

    /**
     * With none yet.
     *
     * @param table knows the names of the interfaces, which tell link-local addresses apart
     */
    ClaimRecords(InterfaceTable table) {
        this.table = table;
    }

    /** In the order in which they were registered. */
    Collection<ClaimRecord> all() {
        return Collections.unmodifiableCollection(byRouter.values());
    }

    Optional<ClaimRecord> of(RouterId router) {
        return Optional.ofNullable(byRouter.get(router));
    }

    /** The same, without an object; null for none. */
    ClaimRecord get(RouterId router) {
        return byRouter.get(router);
    }

    /** The one whose claim has an address of a claim. */
    Optional<ClaimRecord> with(AddressClaim claim, VirtualAddress address) {
        return Optional.ofNullable(byPlace.get(place(claim, address)));
    }

    /** The one whose claim has an address that is there; a held one stays its own if its interface is renamed. */
    Optional<ClaimRecord> with(AddressMessage entry) {
        ClaimRecord found = byPlace.get(table.placeOf(entry));
        if (found == null && entry.address().isLinkLocalAddress()) {
            return byRouter.values().stream()
                    .filter(record -> record.holds(entry))
                    .findFirst();
        }
        return Optional.ofNullable(found);
    }

    /** What an address of a claim is called, and told apart by. */
    static String place(AddressClaim claim, VirtualAddress address) {
        return IpAddresses.text(address.address(), claim.deviceOf(address));
    }

    /** How many of the addresses are IPv6 ones. */
    int ipv6Addresses() {
        return ipv6Addresses;
    }

    void add(ClaimRecord record) {
        byRouter.put(record.claim().router(), record);
        index(record);
    }

    void remove(ClaimRecord record) {
        byRouter.remove(record.claim().router());
        forget(record);
    }

    /** Its claim is another one of the same router from now on. */
    void change(ClaimRecord record, AddressClaim next) {
        forget(record);
        record.onChanged(next);
        index(record);
    }

    private void index(ClaimRecord record) {
        for (VirtualAddress address : record.claim().addresses()) {
            byPlace.put(place(record.claim(), address), record);
            ipv6Addresses += isIpv6(address) ? 1 : 0;
        }
    }

    private void forget(ClaimRecord record) {
        for (VirtualAddress address : record.claim().addresses()) {
            byPlace.remove(place(record.claim(), address), record);
            ipv6Addresses -= isIpv6(address) ? 1 : 0;
        }
    }

    private static boolean isIpv6(VirtualAddress address) {
        return IpFamily.of(address.address()) == IpFamily.IPV6;
    }
}
