package org.vrrp4j.spi;

/**
 * Runs the notify scripts of a configuration and feeds its pipes (keepalived.conf(5), "notify", "notify_fifo").
 *
 * <p><b>Thread:</b> any. <b>Blocking:</b> {@link #tell} never, {@link #close()} for a while. <b>Failure:</b> what
 * cannot be told is logged; nothing of it comes back to the node. <b>Idempotence:</b> {@link #close()} may be called
 * twice.
 */
public interface Notifier extends AutoCloseable {
    /** Tells nobody. */
    Notifier NONE = new Notifier() {
        @Override
        public void tell(Notice notice) {}

        @Override
        public void close() {}
    };

    /**
     * Tells a change: the script for its state, then the one for all states, then the pipes. Scripts of one router or
     * group run one after the other, in the order of the calls; those of different ones at the same time.
     */
    void tell(Notice notice);

    /** Waits until everything has been told, for a bounded time, and ends what hangs. */
    @Override
    void close();
}
