package org.vrrp4j.linux.testing;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.spi.EventLoop;

/** A thread in a network namespace of its own, as a loop; commands that it starts run in the namespace too. */
public final class NetworkNamespace implements EventLoop {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int POLL_BYTES = 8;
    private static final short POLLIN = 1;
    private static final long CALL_SECONDS = 30;

    static {
        Native.register(NetworkNamespace.class, NativeLibrary.getProcess());
    }

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
    private final Map<Integer, Runnable> watched = new HashMap<>();
    private final Thread thread = new Thread(this::run, "namespace");
    private volatile boolean ended;

    private record Deadline(long nanos, Runnable task) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            return Long.signum(nanos - other.nanos);
        }
    }

    private static native int unshare(int flags);

    private static native int gettid();

    private static native int poll(long fds, long count, int milliseconds);

    /** Starts the thread; the namespace has a loopback interface that is up. */
    public static NetworkNamespace open() throws Exception {
        NetworkNamespace namespace = ofTheJvm();
        namespace.call(() -> {
            if (unshare(CLONE_NEWNET) != 0) {
                throw new IOException("unshare failed with errno " + Native.getLastError());
            }
            return null;
        });
        namespace.ip("link set lo up");
        return namespace;
    }

    /** Starts the thread where the JVM is: just a loop. */
    public static NetworkNamespace ofTheJvm() {
        NetworkNamespace namespace = new NetworkNamespace();
        namespace.thread.setDaemon(true);
        namespace.thread.start();
        return namespace;
    }

    /** Runs something on the thread and returns its result. */
    public <T> T call(Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("in the namespace: " + e, e);
        }
    }

    /** The number of the thread, by which {@code ip link set ... netns} finds the namespace. */
    public int threadId() throws Exception {
        return call(NetworkNamespace::gettid);
    }

    /** Runs {@code ip} with these arguments and returns what it printed. */
    public String ip(String arguments) throws Exception {
        return run(("ip " + arguments).split(" "));
    }

    /** Waits until frames pass: the kernel drops them for a moment after a carrier has come. */
    public void awaitUp(String interfaceName) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(CALL_SECONDS))
                .until(() -> ip("link show " + interfaceName).contains("state UP"));
    }

    /** Runs a command in the namespace and returns what it printed. */
    public String run(String... command) throws Exception {
        Process process = call(() ->
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    private void run() {
        ByteBuffer fds = ByteBuffer.allocateDirect(64 * POLL_BYTES).order(ByteOrder.nativeOrder());
        while (!ended) {
            for (Runnable task = tasks.poll(); task != null && !ended; task = tasks.poll()) {
                task.run();
            }
            while (!deadlines.isEmpty() && deadlines.peek().nanos - System.nanoTime() <= 0) {
                deadlines.remove().task.run();
            }
            List<Integer> order = List.copyOf(watched.keySet());
            fds.clear();
            order.forEach(fd -> fds.putInt(fd).putShort(POLLIN).putShort((short) 0));
            poll(Libc.address(fds), order.size(), 1);
            for (int i = 0; i < order.size(); i++) {
                Runnable onReadable = watched.get(order.get(i));
                if (fds.getShort(i * POLL_BYTES + 6) != 0 && onReadable != null) {
                    onReadable.run();
                }
            }
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean inEventLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Scheduled schedule(long deadlineNanos, Runnable task) {
        Deadline deadline = new Deadline(deadlineNanos, task);
        deadlines.add(deadline);
        return () -> deadlines.remove(deadline);
    }

    @Override
    public Watch watch(int fileDescriptor, Runnable onReadable) {
        watched.put(fileDescriptor, onReadable);
        return () -> watched.remove(fileDescriptor);
    }

    /** Ends the thread; the namespace goes with its last socket. */
    @Override
    public void close() {
        ended = true;
    }
}
