package org.vrrp4j.examples.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.netty.NettyTransportProvider;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.TransportProvider;

/**
 * An application that does to its node what it is told on its standard input: {@code PausedNode PRIORITY
 * INTERVAL_MILLIS GRACE_MILLIS}.
 *
 * <ul>
 *   <li>{@code pause MILLIS}: its loop stands still, as at a safepoint of the JVM;
 *   <li>{@code collect}: a collection of the whole heap, which is a pause of the JVM;
 *   <li>{@code rise}: its priority becomes greater by one, again and again up to 254, at times that fit nothing.
 * </ul>
 */
final class PausedNode {
    static final String ADDRESS = "192.0.2.100";

    private static final int HIGHEST = 254;
    private static final long MOST_MICROS_BETWEEN = 30_000;

    private PausedNode() {}

    static LabProcess start(LabHost host, int priority, Duration interval, Duration grace, String... jvmOptions)
            throws IOException {
        return host.start(RouterProcess.java(
                System.getProperty("java.class.path"),
                List.of(jvmOptions),
                PausedNode.class,
                Integer.toString(priority),
                Long.toString(interval.toMillis()),
                Long.toString(grace.toMillis())));
    }

    static void tell(LabProcess process, String command) throws IOException {
        process.standardInput().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.standardInput().flush();
    }

    /** Netty's transport, whose loop can be got at. */
    private static final class KnownLoop implements TransportProvider {
        private final TransportProvider netty = new NettyTransportProvider();
        private EventLoop loop;

        @Override
        public String name() {
            return netty.name();
        }

        @Override
        public Optional<Throwable> unavailabilityCause() {
            return netty.unavailabilityCause();
        }

        @Override
        public EventLoop newEventLoop(String threadName) {
            loop = netty.newEventLoop(threadName);
            return loop;
        }

        @Override
        public AdvertisementTransport open(EventLoop of) throws IOException {
            return netty.open(of);
        }
    }

    public static void main(String[] args) throws Exception {
        KnownLoop transport = new KnownLoop();
        VirtualRouter router = VirtualRouter.on("eth0")
                .name("r")
                .vrid(51)
                .priority(Integer.parseInt(args[0]))
                .advertisementInterval(Duration.ofMillis(Long.parseLong(args[1])))
                .stepDownAfterStall()
                .address(ADDRESS + "/24");
        try (VrrpNode node = VrrpNode.builder()
                        .transport(transport)
                        .pauseGrace(Duration.ofMillis(Long.parseLong(args[2])))
                        .router(router)
                        .start();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("sending ahead: " + node.status().sendingAhead().text());
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                if (command.startsWith("pause ")) {
                    pause(transport.loop, Long.parseLong(command.substring("pause ".length())));
                } else if (command.equals("collect")) {
                    System.gc();
                    System.out.println("collected");
                } else {
                    rise(node);
                }
            }
        }
    }

    private static void pause(EventLoop loop, long millis) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        loop.execute(() -> {
            System.out.println("paused at " + Instant.now());
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.out.println("goes on at " + Instant.now());
            over.countDown();
        });
        over.await();
    }

    private static void rise(VrrpNode node) throws Exception {
        SplittableRandom random = new SplittableRandom();
        for (int priority = node.config("r").priority() + 1; priority <= HIGHEST; priority++) {
            node.priority("r", priority).get();
            long end = System.nanoTime() + 1000 * random.nextLong(MOST_MICROS_BETWEEN);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        System.out.println("risen");
    }
}
