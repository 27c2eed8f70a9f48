package org.vrrp4j.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a router or a group tells of its changes, besides the listeners (keepalived.conf(5), "notify").
 *
 * @param scripts the command for each occasion that has one; that for {@link Occasion#ANY} is run with further
 *     parameters: INSTANCE or GROUP, the name, the state and the priority
 * @param deletion whether a router that is taken out of the running configuration ends as DELETED, not in FAULT
 * @param priorityChanges whether changes of the priority that trackers bring about are told too
 * @param mail whether mails are sent
 */
public record NotifySettings(Map<Occasion, Command> scripts, boolean deletion, boolean priorityChanges, boolean mail) {

    /** Nobody. */
    public static final NotifySettings NONE = new NotifySettings(Map.of(), false, false, false);

    /** When a script is run. */
    public enum Occasion {
        /** The router or group became MASTER. */
        MASTER,
        /** It became BACKUP. */
        BACKUP,
        /** It went into FAULT. */
        FAULT,
        /** It ends with its node. */
        STOP,
        /** It was taken out of the running configuration. */
        DELETED,
        /** Each of these, after the script for it alone. */
        ANY,
        /** As a master it heard another one of lower priority. */
        LOWER_PRIORITY_HEARD
    }

    /** Copies the map. */
    public NotifySettings {
        Map<Occasion, Command> copy = new EnumMap<>(Occasion.class);
        copy.putAll(scripts);
        scripts = Collections.unmodifiableMap(copy);
    }

    /** The command for an occasion. */
    public Optional<Command> script(Occasion occasion) {
        return Optional.ofNullable(scripts.get(occasion));
    }

    /** Whether there is anybody to tell. */
    public boolean isNone() {
        return equals(NONE);
    }
}
