package org.vrrp4j.protocol;

import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.VrrpEvent;

/** The configuration that counts now: the given one, with the priority that trackers make of it. */
final class CurrentConfig {
    private RouterConfig given;
    private RouterConfig current;
    private int adjustment;

    CurrentConfig(RouterConfig given) {
        this.given = given;
        this.current = given;
    }

    RouterConfig get() {
        return current;
    }

    Effect report() {
        return new Effect.Report(new VrrpEvent.PriorityChanged(given.id(), current.priority(), given.priority()));
    }

    void replace(RouterConfig next) {
        if (!next.id().equals(given.id()) || next.version() != given.version()) {
            throw new IllegalArgumentException(
                    "interface, VRID, family and version stay while a router runs: " + given + ", not " + next);
        }
        given = next;
        current = withPriority(Priority.adjusted(next.priority(), adjustment));
    }

    /** Answers whether the priority is another one now. */
    boolean adjust(int value) {
        adjustment = value;
        int priority = Priority.adjusted(given.priority(), value);
        boolean changed = priority != current.priority();
        current = changed ? withPriority(priority) : current;
        return changed;
    }

    private RouterConfig withPriority(int priority) {
        return priority == given.priority()
                ? given
                : given.toBuilder().priority(priority).build();
    }

    /** Answers whether the priority is another one now. */
    boolean keep(Checkpoint checkpoint) {
        return adjust((int) checkpoint.number("adjustment", adjustment));
    }
}
