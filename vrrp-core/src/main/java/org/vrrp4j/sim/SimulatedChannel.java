package org.vrrp4j.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.PacketReceiver;

/** The socket of a process on the simulated link. */
final class SimulatedChannel implements AdvertisementChannel {
    /** About what a socket of the default size holds; further packets are lost. */
    private static final int RECEIVE_BUFFER = 256;

    private final SimulatedProcess process;
    private final ChannelAddress address;
    private final PacketReceiver receiver;
    private final Queue<Packet> received = new ArrayDeque<>();
    private boolean closed;

    SimulatedChannel(SimulatedProcess process, ChannelAddress address, PacketReceiver receiver) {
        this.process = process;
        this.address = address;
        this.receiver = receiver;
    }

    @Override
    public void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) throws IOException {
        if (closed || !process.isAlive()) {
            return;
        }
        SimulatedHost host = process.host();
        int vrid = message.get(message.position() + 1) & 0xff;
        int priority = message.get(message.position() + 2) & 0xff;
        RouterId router = new RouterId(address.interfaceName(), vrid, address.family());
        host.network()
                .occur(new Occurrence.Advertised(
                        host, router, priority, host.nic().canSend()));
        host.nic().checkCanSend(source);
        host.network().carry(host, Packet.copy(source, destination, hopLimit, message, false));
    }

    void receive(Packet packet) {
        if (closed || IpFamily.of(packet.destination()) != address.family()) {
            return;
        }
        if (!process.isStalled()) {
            hear(packet);
        } else if (received.size() < RECEIVE_BUFFER) {
            received.add(packet);
        }
    }

    @Override
    public void drain() {
        for (Packet next = received.poll(); next != null; next = received.poll()) {
            hear(next);
        }
    }

    private void hear(Packet packet) {
        if (!closed) {
            receiver.onMessage(
                    packet.source(),
                    packet.destination(),
                    packet.hopLimit(),
                    packet.message().clear());
        }
    }

    @Override
    public void close() {
        closed = true;
        received.clear();
        process.remove(this);
    }
}
