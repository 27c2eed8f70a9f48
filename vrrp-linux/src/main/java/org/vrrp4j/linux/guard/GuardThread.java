package org.vrrp4j.linux.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.Pipe;
import org.vrrp4j.spi.EventLoop;

/**
 * Starts guard processes, one after the other, and waits for their ends. It must live as long as the JVM or until
 * {@link #end()}: to the guard process its death is that of the JVM.
 */
final class GuardThread implements Runnable {
    /** The last thread to die gives back the memory first, and only then is its death told. */
    private static final int LATER_THREADS = 2;

    /** Where the PATH of a plain user does not reach. */
    private static final String SYSTEM_PATH = ":/usr/sbin:/usr/bin:/sbin:/bin";

    private static final long SHORT_LIFE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORT_LIFE_PAUSE_MILLIS = 1000;
    private static final long IMPOSSIBLE_PAUSE_MILLIS = 60_000;

    private final AddressGuard guard;
    private final EventLoop loop;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Connection running;

    private GuardThread(AddressGuard guard, EventLoop loop) {
        this.guard = guard;
        this.loop = loop;
    }

    /** A new thread is in the network namespace of the one that makes it. */
    static GuardThread start(AddressGuard guard, EventLoop loop) {
        GuardThread started = new GuardThread(guard, loop);
        startDaemon("vrrp-guard", started);
        for (int i = 0; i < LATER_THREADS; i++) {
            startDaemon("vrrp-guard-later", started::awaitEnd);
        }
        return started;
    }

    private static void startDaemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the running process, without letting it do anything, and starts no other one. On any thread. */
    synchronized void end() {
        ended.countDown();
        if (running != null) {
            running.kill();
        }
    }

    private synchronized void run(Connection connection) {
        running = connection;
        if (ended.getCount() == 0) {
            connection.kill();
        }
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            long pauseMillis = 0;
            while (!ended.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                pauseMillis = runOne();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how long to wait before the next one. */
    private long runOne() throws InterruptedException {
        long start = System.nanoTime();
        Connection connection = null;
        try {
            connection = launch();
            run(connection);
            awaitReady(connection.process);
        } catch (IOException e) {
            if (connection != null) {
                connection.kill();
            }
            tell(() -> guard.onImpossible(e.getMessage()));
            return IMPOSSIBLE_PAUSE_MILLIS;
        }
        Connection ready = connection;
        tell(() -> guard.onReady(ready));
        int exitCode = ready.process.waitFor();
        tell(() -> guard.onEnded(ready, exitCode));
        return System.nanoTime() - start < SHORT_LIFE_NANOS ? SHORT_LIFE_PAUSE_MILLIS : 0;
    }

    private static void awaitReady(Process process) throws IOException {
        String first = process.inputReader().readLine();
        if (!GuardScript.READY.equals(first)) {
            throw new IOException(first == null ? "it ended without a word" : first);
        }
    }

    private static Connection launch() throws IOException {
        Pipe pipe = Pipe.open("pipe to the guard process");
        try {
            Process process = GuardScript.process(System.getenv().getOrDefault("PATH", "") + SYSTEM_PATH)
                    .redirectInput(pipe.readEnd().toFile())
                    .start();
            pipe.closeReadEnd();
            return new Connection(process, pipe);
        } catch (IOException e) {
            pipe.close();
            throw e;
        }
    }

    private void tell(Runnable message) {
        try {
            loop.execute(message);
        } catch (RejectedExecutionException e) {
            // the node has gone without closing its platform
            end();
        }
    }

    private static final class Connection implements GuardConnection {
        private final Process process;
        private final Pipe pipe;

        Connection(Process process, Pipe pipe) {
            this.process = process;
            this.pipe = pipe;
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public synchronized void send(String line) throws LinuxException {
            pipe.write(line.getBytes(StandardCharsets.US_ASCII));
        }

        /** The process first: the end of the pipe would have it act. */
        @Override
        public synchronized void kill() {
            process.destroyForcibly();
            pipe.close();
        }
    }
}
