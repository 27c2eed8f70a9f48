package org.vrrp4j.examples.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.vrrp4j.linux.socket.CaptureSocket;
import org.vrrp4j.linux.socket.PacketSocket;

/** Sends Ethernet frames, given as hex digits, on an interface of the host that it runs on. */
final class SendFrames {

    private SendFrames() {}

    public static void main(String[] args) throws IOException {
        List<String> frames = Arrays.asList(args).subList(1, args.length);
        try (PacketSocket socket = PacketSocket.open()) {
            for (String frame : frames) {
                ByteBuffer bytes = ByteBuffer.allocateDirect(frame.length() / 2);
                bytes.put(HexFormat.of().parseHex(frame)).flip();
                socket.send(CaptureSocket.interfaceIndex(args[0]), bytes);
            }
        }
    }
}
