package org.vrrp4j.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.RouterId;

/**
 * What one virtual router has on its host while it is master, as an address backend handles it: all or none.
 *
 * <p>Every backend handles addresses. One that cannot handle routes, rules, settings or addresses that do not answer
 * ({@link RouterResources#isMoreThanAddresses}) must refuse to register the claim, see {@link #requireAddressesOnly}.
 *
 * @param router whose it is; its interface is the default device
 * @param resources addresses, routes and rules, and whether the addresses answer
 * @param lease for how long addresses may outlive the last renewal, in whole seconds
 * @param virtualMac the MAC address that they are to be behind, and the interface that has it; empty for that of the
 *     router's interface
 */
public record AddressClaim(
        RouterId router, RouterResources resources, Duration lease, Optional<VirtualMac> virtualMac) {

    /** Behind the MAC address of the router's interface. */
    public AddressClaim(RouterId router, RouterResources resources, Duration lease) {
        this(router, resources, lease, Optional.empty());
    }

    /** Of addresses alone. */
    public AddressClaim(
            RouterId router, List<VirtualAddress> addresses, Duration lease, Optional<VirtualMac> virtualMac) {
        this(router, RouterResources.of(addresses), lease, virtualMac);
    }

    /** Of addresses alone, behind the MAC address of the router's interface. */
    public AddressClaim(RouterId router, List<VirtualAddress> addresses, Duration lease) {
        this(router, addresses, lease, Optional.empty());
    }

    /** The virtual addresses, those that are not advertised included. */
    public List<VirtualAddress> addresses() {
        return resources.addresses();
    }

    /** The same without routes and rules, for a backend that leaves these to another one. */
    public AddressClaim addressesOnly() {
        return !resources.isMoreThanAddresses() ? this : new AddressClaim(router, addresses(), lease, virtualMac);
    }

    /** The interface that an address of this claim goes to, unless it names another one. */
    public String device() {
        return virtualMac.map(mac -> mac.interfaceOf(router)).orElse(router.interfaceName());
    }

    /** The interface that an address of this claim goes to. */
    public String deviceOf(VirtualAddress address) {
        return address.device().orElseGet(this::device);
    }

    /** Whether that interface is one of a virtual MAC address. */
    public boolean isVirtualMac(VirtualAddress address) {
        return virtualMac.isPresent() && deviceOf(address).equals(device());
    }

    /**
     * For a backend that handles nothing but addresses, to be called at register and change.
     *
     * @param backend what the message calls it, such as {@code the address backend of this cloud}
     * @throws AddressException if the claim has more than addresses that answer
     */
    public void requireAddressesOnly(String backend) throws AddressException {
        if (resources.isMoreThanAddresses()) {
            String what = !resources.routes().isEmpty()
                    ? "virtual routes"
                    : !resources.rules().isEmpty()
                            ? "virtual rules"
                            : !resources.accept() ? "addresses that do not accept packets" : "settings of the host";
            throw new AddressException(
                    Fault.ADDRESS_FAILED,
                    backend + " cannot have " + what + ": leave them out, or use another address backend",
                    null);
        }
    }
}
