package org.vrrp4j.config;

import java.util.Objects;
import java.util.Optional;

/**
 * What a configuration says of the process that runs the node. Of this a node acts on {@code scheduling} alone; the
 * rest is for a program of its own, such as {@code vrrp run}, and nothing that a library should do to an application.
 *
 * @param startup run before the node starts; keepalived's {@code startup_script}
 * @param shutdown run after it has ended; keepalived's {@code shutdown_script}
 * @param reloadMarker the path of a file that is there, and empty, while a configuration is being read; keepalived's
 *     {@code reload_file}
 * @param reloadTimeFile the path of a file that says when the configuration is to be read again; keepalived's
 *     {@code reload_time_file}
 * @param repeatsReload whether that file stays, so that a time without a date counts for each day; keepalived's
 *     {@code reload_repeat}
 * @param locksMemory whether nothing of the process may be swapped out; keepalived's {@code vrrp_no_swap}
 * @param scheduling how the thread of the loop is scheduled
 */
public record ProcessSettings(
        Optional<LimitedCommand> startup,
        Optional<LimitedCommand> shutdown,
        Optional<String> reloadMarker,
        Optional<String> reloadTimeFile,
        boolean repeatsReload,
        boolean locksMemory,
        LoopScheduling scheduling) {
    /** Nothing. */
    public static final ProcessSettings NONE = new ProcessSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            LoopScheduling.URGENT);

    /** Checks that nothing is missing. */
    public ProcessSettings {
        Objects.requireNonNull(startup, "startup");
        Objects.requireNonNull(shutdown, "shutdown");
        Objects.requireNonNull(reloadMarker, "reloadMarker");
        Objects.requireNonNull(reloadTimeFile, "reloadTimeFile");
        Objects.requireNonNull(scheduling, "scheduling");
    }

    /** What this one says, and for what it does not say anything of, what another one does. */
    public ProcessSettings orElse(ProcessSettings other) {
        return new ProcessSettings(
                startup.or(other::startup),
                shutdown.or(other::shutdown),
                reloadMarker.or(other::reloadMarker),
                reloadTimeFile.or(other::reloadTimeFile),
                repeatsReload || other.repeatsReload,
                locksMemory || other.locksMemory,
                scheduling.orElse(other.scheduling));
    }
}
