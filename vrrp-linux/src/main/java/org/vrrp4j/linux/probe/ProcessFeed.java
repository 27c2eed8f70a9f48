package org.vrrp4j.linux.probe;

import java.time.Duration;
import java.util.List;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.ProcessEvent;
import org.vrrp4j.linux.netlink.ProcessEvents;

/** Who tells of changes of processes, on one thread: the kernel, or a test. */
interface ProcessFeed extends AutoCloseable {
    /** For the kernel to answer, which it does at once or never. */
    Duration PATIENCE = Duration.ofMillis(100);

    /** Opens one, or says why there is none. */
    interface Opener {
        ProcessFeed open() throws LinuxException;
    }

    /** The kernel of this host. */
    Opener OF_THE_KERNEL = () -> {
        ProcessEvents events = ProcessEvents.open(PATIENCE);
        return new ProcessFeed() {
            @Override
            public List<ProcessEvent> await(int timeoutMillis) throws LinuxException {
                return events.await(timeoutMillis);
            }

            @Override
            public void close() {
                events.close();
            }
        };
    };

    /**
     * Waits for events.
     *
     * @return in order; empty if none came in time
     * @throws LinuxException ENOBUFS if events have been lost
     */
    List<ProcessEvent> await(int timeoutMillis) throws LinuxException;

    @Override
    void close();
}
