package org.vrrp4j.examples;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.vrrp4j.HealthCheck;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;

/**
 * Holds a virtual address as long as the web server of this host answers: {@code WebVip eth0 192.0.2.100/24
 * http://127.0.0.1:8080/ [priority]}. When it dies a peer takes over; when it is back so is the address.
 */
public final class WebVip {

    private WebVip() {}

    /**
     * Runs until SIGINT or SIGTERM, then hands over.
     *
     * @param args interface, address with prefix length, address of the web server, and optionally the priority
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        URL url = URI.create(args[2]).toURL();
        int priority = args.length > 3 ? Integer.parseInt(args[3]) : 100;
        try (VrrpNode node = VrrpNode.builder()
                .router(VirtualRouter.on(args[0])
                        .vrid(51)
                        .priority(priority)
                        .advertisementInterval(Duration.ofMillis(100))
                        .address(args[1])
                        .track(HealthCheck.of("web", () -> answers(url)).interval(Duration.ofMillis(200)))
                        .onMaster(change -> System.out.println("we hold " + args[1]))
                        .onBackup(change -> System.out.println("somebody else holds " + args[1]))
                        .onFault(change -> System.out.println("somebody else must: " + change.detail())))
                .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(node::close));
            new CountDownLatch(1).await();
        }
    }

    /** An exception says why not. */
    private static boolean answers(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
