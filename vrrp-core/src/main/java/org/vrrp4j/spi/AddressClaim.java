package org.vrrp4j.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.model.RouterId;

/**
 * The addresses of one virtual router, as an address backend handles them: all or none.
 *
 * @param router whose they are; its interface is the default device
 * @param addresses the virtual addresses
 * @param lease for how long they may outlive the last renewal, in whole seconds
 * @param virtualMac the MAC address that they are to be behind, and the interface that has it; empty for that of the
 *     router's interface
 */
public record AddressClaim(
        RouterId router, List<VirtualAddress> addresses, Duration lease, Optional<VirtualMac> virtualMac) {

    /** Behind the MAC address of the router's interface. */
    public AddressClaim(RouterId router, List<VirtualAddress> addresses, Duration lease) {
        this(router, addresses, lease, Optional.empty());
    }

    /** The interface that an address of this claim goes to, unless it names another one. */
    public String device() {
        return virtualMac.map(mac -> mac.interfaceOf(router)).orElse(router.interfaceName());
    }

    /** The interface that an address of this claim goes to. */
    public String deviceOf(VirtualAddress address) {
        return address.device().orElseGet(this::device);
    }
}
