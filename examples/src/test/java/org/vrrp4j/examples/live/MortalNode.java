package org.vrrp4j.examples.live;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.linux.LinuxPlatformProvider;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/**
 * An application with a node, whose listener may not survive that it becomes master: {@code MortalNode INTERFACE
 * PRIORITY GUARDED LISTENER}. As applications do, it closes its node in a shutdown hook.
 */
final class MortalNode {
    /** Of one subnet, and one of its own. */
    static final List<String> ADDRESSES = List.of("192.0.2.100/24", "192.0.2.101/24", "198.51.100.7/32");

    /** What it writes before, and the time behind it. */
    static final String DYING = "dying at ";

    static final int EXIT_CODE = 7;

    /** What the listener does when the node has become master. */
    enum Listener {
        RETURNS,
        EXITS,
        RUNS_OUT_OF_MEMORY
    }

    private MortalNode() {}

    /** Starts one on a host. */
    static LabProcess start(
            LabHost host, String interfaceName, int priority, boolean guarded, Listener listener, String... jvmOptions)
            throws IOException {
        return host.start(RouterProcess.java(
                System.getProperty("java.class.path"),
                List.of(jvmOptions),
                MortalNode.class,
                interfaceName,
                Integer.toString(priority),
                Boolean.toString(guarded),
                listener.name()));
    }

    public static void main(String[] args) throws InterruptedException {
        Listener listener = Listener.valueOf(args[3]);
        CountDownLatch hooked = new CountDownLatch(1);
        VirtualRouter router = VirtualRouter.on(args[0])
                .vrid(51)
                .priority(Integer.parseInt(args[1]))
                .advertisementInterval(Duration.ofMillis(100))
                .onMaster(change -> {
                    await(hooked);
                    if (listener != Listener.RETURNS) {
                        System.out.println(DYING + Instant.now());
                    }
                    die(listener);
                });
        ADDRESSES.forEach(router::address);
        LinuxPlatformProvider platform = new LinuxPlatformProvider();
        VrrpNode node = VrrpNode.builder()
                .platform(Boolean.parseBoolean(args[2]) ? platform.withGuard() : platform)
                .router(router)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(node::close));
        hooked.countDown();
        new CountDownLatch(1).await();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void die(Listener listener) {
        switch (listener) {
            case EXITS -> System.exit(EXIT_CODE);
            case RUNS_OUT_OF_MEMORY ->
                System.out.println(
                        Stream.generate(() -> new byte[1 << 30]).limit(100).toList());
            default -> {}
        }
    }
}
