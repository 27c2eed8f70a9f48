package org.vrrp4j.spi;

import java.util.Objects;
import java.util.Optional;
import org.vrrp4j.config.NotifySettings.Occasion;

/**
 * What scripts, pipes and mails are told: one change of a virtual router or of a group, in keepalived's words.
 *
 * @param subject whose change it is
 * @param name its configured name
 * @param state what it is now, or what has happened to it
 * @param priority the priority of the router; 0 for a group
 */
public record Notice(Subject subject, String name, State state, int priority) {

    /** Who can have changed. */
    public enum Subject {
        /** A virtual router. */
        INSTANCE,
        /** A sync group. */
        GROUP
    }

    /** What can be told, by the names that scripts get. */
    public enum State {
        /** Became MASTER. */
        MASTER(Occasion.MASTER),
        /** Became BACKUP. */
        BACKUP(Occasion.BACKUP),
        /** Went into FAULT. */
        FAULT(Occasion.FAULT),
        /** Ends with its node. */
        STOP(Occasion.STOP),
        /** Was taken out of the running configuration. */
        DELETED(Occasion.DELETED),
        /** As a master it heard another one of lower priority. */
        MASTER_RX_LOWER_PRI(Occasion.LOWER_PRIORITY_HEARD),
        /** As a master it has another priority. */
        MASTER_PRIORITY(null),
        /** As a backup it has another priority. */
        BACKUP_PRIORITY(null);

        private final Occasion occasion;

        State(Occasion occasion) {
            this.occasion = occasion;
        }

        /** The script that is for this state alone; empty if none can be. */
        public Optional<Occasion> occasion() {
            return Optional.ofNullable(occasion);
        }
    }

    /** Checks that nothing is missing. */
    public Notice {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }

    /** The line of a pipe, without its end: {@code INSTANCE "VI_1" MASTER 100}. */
    public String line() {
        return subject + " \"" + name + "\" " + state + " " + priority;
    }
}
