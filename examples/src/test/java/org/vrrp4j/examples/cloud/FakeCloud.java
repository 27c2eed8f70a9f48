package org.vrrp4j.examples.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.vrrp4j.model.IpAddresses;

/** The API that the backend speaks to; it can be made to wait, and to fail. */
final class FakeCloud implements AutoCloseable {
    private final HttpServer server;
    private final Map<InetAddress, String> assignments = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean refuses;

    FakeCloud() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/addresses/", this::serve);
        server.setExecutor(task -> {
            Thread thread = new Thread(task, "cloud");
            thread.setDaemon(true);
            thread.start();
        });
        server.start();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** Who has an address, or null. */
    String instanceOf(InetAddress address) {
        return assignments.get(address);
    }

    Set<InetAddress> addressesOf(String instance) {
        return assignments.entrySet().stream()
                .filter(entry -> entry.getValue().equals(instance))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** No address is assigned until {@link #proceed()}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void proceed() {
        gate.countDown();
    }

    void refuse(boolean value) {
        refuses = value;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/");
            InetAddress address = IpAddresses.parse(path[3]).orElseThrow();
            String instance = path[5];
            boolean put = exchange.getRequestMethod().equals("PUT");
            int status = 204;
            if (put) {
                gate.await();
            }
            if (put && refuses) {
                status = 409;
            } else if (put) {
                assignments.put(address, instance);
            } else {
                assignments.remove(address, instance);
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        proceed();
        server.stop(0);
    }
}
