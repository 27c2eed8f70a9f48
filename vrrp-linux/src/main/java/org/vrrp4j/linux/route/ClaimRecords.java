package org.vrrp4j.linux.route;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** The registered claims, by virtual router and by address: of both there may be thousands. */
final class ClaimRecords {
    private final Map<RouterId, ClaimRecord> byRouter = new LinkedHashMap<>();
    private final Map<InetAddress, ClaimRecord> byAddress = new HashMap<>();
    private int ipv6Addresses;

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

    /** The one whose claim has an address. */
    Optional<ClaimRecord> with(InetAddress address) {
        return Optional.ofNullable(byAddress.get(address));
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
            byAddress.put(address.address(), record);
            ipv6Addresses += isIpv6(address) ? 1 : 0;
        }
    }

    private void forget(ClaimRecord record) {
        for (VirtualAddress address : record.claim().addresses()) {
            byAddress.remove(address.address(), record);
            ipv6Addresses -= isIpv6(address) ? 1 : 0;
        }
    }

    private static boolean isIpv6(VirtualAddress address) {
        return IpFamily.of(address.address()) == IpFamily.IPV6;
    }
}
