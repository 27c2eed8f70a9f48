package org.vrrp4j.examples.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a {@link WebServer} again and again, each time over a new connection and without waiting for earlier answers:
 * {@code Prober ADDRESS PORT INTERVAL_MS TIMEOUT_MS}.
 *
 * <p>Prints a line for each request: {@code answer TIME NAME} when the answer came, or {@code lost TIME} with the time
 * of the request; times are microseconds of the wall clock. It never sends two requests to make up for a pause of its
 * own.
 */
public final class Prober {
    private static final String ANSWER = "answer";
    private static final String LOST = "lost";
    private static final byte[] REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private final InetSocketAddress target;
    private final int timeoutMillis;

    private Prober(InetSocketAddress target, int timeoutMillis) {
        this.target = target;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Asks until the process is ended.
     *
     * @param args address, port, milliseconds between requests and until one is given up
     */
    public static void main(String[] args) {
        InetSocketAddress target = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        Prober prober = new Prober(target, Integer.parseInt(args[3]));
        long intervalNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[2]));
        ExecutorService requests = Executors.newCachedThreadPool();
        long next = System.nanoTime();
        while (true) {
            requests.execute(prober::ask);
            next = Math.max(next + intervalNanos, System.nanoTime());
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private void ask() {
        Instant asked = Instant.now();
        try {
            report(ANSWER, null, " " + request(target, timeoutMillis));
        } catch (IOException e) {
            // No route, refused, reset or too late: to this client it is all the same, there was no answer.
            report(LOST, asked, "");
        }
    }

    /**
     * Asks once, over a new connection.
     *
     * @param timeoutMillis for the connection, and again for the answer
     */
    static String request(InetSocketAddress target, int timeoutMillis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(target, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write(REQUEST);
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int headers = response.indexOf(END_OF_HEADERS);
            if (headers < 0) {
                throw new IOException("no whole response: " + response);
            }
            return response.substring(headers).strip();
        }
    }

    /** The time of an answer is taken under the lock, so that lines of answers are in the order of their times. */
    private synchronized void report(String what, Instant time, String more) {
        Instant reported = time == null ? Instant.now() : time;
        System.out.println(what + " " + ChronoUnit.MICROS.between(Instant.EPOCH, reported) + more);
    }

    /** Reads a line that a prober has printed; empty if it is none, such as a complaint of its JVM. */
    static Optional<Reply> parse(String line) {
        String[] words = line.split(" ");
        if (words.length == 3 && words[0].equals(ANSWER)) {
            return Optional.of(Reply.answer(time(words[1]), words[2]));
        }
        if (words.length == 2 && words[0].equals(LOST)) {
            return Optional.of(Reply.lost(time(words[1])));
        }
        return Optional.empty();
    }

    private static Instant time(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}
