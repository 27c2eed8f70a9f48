package org.vrrp4j.netty;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vrrp4j.linux.socket.ReceiveBatch;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.PacketReceiver;

/** Opens a raw socket for each channel. */
final class NettyTransport implements AdvertisementTransport {
    /** Routers whose advertisements are due together send them together. */
    private static final int PACKETS_AT_ONCE = 16;

    private final EventLoop loop;
    private final ReceiveBatch batch = new ReceiveBatch(PACKETS_AT_ONCE);
    private final Set<RawChannel> open = new HashSet<>();

    NettyTransport(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public AdvertisementChannel open(ChannelAddress address, PacketReceiver receiver) throws IOException {
        RawChannel channel = RawChannel.open(loop, address, batch, receiver, open::remove);
        open.add(channel);
        return channel;
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(RawChannel::close);
    }
}
