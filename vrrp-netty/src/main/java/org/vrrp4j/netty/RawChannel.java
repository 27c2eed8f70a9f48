package org.vrrp4j.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.socket.PreparedMessage;
import org.vrrp4j.linux.socket.RawSocket;
import org.vrrp4j.linux.socket.ReceiveBatch;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementQueue;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.OutgoingMessage;
import org.vrrp4j.spi.PacketReceiver;
import org.vrrp4j.spi.QueuedTimes;

/** One raw socket in the loop. */
final class RawChannel implements AdvertisementChannel {
    private static final Logger LOG = LoggerFactory.getLogger(RawChannel.class);

    /** A flood must not keep the loop from its timers: the rest is read in the next turn. */
    private static final int MAX_PACKETS_PER_TURN = 256;

    /** More than the receive buffer of a socket holds. */
    private static final int MAX_PACKETS_PER_DRAIN = 8192;

    private final RawSocket socket;
    private final PacketReceiver receiver;
    private final NettyTransport transport;
    private final List<AdvertisementQueue> queues = new ArrayList<>();
    private final ReceiveBatch batch;
    private EventLoop.Watch watch;
    private boolean closed;

    private RawChannel(RawSocket socket, ReceiveBatch batch, PacketReceiver receiver, NettyTransport transport) {
        this.socket = socket;
        this.batch = batch;
        this.receiver = receiver;
        this.transport = transport;
    }

    static RawChannel open(
            EventLoop loop,
            ChannelAddress address,
            ReceiveBatch batch,
            PacketReceiver receiver,
            NettyTransport transport)
            throws IOException {
        RawSocket socket = RawSocket.open(address.family(), address.interfaceName(), address.interfaceIndex());
        RawChannel channel = new RawChannel(socket, batch, receiver, transport);
        try {
            channel.watch = loop.watch(socket.fd(), () -> channel.read(MAX_PACKETS_PER_TURN));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return channel;
    }

    @Override
    public void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) throws IOException {
        socket.send(message, source, destination, hopLimit);
    }

    @Override
    public void sendFrom(MacAddress mac, ByteBuffer message, InetAddress source) throws IOException {
        socket.sendFrom(mac, message, source);
    }

    @Override
    public Optional<AdvertisementQueue> queue(List<OutgoingMessage> messages, QueuedTimes times, Runnable onNews) {
        List<PreparedMessage> prepared = new ArrayList<>(messages.size());
        try {
            for (OutgoingMessage message : messages) {
                prepared.add(socket.prepare(message));
            }
        } catch (LinuxException e) {
            LOG.debug("nothing is queued", e);
            return Optional.empty();
        }
        queues.removeIf(AdvertisementQueue::isClosed);
        Optional<AdvertisementQueue> queue = transport.queue(prepared, times, onNews);
        queue.ifPresent(queues::add);
        return queue;
    }

    @Override
    public void drain() {
        read(MAX_PACKETS_PER_DRAIN);
    }

    private void read(int maxPackets) {
        try {
            int left = maxPackets;
            while (left > 0 && !closed && socket.receive(batch, receiver) == batch.size()) {
                left -= batch.size();
            }
        } catch (LinuxException e) {
            // such as ENETDOWN, told once; the link monitor knows better
            LOG.debug("receiving failed", e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // before the descriptor can belong to something else
            queues.forEach(AdvertisementQueue::close);
            watch.close();
            socket.close();
            transport.onClosed(this);
        }
    }
}
