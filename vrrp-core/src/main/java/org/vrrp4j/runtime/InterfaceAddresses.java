package org.vrrp4j.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.spi.AddressClaim;

/** The addresses by which a master keeps its interfaces known to switches. */
final class InterfaceAddresses {
    private InterfaceAddresses() {}

    /** The first on each interface that advertisements do not come from; see {@code InterfaceRefresh}. */
    static List<VirtualAddress> of(RouterConfig router, AddressClaim claim) {
        boolean fromBase = router.isUnicast()
                || router.virtualMac().filter(mac -> !mac.transmitOnBase()).isEmpty();
        String advertising = fromBase ? router.id().interfaceName() : claim.device();
        Set<String> seen = new HashSet<>(Set.of(advertising));
        List<VirtualAddress> first = new ArrayList<>();
        for (VirtualAddress address : claim.addresses()) {
            String device = claim.deviceOf(address);
            boolean wanted = router.interfaceRefresh().everyInterface() || claim.isVirtualMac(address);
            if (wanted && seen.add(device)) {
                first.add(address);
            }
        }
        return first;
    }
}
