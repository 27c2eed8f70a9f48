package org.vrrp4j.sim;

import java.util.List;
import java.util.Optional;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.Role;
import org.vrrp4j.sim.Occurrence.Advertised;

/** A master that yields has left its role when it advertises once more, to each of its peers if it is unicast. */
final class OnlyAMasterAdvertises implements Invariant {
    private final PerRouter<Boolean> wasMaster = new PerRouter<>();

    @Override
    public String sentence() {
        return "only a master advertises, but for the priority 0 with which it leaves, and as it yields";
    }

    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        for (Occurrence occurrence : occurrences) {
            if (occurrence instanceof Advertised sent && !sent.asMaster() && !isLegal(sent, occurrences)) {
                return Optional.of(sent.host() + " is no master and " + sent.text());
            }
        }
        for (Occurrence occurrence : occurrences) {
            SimulatedHost host = occurrence.host();
            if (occurrence instanceof Advertised sent) {
                wasMaster.put(host, sent.router(), sent.asMaster());
            } else if (occurrence instanceof Occurrence.RoleTold told) {
                wasMaster.put(host, told.change().router(), told.change().to() == Role.MASTER);
            } else if (occurrence instanceof Occurrence.NodeChanged) {
                wasMaster.forget(host);
            }
        }
        return Optional.empty();
    }

    private boolean isLegal(Advertised sent, List<Occurrence> occurrences) {
        return !sent.sent()
                || sent.priority() == Priority.RELEASE
                || wasMaster.get(sent.host(), sent.router(), false)
                || occurrences.stream()
                        .anyMatch(other -> other instanceof Advertised before
                                && before.host() == sent.host()
                                && before.router().equals(sent.router())
                                && before.asMaster());
    }
}
