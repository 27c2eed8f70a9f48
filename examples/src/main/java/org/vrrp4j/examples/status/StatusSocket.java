package org.vrrp4j.examples.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests on a Unix socket that its owner and group may use (0660). One connection at a time; one that says
 * nothing, or does not read its answer, is closed after two seconds, so that the next one is answered.
 *
 * <p><b>Thread:</b> has two of its own. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class StatusSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusSocket.class);
    private static final int MAX_REQUEST = 100;
    private static final long PATIENCE_MILLIS = 2000;
    private static final long PAUSE_MILLIS = 100;

    private final Path path;
    private final ServerSocketChannel server;
    private final Function<String, String> answers;
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "vrrp-status-watchdog"));

    private StatusSocket(Path path, ServerSocketChannel server, Function<String, String> answers) {
        this.path = path;
        this.server = server;
        this.answers = answers;
    }

    /**
     * Opens the socket, in place of one that nobody answers on any more. Its directory is made.
     *
     * @param answers the answer to a request, on the thread of the socket
     * @throws IOException if it cannot be opened, somebody answers on it, or something else is there
     */
    public static StatusSocket open(Path path, Function<String, String> answers) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        removeStale(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        StatusSocket opened = new StatusSocket(path, server, answers);
        daemon(opened::serve, "vrrp-status").start();
        return opened;
    }

    /**
     * Asks one that is open.
     *
     * @throws IOException if nobody answers
     */
    public static String ask(Path path, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
            return new String(
                    java.nio.channels.Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int type = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
        if (type != 0140000) {
            throw new IOException(path + " is there and is no socket: remove it, or give another path");
        }
        boolean answered = true;
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
        } catch (java.net.ConnectException e) {
            answered = false;
        }
        if (answered) {
            throw new IOException("somebody answers on " + path + " already: give each its own path");
        }
        Files.delete(path);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                ScheduledFuture<?> closing =
                        watchdog.schedule(() -> close(channel), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                answer(channel);
                closing.cancel(false);
            } catch (IOException e) {
                pauseAfter(e);
            } catch (RuntimeException e) {
                LOG.error("{}: a request could not be answered", path, e);
            }
        }
    }

    /** Without file descriptors every call fails at once; a client that has gone is nothing to tell. */
    private void pauseAfter(IOException failure) {
        LOG.debug("{}: {}", path, failure.getMessage());
        if (server.isOpen()) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer(SocketChannel channel) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(MAX_REQUEST);
        String text = "";
        while (!text.endsWith("\n") && request.hasRemaining() && channel.read(request) > 0) {
            text = new String(request.array(), 0, request.position(), StandardCharsets.UTF_8);
        }
        ByteBuffer answer = ByteBuffer.wrap((answers.apply(text.strip()) + "\n").getBytes(StandardCharsets.UTF_8));
        while (answer.hasRemaining()) {
            channel.write(answer);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Closes it and takes its file away. */
    @Override
    public void close() throws IOException {
        if (server.isOpen()) {
            server.close();
            watchdog.shutdownNow();
            Files.deleteIfExists(path);
        }
    }
}
