package org.vrrp4j.sim;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Role;

/**
 * A process that is dead or stalled cannot give its addresses up, nor one whose backend could not remove them: their
 * lease ends instead.
 */
final class AddressesFollowRole implements Invariant {
    @Override
    public String sentence() {
        return "a router that was told MASTER has its addresses, and no other holds any but while it acquires or"
                + " releases them";
    }

    /** Looks at each host once, however much of an event took place there. */
    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        SimulatedHost looked = null;
        for (Occurrence occurrence : occurrences) {
            boolean relevant = !(occurrence instanceof Occurrence.Advertised)
                    && !(occurrence instanceof Occurrence.Announced)
                    && !(occurrence instanceof Occurrence.SuspiciousPacket);
            if (relevant && occurrence.host() != looked) {
                looked = occurrence.host();
                Optional<String> violation = violation(looked);
                if (violation.isPresent()) {
                    return violation;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> violation(SimulatedHost host) {
        SimulatedNode node = host.node();
        if (node == null || node.isStalled()) {
            return Optional.empty();
        }
        int expected = 0;
        boolean busy = false;
        for (RouterConfig router : node.routers()) {
            if (node.backend().isBusy(router.id())) {
                busy = true;
                continue;
            }
            boolean master = node.toldRole(router) == Role.MASTER;
            for (VirtualAddress address : router.addresses()) {
                SimulatedInterface nic = host.nicOf(router.id(), address);
                boolean held = nic != null && nic.kernel().isHeldBy(address.address(), node.process());
                if (held != master) {
                    return Optional.of(host + " was told " + node.toldRole(router) + " for " + router.id()
                            + (held ? " and holds " : " and does not hold ") + address);
                }
                expected += held ? 1 : 0;
            }
        }
        return busy || heldBy(node, host) == expected ? Optional.empty() : unconfigured(node, host);
    }

    private static int heldBy(SimulatedNode node, SimulatedHost host) {
        int held = 0;
        for (SimulatedInterface nic : host.interfaces()) {
            held += nic.kernel().countHeldBy(node.process());
        }
        return held;
    }

    private static Optional<String> unconfigured(SimulatedNode node, SimulatedHost host) {
        for (SimulatedInterface nic : host.interfaces()) {
            Set<InetAddress> left = new HashSet<>(nic.kernel().heldBy(node.process()));
            for (RouterConfig router : node.config().routers()) {
                for (VirtualAddress address : router.addresses()) {
                    if (host.nicOf(router.id(), address) == nic) {
                        left.remove(address.address());
                    }
                }
            }
            if (!left.isEmpty()) {
                return Optional.of(nic + " holds " + left + ", which is not configured");
            }
        }
        return Optional.empty();
    }
}
