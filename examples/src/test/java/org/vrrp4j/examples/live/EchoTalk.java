package org.vrrp4j.examples.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** One TCP connection that never rests: {@code serve PORT}, and {@code talk ADDRESS PORT}. Prints how far it is. */
final class EchoTalk {
    private static final int TIMEOUT_MILLIS = 20_000;

    private EchoTalk() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args[0].equals("serve")) {
            serve(Integer.parseInt(args[1]));
        } else {
            talk(args[1], Integer.parseInt(args[2]));
        }
    }

    private static void serve(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            System.out.println("listening");
            try (Socket socket = server.accept()) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            }
        }
    }

    private static void talk(String address, int port) throws IOException, InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int number = 1; ; number++) {
                out.write(number & 0x7f);
                if (in.read() != (number & 0x7f)) {
                    throw new IOException("another answer than " + number);
                }
                System.out.println("echo " + number);
                Thread.sleep(50);
            }
        }
    }
}
