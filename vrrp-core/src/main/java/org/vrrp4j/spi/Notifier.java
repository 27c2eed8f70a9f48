package org.vrrp4j.spi;

import org.vrrp4j.config.NodeConfig;

/**
 * Runs the notify scripts of a configuration and feeds its pipes (keepalived.conf(5), "notify", "notify_fifo").
 *
 * <p><b>Thread:</b> any. <b>Blocking:</b> {@link #tell} and {@link #tellPipes} never, the others for a while.
 * <b>Failure:</b> what cannot be told is logged; nothing of it comes back to the node. <b>Idempotence:</b> {@link
 * #close()} may be called twice.
 */
public interface Notifier extends AutoCloseable {
    /** Tells nobody. */
    Notifier NONE = new Notifier() {
        @Override
        public void tell(Notice notice) {}

        @Override
        public void tellPipes(Notice notice) {}

        @Override
        public void use(NodeConfig config) {}

        @Override
        public void close() {}
    };

    /**
     * Tells a change: the script for its state, then the one for all states, then the pipes. Scripts of one router or
     * group run one after the other, in the order of the calls; those of different ones at the same time.
     */
    void tell(Notice notice);

    /** Tells how something is, without a change: the pipes alone. */
    void tellPipes(Notice notice);

    /**
     * From now on this is the configuration. What was told before is still told to its scripts and pipes, and before
     * what comes next; a pipe that stays stays open. Blocks for a while, so off the loop.
     */
    void use(NodeConfig config);

    /** Waits until everything has been told, for a bounded time, and ends what hangs. */
    @Override
    void close();
}
