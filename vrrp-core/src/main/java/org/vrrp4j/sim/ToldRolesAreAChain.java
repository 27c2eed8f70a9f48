package org.vrrp4j.sim;

import java.util.List;
import java.util.Optional;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;

final class ToldRolesAreAChain implements Invariant {
    private final PerRouter<RoleChange> last = new PerRouter<>();

    @Override
    public String sentence() {
        return "what listeners are told is a chain from INIT to INIT, so that MASTER is gained and lost in turn";
    }

    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        for (Occurrence occurrence : occurrences) {
            SimulatedHost host = occurrence.host();
            if (occurrence instanceof Occurrence.RoleTold told) {
                RoleChange change = told.change();
                RoleChange before = last.put(host, change.router(), change);
                Role expected = before == null ? Role.INIT : before.to();
                boolean grows = before == null || before.epoch() < change.epoch();
                if (change.from() != expected || change.to() == expected || !grows) {
                    return Optional.of(host + " was told " + told.text() + " after " + expected);
                }
            } else if (occurrence instanceof Occurrence.NodeChanged change) {
                Optional<String> open = change.fate() == Occurrence.NodeFate.STOPPED
                        ? last.complain(host, ToldRolesAreAChain::notEnded)
                        : Optional.empty();
                last.forget(host);
                if (open.isPresent()) {
                    return open;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> notEnded(RoleChange change) {
        return change.to() == Role.INIT
                ? Optional.empty()
                : Optional.of(change.router() + " was told nothing after " + change.to());
    }
}
