package org.vrrp4j.spi;

import java.io.IOException;

/**
 * Follows the interfaces that routers run on.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Failure:</b> {@link IOException} from {@link #watch}; a
 * monitor that lost messages re-reads everything and tells what has changed. <b>Idempotence:</b> a state equal to the
 * last one told may be told again.
 */
public interface LinkMonitor extends AutoCloseable {

    /**
     * Tells the state of an interface now, within the call, and then each change until {@link #unwatch} or the monitor
     * is closed.
     *
     * @throws IOException if the state cannot be read
     */
    void watch(String interfaceName, LinkListener listener) throws IOException;

    /** Tells this listener nothing any more, be it of one interface or several; without effect if it heard of none. */
    void unwatch(LinkListener listener);

    /** Ends all callbacks. */
    @Override
    void close();

    /** Hears of an interface, on the loop's thread. */
    interface LinkListener {
        /** The interface is now like this. */
        void onLink(LinkState state);
    }
}
