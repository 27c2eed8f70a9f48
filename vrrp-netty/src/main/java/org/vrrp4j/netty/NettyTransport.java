package org.vrrp4j.netty;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.linux.socket.PreparedMessage;
import org.vrrp4j.linux.socket.ReceiveBatch;
import org.vrrp4j.linux.uring.KernelQueues;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementQueue;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.PacketReceiver;
import org.vrrp4j.spi.QueuedTimes;

/** Opens a raw socket for each channel, and queues in the kernel for what they send ahead. */
final class NettyTransport implements AdvertisementTransport {
    /** Routers whose advertisements are due together send them together. */
    private static final int PACKETS_AT_ONCE = 16;

    private final EventLoop loop;
    private final ReceiveBatch batch = new ReceiveBatch(PACKETS_AT_ONCE);
    private final Set<RawChannel> open = new HashSet<>();
    private KernelQueues queues;
    private Optional<String> queueUnavailability = Optional.empty();

    NettyTransport(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public AdvertisementChannel open(ChannelAddress address, PacketReceiver receiver) throws IOException {
        RawChannel channel = RawChannel.open(loop, address, batch, receiver, this);
        open.add(channel);
        return channel;
    }

    @Override
    public Optional<String> queueUnavailability() {
        if (queues == null && queueUnavailability.isEmpty()) {
            try {
                queues = KernelQueues.open(loop);
            } catch (IOException e) {
                queueUnavailability = Optional.of(e.getMessage());
            }
        }
        return queueUnavailability;
    }

    /** Opens a queue in the kernel, if that can be had. */
    Optional<AdvertisementQueue> queue(List<PreparedMessage> messages, QueuedTimes times, Runnable onNews) {
        return queueUnavailability().isPresent() ? Optional.empty() : queues.queue(messages, times, onNews);
    }

    void onClosed(RawChannel channel) {
        open.remove(channel);
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(RawChannel::close);
        if (queues != null) {
            queues.close();
            queues = null;
            queueUnavailability = Optional.of("the transport has been closed");
        }
    }
}
