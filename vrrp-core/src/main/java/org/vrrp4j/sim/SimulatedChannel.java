package org.vrrp4j.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementQueue;
import org.vrrp4j.spi.OutgoingMessage;
import org.vrrp4j.spi.PacketReceiver;
import org.vrrp4j.spi.QueuedTimes;

/** The socket of a process on the simulated link. */
final class SimulatedChannel implements AdvertisementChannel {
    /** About what a socket of the default size holds; further packets are lost. */
    private static final int RECEIVE_BUFFER = 256;

    private final SimulatedProcess process;
    private final SimulatedHost host;
    private final SimulatedInterface nic;
    private final IpFamily family;
    private final PacketReceiver receiver;
    private final RouterId[] routers = new RouterId[256];
    private final Queue<Packet> received = new ArrayDeque<>();
    private final List<SimulatedQueue> queues = new ArrayList<>();
    private Packet sent;
    private boolean closed;

    SimulatedChannel(SimulatedProcess process, SimulatedInterface nic, IpFamily family, PacketReceiver receiver) {
        this.process = process;
        this.host = process.host();
        this.nic = nic;
        this.family = family;
        this.receiver = receiver;
        process.add(this);
        nic.add(this);
    }

    @Override
    public void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) throws IOException {
        if (!closed && process.isAlive()) {
            transmit(message, source, destination, hopLimit);
        }
    }

    @Override
    public Optional<AdvertisementQueue> queue(List<OutgoingMessage> messages, QueuedTimes times, Runnable onNews) {
        SimulatedQueue queue = new SimulatedQueue(process, this, messages, times, onNews);
        queues.add(queue);
        return Optional.of(queue);
    }

    void remove(SimulatedQueue queue) {
        queues.remove(queue);
    }

    /** The process runs again after it was frozen. */
    void thaw() {
        List.copyOf(queues).forEach(SimulatedQueue::thaw);
    }

    void transmit(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) throws IOException {
        RouterId router = router(message.get(message.position() + 1) & 0xff);
        int priority = message.get(message.position() + 2) & 0xff;
        host.network().occur(new Occurrence.Advertised(host, router, priority, nic.canSend(), isMaster(router)));
        nic.checkCanSend(source);
        if (sent == null || !sent.is(source, destination, hopLimit, message)) {
            sent = Packet.copy(source, destination, hopLimit, message, false);
        }
        nic.lan().carry(nic, sent);
    }

    private boolean isMaster(RouterId router) {
        SimulatedNode node = host.node();
        return node == null || node.process() != process || node.role(router) == Role.MASTER;
    }

    private RouterId router(int vrid) {
        if (routers[vrid] == null) {
            routers[vrid] = new RouterId(nic.name(), vrid, family);
        }
        return routers[vrid];
    }

    void receive(Packet packet) {
        if (closed || packet.family() != family) {
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
        List.copyOf(queues).forEach(SimulatedQueue::close);
        closed = true;
        received.clear();
        process.remove(this);
        nic.remove(this);
    }
}
