package org.vrrp4j.sim;

import java.util.List;
import java.util.Optional;
import org.vrrp4j.sim.Occurrence.Operation;
import org.vrrp4j.sim.Occurrence.Stage;

final class EveryAcquireHasItsRelease implements Invariant {
    private final PerRouter<Occurrence.BackendOperation> last = new PerRouter<>();

    @Override
    public String sentence() {
        return "one operation is under way at a time, none is changed or released without an acquire, and a node"
                + " that stops asks for a release";
    }

    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        for (Occurrence occurrence : occurrences) {
            SimulatedHost host = occurrence.host();
            if (occurrence instanceof Occurrence.BackendOperation operation) {
                Occurrence.BackendOperation before = last.put(host, operation.router(), operation);
                Optional<String> violation = violation(before, operation);
                if (violation.isPresent()) {
                    return violation;
                }
            } else if (occurrence instanceof Occurrence.NodeChanged change) {
                Optional<String> held = change.fate() == Occurrence.NodeFate.STOPPED
                        ? last.complain(host, EveryAcquireHasItsRelease::stillHeld)
                        : Optional.empty();
                last.forget(host);
                if (held.isPresent()) {
                    return held;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> violation(
            Occurrence.BackendOperation before, Occurrence.BackendOperation operation) {
        if (operation.stage() != Stage.BEGUN) {
            return Optional.empty();
        }
        if (before != null && before.stage() == Stage.BEGUN) {
            return Optional.of(operation.host() + " " + operation.text() + " during " + before.text());
        }
        boolean held = before != null && before.operation() != Operation.RELEASE && before.stage() == Stage.DONE;
        return operation.operation() != Operation.ACQUIRE && !held
                ? Optional.of(operation.host() + " " + operation.text() + " of what it has not acquired")
                : Optional.empty();
    }

    private static Optional<String> stillHeld(Occurrence.BackendOperation operation) {
        // a node that stops waits 2 s for a slow backend, then leaves the rest to the backend's close
        boolean givenUp = operation.stage() == Stage.BEGUN || operation.stage() == Stage.FAILED;
        return givenUp || operation.operation() == Operation.RELEASE
                ? Optional.empty()
                : Optional.of(operation.host() + " has stopped after " + operation.text());
    }
}
