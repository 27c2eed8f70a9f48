package org.vrrp4j.examples.cli;

import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGHUP, which the JVM takes for an end like SIGTERM until this is installed. Several that come while one is being
 * handled are one. Java has no other way to signals than this class of {@code jdk.unsupported}.
 */
final class Hangups {
    private static final Logger LOG = LoggerFactory.getLogger(Hangups.class);

    private final Semaphore pending = new Semaphore(0);

    private Hangups() {}

    /** From now on the signal ends nothing. A JVM started with -Xrs, or by nohup, keeps it to itself. */
    static Hangups install() {
        Hangups hangups = new Hangups();
        try {
            SignalHandler before = Signal.handle(new Signal("HUP"), signal -> hangups.pending.release());
            if (before == SignalHandler.SIG_IGN) {
                LOG.warn("SIGHUP is ignored, as by nohup: the file is read once");
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("SIGHUP cannot be taken, the file is read once: {}", e.getMessage());
        }
        return hangups;
    }

    /** As if one had come. On any thread. */
    void add() {
        pending.release();
    }

    /** Waits for one. */
    void await() throws InterruptedException {
        pending.acquire();
        pending.drainPermits();
    }
}
