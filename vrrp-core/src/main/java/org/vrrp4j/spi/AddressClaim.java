package org.vrrp4j.spi;

import java.time.Duration;
import java.util.List;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.RouterId;

/**
 * What one virtual router has on its host while it is master, as an address backend handles it: all or none.
 *
 * <p>Every backend handles addresses. One that cannot handle routes, rules or addresses that do not answer ({@link
 * RouterResources#isMoreThanAddresses}) must refuse to register the claim, see {@link #requireAddressesOnly}.
 *
 * @param router whose it is; its interface is the default device
 * @param resources addresses, routes and rules, and whether the addresses answer
 * @param lease for how long addresses may outlive the last renewal, in whole seconds
 */
public record AddressClaim(RouterId router, RouterResources resources, Duration lease) {

    /** Of addresses alone. */
    public AddressClaim(RouterId router, List<VirtualAddress> addresses, Duration lease) {
        this(router, RouterResources.of(addresses), lease);
    }

    /** The virtual addresses, those that are not advertised included. */
    public List<VirtualAddress> addresses() {
        return resources.addresses();
    }

    /** The same without routes and rules, for a backend that leaves these to another one. */
    public AddressClaim addressesOnly() {
        return new AddressClaim(router, addresses(), lease);
    }

    /** The interface that an address of this claim goes to. */
    public String deviceOf(VirtualAddress address) {
        return address.device().orElse(router.interfaceName());
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
                    : !resources.rules().isEmpty() ? "virtual rules" : "addresses that do not accept packets";
            throw new AddressException(
                    Fault.ADDRESS_FAILED,
                    backend + " cannot have " + what + ": leave them out, or use another address backend",
                    null);
        }
    }
}
