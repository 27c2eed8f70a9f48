package org.vrrp4j.examples.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers every request on every address of its host with the host's name: {@code WebServer NAME PORT}. */
public final class WebServer {
    /** The first word that it prints, when it listens. */
    public static final String LISTENING = "listening";

    private static final int BACKLOG = 1024;
    private static final int OK = 200;
    private static final int WARM_UP_REQUESTS = 100;
    private static final int WARM_UP_TIMEOUT_MILLIS = 5000;

    private WebServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args what to answer, and the TCP port
     */
    public static void main(String[] args) throws IOException {
        byte[] answer = (args[0] + "\n").getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(args[1])), BACKLOG);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(OK, answer.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.start();
        warmUp(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.getAddress().getPort()));
        System.out.println(LISTENING + " on port " + args[1]);
    }

    /** The first requests of a JVM load classes, which takes longer than the outages that are to be seen. */
    private static void warmUp(InetSocketAddress self) throws IOException {
        for (int i = 0; i < WARM_UP_REQUESTS; i++) {
            Prober.request(self, WARM_UP_TIMEOUT_MILLIS);
        }
    }
}
