package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.Decoded;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.LinkState;
import org.vrrp4j.spi.PacketReceiver;

/**
 * What the virtual routers of one interface and family share: the state of the link, one channel, and the way of a
 * received message to the router with its VRID.
 */
final class InterfacePort implements LinkMonitor.LinkListener, PacketReceiver {
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();

    private final String interfaceName;
    private final IpFamily family;
    private final EventLoop loop;
    private final AdvertisementTransport transport;
    private final Counters.EnumCounter<RejectionReason> unassigned;
    private final List<RouterRuntime> routers = new ArrayList<>();
    private final RouterRuntime[] byVrid = new RouterRuntime[256];
    private final AnnouncementShare announcementShare = new AnnouncementShare();
    private Map<Fault, String> faults = Map.of();
    private LinkState link;
    private AdvertisementChannel channel;
    private ChannelAddress channelAddress;
    private EventLoop.Scheduled retry;

    InterfacePort(
            String interfaceName,
            IpFamily family,
            EventLoop loop,
            AdvertisementTransport transport,
            Counters.EnumCounter<RejectionReason> unassigned) {
        this.interfaceName = interfaceName;
        this.family = family;
        this.loop = loop;
        this.transport = transport;
        this.unassigned = unassigned;
        this.link = LinkState.missing(interfaceName);
    }

    void add(RouterRuntime router) {
        routers.add(router);
        byVrid[router.vrid()] = router;
    }

    /** What its masters share. */
    AnnouncementShare announcementShare() {
        return announcementShare;
    }

    List<RouterRuntime> routers() {
        return routers;
    }

    String interfaceName() {
        return interfaceName;
    }

    boolean isPresent() {
        return link.present();
    }

    /** The open channel, or null. */
    AdvertisementChannel channel() {
        return channel;
    }

    @Override
    public void onLink(LinkState state) {
        link = state;
        Map<Fault, String> now = linkFaults();
        if (now.containsKey(Fault.INTERFACE_MISSING)) {
            closeChannel();
        } else if (!now.containsKey(Fault.NO_SOURCE_ADDRESS)) {
            openChannel(now);
        }
        tellFaults(now);
    }

    private Map<Fault, String> linkFaults() {
        Map<Fault, String> now = new EnumMap<>(Fault.class);
        if (!link.present()) {
            now.put(Fault.INTERFACE_MISSING, interfaceName);
        } else {
            if (!link.up()) {
                now.put(Fault.LINK_DOWN, interfaceName);
            }
            if (link.source(family).isEmpty()) {
                now.put(Fault.NO_SOURCE_ADDRESS, interfaceName);
            }
        }
        return now;
    }

    /** New faults first, so that none recovers for a moment in between. */
    private void tellFaults(Map<Fault, String> now) {
        Map<Fault, String> before = faults;
        faults = now;
        now.forEach((fault, detail) -> {
            if (!before.containsKey(fault)) {
                routers.forEach(router -> router.onFaultRaised(fault, detail));
            }
        });
        before.keySet().forEach(fault -> {
            if (!now.containsKey(fault)) {
                routers.forEach(router -> router.onFaultCleared(fault));
            }
        });
    }

    private void openChannel(Map<Fault, String> now) {
        ChannelAddress wanted = new ChannelAddress(
                interfaceName, link.index(), link.source(family).orElseThrow());
        if (channel != null && wanted.equals(channelAddress)) {
            return;
        }
        closeChannel();
        try {
            channel = transport.open(wanted, this);
            channelAddress = wanted;
            routers.forEach(router -> router.onChannelOpened(wanted.source()));
        } catch (IOException e) {
            now.put(Fault.TRANSPORT_FAILED, e.getMessage());
            EventLog.retryChannel(interfaceName, e.getMessage());
            retry = loop.schedule(loop.nanoTime() + RETRY_NANOS, () -> onLink(link));
        }
    }

    void closeChannel() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        if (channel != null) {
            channel.close();
            channel = null;
            channelAddress = null;
        }
    }

    @Override
    public void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message) {
        RouterRuntime router = message.remaining() > 1 ? byVrid[message.get(message.position() + 1) & 0xff] : null;
        if (router != null) {
            router.onMessage(source, destination, hopLimit, message);
            return;
        }
        Decoded decoded = AdvertisementCodec.decode(message, source, destination, hopLimit);
        unassigned.increment(
                decoded instanceof PacketRejection rejection ? rejection.reason() : RejectionReason.VRID_UNKNOWN);
    }

    @Override
    public void onDamaged(PacketRejection rejection) {
        unassigned.increment(rejection.reason());
    }
}
