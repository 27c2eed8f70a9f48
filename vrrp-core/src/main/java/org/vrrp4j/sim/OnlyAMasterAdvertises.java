package org.vrrp4j.sim;

import java.util.List;
import java.util.Optional;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.sim.Occurrence.Advertised;
import org.vrrp4j.sim.Occurrence.Operation;

/** A master that yields advertises once more in the event in which it yields. */
final class OnlyAMasterAdvertises implements Invariant {
    private final PerRouter<Boolean> wasMaster = new PerRouter<>();

    @Override
    public String sentence() {
        return "only a master advertises, but for the priority 0 with which it leaves";
    }

    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        for (Occurrence occurrence : occurrences) {
            if (occurrence instanceof Advertised sent && sent.sent() && !isLegal(sent, occurrences)) {
                return Optional.of(sent.host() + " is " + role(sent) + " and " + sent.text());
            }
        }
        occurrences.forEach(this::remember);
        return Optional.empty();
    }

    /** The role of the sender now, after the event; null if its node is gone. */
    private static Role role(Advertised sent) {
        SimulatedNode node = sent.host().node();
        return node == null ? null : node.role(sent.router());
    }

    private boolean isLegal(Advertised sent, List<Occurrence> occurrences) {
        Role role = role(sent);
        if (sent.priority() == Priority.RELEASE || role == null || role == Role.MASTER) {
            return true;
        }
        SimulatedHost host = sent.host();
        RouterId router = sent.router();
        return wasMaster.get(host, router, false)
                || occurrences.stream().anyMatch(other -> triesToAcquire(other, host, router))
                || occurrences.stream().anyMatch(other -> takesBack(other, host, router));
    }

    private void remember(Occurrence occurrence) {
        SimulatedHost host = occurrence.host();
        if (occurrence instanceof Advertised sent) {
            Role role = role(sent);
            if (role != null) {
                wasMaster.put(host, sent.router(), role == Role.MASTER);
            }
        } else if (occurrence instanceof Occurrence.RoleTold told) {
            wasMaster.put(host, told.change().router(), told.change().to() == Role.MASTER);
        } else if (occurrence instanceof Occurrence.NodeChanged) {
            wasMaster.forget(host);
        }
    }

    /** A router that takes its role back after a hand-over may be stopped within the same event. */
    private static boolean takesBack(Occurrence occurrence, SimulatedHost host, RouterId router) {
        return occurrence instanceof Occurrence.EventTold told
                && told.host() == host
                && told.event().router().equals(router)
                && told.event() instanceof VrrpEvent.HandOverUnanswered;
    }

    /** A router whose backend fails at once is master only within the event. */
    private static boolean triesToAcquire(Occurrence occurrence, SimulatedHost host, RouterId router) {
        return occurrence instanceof Occurrence.BackendOperation operation
                && operation.host() == host
                && operation.router().equals(router)
                && operation.operation() == Operation.ACQUIRE;
    }
}
