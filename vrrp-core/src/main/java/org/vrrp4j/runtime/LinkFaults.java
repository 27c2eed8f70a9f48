package org.vrrp4j.runtime;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.spi.LinkState;

/** What an interface does to one of its routers: which of its faults are its own, as it is configured. */
final class LinkFaults {
    private final RouterRuntime router;
    private Map<Fault, String> told = Map.of();

    /** A router that has heard of nothing yet. */
    LinkFaults(RouterRuntime router) {
        this.router = router;
    }

    /**
     * Tells the router what is new: new faults first, so that it does not recover for a moment in between.
     *
     * @param faults those of the interface
     * @param link how it is now
     */
    void tell(Map<Fault, String> faults, LinkState link) {
        Map<Fault, String> before = told;
        Map<Fault, String> now = own(faults, link);
        told = now;
        now.forEach((fault, detail) -> {
            if (!before.containsKey(fault)) {
                router.feed(new Input.FaultRaised(fault, detail));
            }
        });
        before.keySet().forEach(fault -> {
            if (!now.containsKey(fault)) {
                router.feed(new Input.FaultCleared(fault));
            }
        });
    }

    private Map<Fault, String> own(Map<Fault, String> faults, LinkState link) {
        RouterConfig config = router.config();
        Optional<InetAddress> missing = config.source()
                .filter(source -> config.linkTracking().source() && link.present())
                .filter(source -> !link.addresses().contains(source));
        if (missing.isEmpty() && config.linkTracking().state()) {
            return faults;
        }
        Map<Fault, String> own = new EnumMap<>(Fault.class);
        own.putAll(faults);
        if (!config.linkTracking().state()) {
            own.remove(Fault.LINK_DOWN);
        }
        missing.ifPresent(
                source -> own.putIfAbsent(Fault.NO_SOURCE_ADDRESS, IpAddresses.text(source) + " on " + link.name()));
        return own;
    }
}
