package org.vrrp4j.spi;

import java.time.Duration;
import java.util.List;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.RouterId;

/**
 * The addresses of one virtual router, as an address backend handles them: all or none.
 *
 * @param router whose they are; its interface is the default device
 * @param addresses the virtual addresses
 * @param lease for how long they may outlive the last renewal, in whole seconds
 */
public record AddressClaim(RouterId router, List<VirtualAddress> addresses, Duration lease) {

    /** The interface that an address of this claim goes to. */
    public String deviceOf(VirtualAddress address) {
        return address.device().orElse(router.interfaceName());
    }
}
