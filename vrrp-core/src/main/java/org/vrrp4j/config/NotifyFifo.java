package org.vrrp4j.config;

import java.util.Objects;
import java.util.Optional;

/**
 * A named pipe that is told of every change, a line each; keepalived's {@code notify_fifo} and
 * {@code vrrp_notify_fifo}.
 *
 * @param path where it is; it is made if it does not exist
 * @param owner whom it belongs to, {@code USER} or {@code USER:GROUP}; empty for whom the node runs as
 * @param reader what is run to read from it, with its path as a further parameter
 */
public record NotifyFifo(String path, Optional<String> owner, Optional<Command> reader) {

    /** Checks that nothing is missing. */
    public NotifyFifo {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(reader, "reader");
    }
}
