package org.vrrp4j.spi;

import java.io.IOException;
import java.util.function.IntConsumer;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.ScriptTracker;

/**
 * Runs scripts, counts processes, reads files and carries BFD packets for the trackers of a node. Interfaces are
 * followed by the {@link LinkMonitor}.
 *
 * <p><b>Thread:</b> called on the loop's thread, and calls back there. <b>Blocking:</b> never for long; what takes time
 * happens elsewhere.
 */
public interface TrackerBackend {
    /** Of a platform that knows none of this. */
    TrackerBackend NONE = new TrackerBackend() {};

    /**
     * What runs a script; its runs end with the platform at the latest.
     *
     * @throws IOException if it cannot be run at all, with the remedy
     */
    default Probe script(ScriptTracker tracker) throws IOException {
        throw new IOException("this platform runs no scripts: " + tracker);
    }

    /**
     * What asks a function of the application.
     *
     * @throws IOException if there is no such function
     */
    default Probe healthCheck(HealthTracker tracker) throws IOException {
        throw new IOException(tracker + " has no function: health checks are given when a node is built");
    }

    /**
     * Counts processes, until closed.
     *
     * @param count takes their number: the first one soon, then each other one
     * @throws IOException if they cannot be counted, with the remedy
     */
    default Watch processes(ProcessTracker tracker, IntConsumer count) throws IOException {
        throw new IOException("this platform counts no processes: " + tracker);
    }

    /**
     * Follows a file, until closed. A file that is missing, unreadable, empty or no number counts as 0.
     *
     * @param value takes its number: the first one soon, then each other one
     * @throws IOException if it cannot be followed, with the remedy
     */
    default Watch file(FileTracker tracker, IntConsumer value) throws IOException {
        throw new IOException("this platform follows no files: " + tracker);
    }

    /**
     * What carries the packets of all BFD sessions of the node; closed by the node.
     *
     * @param receiver takes what arrives
     * @throws IOException if there is none, with the remedy
     */
    default BfdTransport bfd(BfdTransport.Receiver receiver) throws IOException {
        throw new IOException("this platform has no BFD");
    }

    /** Something that is followed. */
    @FunctionalInterface
    interface Watch {
        /** Ends it. */
        void close();
    }
}
