package org.vrrp4j.linux.notify;

import java.time.Duration;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.process.CommandProcess;

/** The program that reads a pipe, from its start to the end of the pipe. That it ends by itself is an error. */
final class PipeReader {
    private static final Logger LOG = LoggerFactory.getLogger(PipeReader.class);

    private final CommandProcess process;
    private final String path;
    private final Thread thread = new Thread(this::follow, "vrrp-fifo-reader");
    private volatile boolean ending;

    PipeReader(CommandProcess process, String path) {
        this.process = process;
        this.path = path;
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try {
            OptionalInt status = process.await(() -> ending);
            status.ifPresent(number ->
                    LOG.error("pipe {}: its reader has ended with status {} {}", path, number, process.firstLine()));
            process.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it with its children; it has ended then, or the time is over. */
    void end(Duration time) throws InterruptedException {
        ending = true;
        thread.join(time.toMillis());
    }
}
