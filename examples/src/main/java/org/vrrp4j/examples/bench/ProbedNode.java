package org.vrrp4j.examples.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.model.RouterStatistics;
import org.vrrp4j.model.RouterStatus;

/**
 * A node in a JVM that answers questions about itself: {@code ProbedNode CONF GRACE_MILLIS}. For each line of its input
 * it writes one: {@code heap} gives the bytes in use after a collection; {@code allocated} the bytes that the node's
 * threads have allocated so far, and how many advertisements were sent and received; {@code garbage N LIVE} lets
 * another thread make N megabytes of garbage a second from then on, beside LIVE megabytes that stay. It ends with its
 * input.
 */
public final class ProbedNode {
    /** What it writes when it runs, and before each answer. */
    static final String ANSWER = "probed: ";

    private static final int COLLECTIONS = 3;
    private static final int MEGABYTE = 1_000_000;
    private static final int STEPS_A_SECOND = 1000;
    private static final int OBJECT_BYTES = 1000;
    /** So much stays reachable for a moment, as the requests of a server do. */
    private static final int KEPT_OBJECTS = 20_000;

    /** One of so many lives on. */
    private static final int OLD_ONES = 20;

    private ProbedNode() {}

    /**
     * Runs until the input ends.
     *
     * @param args the keepalived.conf, and for how long pauses are to go unnoticed
     */
    public static void main(String[] args) throws IOException {
        try (VrrpNode node = VrrpNode.builder()
                        .keepalivedConf(Path.of(args[0]))
                        .pauseGrace(Duration.ofMillis(Long.parseLong(args[1])))
                        .start();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(ANSWER + "ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(ANSWER + answer(node, line));
            }
        }
    }

    private static String answer(VrrpNode node, String question) throws IOException {
        String[] words = question.split(" ");
        switch (words[0]) {
            case "heap":
                for (int i = 0; i < COLLECTIONS; i++) {
                    System.gc();
                }
                return "heap "
                        + (Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory());
            case "allocated":
                return "allocated " + allocated() + " " + advertisements(node);
            case "garbage":
                Thread thread = new Thread(
                        () -> makeGarbage(Integer.parseInt(words[1]), Integer.parseInt(words[2])), "garbage");
                thread.setDaemon(true);
                thread.start();
                return "garbage " + words[1];
            default:
                throw new IOException("unknown question: " + question);
        }
    }

    /** Of the event loop. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] loops = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vrrp"))
                .mapToLong(Thread::getId)
                .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(loops))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static long advertisements(VrrpNode node) {
        return node.status().routers().stream()
                .map(RouterStatus::statistics)
                .mapToLong(ProbedNode::advertisements)
                .sum();
    }

    private static long advertisements(RouterStatistics statistics) {
        return statistics.advertisementsSent() + statistics.advertisementsReceived();
    }

    private static void makeGarbage(int megabytesASecond, int liveMegabytes) {
        byte[][] live = new byte[liveMegabytes * (MEGABYTE / OBJECT_BYTES)][OBJECT_BYTES];
        byte[][] kept = new byte[KEPT_OBJECTS][];
        int each = megabytesASecond * MEGABYTE / OBJECT_BYTES / STEPS_A_SECOND;
        int at = 0;
        int old = 0;
        long next = System.nanoTime();
        while (true) {
            for (int i = 0; i < each; i++) {
                kept[at] = new byte[OBJECT_BYTES];
                if (live.length > 0 && at % OLD_ONES == 0) {
                    // some of what has lived long goes, as in a cache: or nothing old would ever be collected
                    live[old] = kept[at];
                    old = (old + 1) % live.length;
                }
                at = (at + 1) % KEPT_OBJECTS;
            }
            next += 1_000_000_000L / STEPS_A_SECOND;
            LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
        }
    }
}
