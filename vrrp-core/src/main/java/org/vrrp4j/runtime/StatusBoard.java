package org.vrrp4j.runtime;

import java.time.Instant;
import java.util.Set;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.protocol.Effect;
import org.vrrp4j.protocol.RouterMachine;

/** What every thread may know of a virtual router: written on the loop, read anywhere. */
final class StatusBoard {
    private final RouterMachine machine;
    private final Counters counters;
    private RouterConfig config;
    private long epoch;
    private Instant since;
    private volatile RouterStatus published;

    StatusBoard(RouterConfig config, RouterMachine machine, Counters counters, Instant since) {
        this.config = config;
        this.machine = machine;
        this.counters = counters;
        this.since = since;
        publish();
    }

    /** The listener is about to be told a change; answers with all that it is told. */
    RoleChange onRoleChange(Effect.TellRoleChange change, Instant time) {
        since = time;
        epoch++;
        publish();
        return new RoleChange(
                config.id(),
                config.name(),
                change.from(),
                change.to(),
                change.cause(),
                change.detail(),
                since,
                change.master(),
                machine.priority(),
                epoch);
    }

    /** Epochs grow from here. */
    void continueFrom(long last) {
        epoch = last;
        published = snapshot();
    }

    void configure(RouterConfig next) {
        config = next;
        published = snapshot();
    }

    /** Publishes what has changed, if anything has. */
    void publish() {
        RouterStatus last = published;
        boolean same = last != null
                && last.role() == machine.role()
                && last.cause() == machine.cause()
                && last.epoch() == epoch
                && last.addressesHeld() == machine.addressesHeld()
                && last.priority() == machine.priority()
                && last.masterPriority() == machine.masterPriority()
                && last.master().equals(machine.master())
                && (last.faults().isEmpty()
                        ? machine.faults().isEmpty()
                        : last.faults().equals(machine.faults()));
        if (!same) {
            published = snapshot();
        }
    }

    private RouterStatus snapshot() {
        return new RouterStatus(
                config.id(),
                config.name(),
                machine.role(),
                machine.cause(),
                since,
                epoch,
                machine.priority(),
                config.priority(),
                config.advertisementInterval(),
                config.advertisedAddresses(),
                machine.addressesHeld(),
                machine.master(),
                machine.masterPriority(),
                Set.copyOf(machine.faults()),
                published == null ? counters.snapshot() : published.statistics());
    }

    /** The status of now, with counters. On any thread. */
    RouterStatus status() {
        RouterStatus status = published;
        return new RouterStatus(
                status.router(),
                status.name(),
                status.role(),
                status.cause(),
                status.since(),
                status.epoch(),
                status.priority(),
                status.configuredPriority(),
                status.advertisementInterval(),
                status.addresses(),
                status.addressesHeld(),
                status.master(),
                status.masterPriority(),
                status.faults(),
                counters.snapshot());
    }
}
