package org.vrrp4j.examples;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;

/**
 * Holds a virtual address on a real interface until it is interrupted: {@code HoldVip eth0 192.0.2.100/24 [priority]}.
 */
public final class HoldVip {

    private HoldVip() {}

    /**
     * Runs until SIGINT or SIGTERM, then hands over.
     *
     * @param args interface, address with prefix length, and optionally the priority
     */
    public static void main(String[] args) throws InterruptedException {
        int priority = args.length > 2 ? Integer.parseInt(args[2]) : 100;
        try (VrrpNode node = VrrpNode.builder()
                .router(VirtualRouter.on(args[0])
                        .vrid(51)
                        .priority(priority)
                        .advertisementInterval(Duration.ofMillis(100))
                        .address(args[1])
                        .onMaster(change -> System.out.println("we hold " + args[1]))
                        .onBackup(change -> System.out.println("somebody else holds " + args[1])))
                .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(node::close));
            new CountDownLatch(1).await();
        }
    }
}
