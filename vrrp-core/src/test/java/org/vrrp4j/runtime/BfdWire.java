package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vrrp4j.config.BfdPath;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.spi.BfdTransport;
import org.vrrp4j.spi.TrackerBackend;

/** BFD packets between hosts that share a loop, each with one address: at once, or not at all. */
final class BfdWire {
    boolean cut;
    /** How many routers are between. */
    int hops;

    String refusal;
    final List<String> log = new ArrayList<>();
    private final FakeHost loop;
    private final Map<InetAddress, BfdTransport.Receiver> receivers = new HashMap<>();

    BfdWire(FakeHost loop) {
        this.loop = loop;
    }

    static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    /** What a host of this address has. */
    TrackerBackend at(String own) {
        return new TrackerBackend() {
            @Override
            public BfdTransport bfd(BfdTransport.Receiver receiver) {
                log.add(own + " opens");
                receivers.put(address(own), receiver);
                return transport(address(own));
            }
        };
    }

    private BfdTransport transport(InetAddress own) {
        return new BfdTransport() {
            @Override
            public Way open(BfdPath path) throws IOException {
                if (refusal != null) {
                    throw new IOException(refusal);
                }
                return way(own, path);
            }

            @Override
            public void close() {
                log.add(own.getHostAddress() + " closes");
                receivers.remove(own);
            }
        };
    }

    private BfdTransport.Way way(InetAddress own, BfdPath path) {
        return new BfdTransport.Way() {
            @Override
            public void send(ByteBuffer direct, int hopLimit) throws IOException {
                if (refusal != null) {
                    throw new IOException(refusal);
                }
                ByteBuffer copy = ByteBuffer.allocate(direct.remaining())
                        .put(direct.duplicate())
                        .flip();
                if (!cut) {
                    loop.execute(() -> deliver(own, path, hopLimit - hops, copy));
                }
            }

            @Override
            public void close() {
                log.add(own.getHostAddress() + " ends " + path.neighbor().getHostAddress());
            }
        };
    }

    private void deliver(InetAddress own, BfdPath path, int hopLimit, ByteBuffer packet) {
        BfdTransport.Receiver receiver = receivers.get(path.neighbor());
        if (receiver != null) {
            receiver.onPacket(path.multihop(), own, path.neighbor(), hopLimit, packet);
        }
    }
}
