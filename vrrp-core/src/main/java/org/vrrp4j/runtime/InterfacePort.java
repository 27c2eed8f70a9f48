package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.AdvertisementCodec;
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
 *
 * <p>What an interface does, and what follows:
 *
 * <ul>
 *   <li>It does not exist, or not any more, be it deleted, renamed or moved to another network namespace: FAULT, and
 *       the channel is closed. When one of its name is there again, on whatever index: a new channel, and recovery.
 *   <li>It goes down, or loses its carrier: FAULT; the channel stays.
 *   <li>Another source address: a new channel is opened before the old one is read to its end and closed, so that
 *       nothing is missed and the membership of the group never ends. No role changes.
 *   <li>Another interface of the same name and perhaps index, in one moment: the old channel is closed first, since
 *       Linux ends memberships by index, and so would end that of the new one. No role changes.
 *   <li>No source address any more: FAULT, but of a working interface only after the shortest advertisement interval of
 *       its routers, at most a second. Peers wait for three intervals, so an address that is replaced, or flushed and
 *       set again, costs nobody the role.
 * </ul>
 */
final class InterfacePort implements LinkMonitor.LinkListener, PacketReceiver {
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long DRAIN_GAP_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private final String interfaceName;
    private final IpFamily family;
    private final EventLoop loop;
    private final AdvertisementTransport transport;
    private final UnassignedPackets unassigned;
    private final List<RouterRuntime> routers = new ArrayList<>();
    private final Map<RouterRuntime, LinkFaults> faultsOf = new HashMap<>();
    private final RouterRuntime[] byVrid = new RouterRuntime[256];
    private final AnnouncementShare announcementShare = new AnnouncementShare();
    private Map<Fault, String> faults = Map.of();
    private LinkState link;
    private AdvertisementChannel channel;
    private ChannelAddress channelAddress;
    private boolean drained;
    private long drainedNanos;
    private EventLoop.Scheduled retry;
    private EventLoop.Scheduled patience;

    InterfacePort(
            String interfaceName,
            IpFamily family,
            EventLoop loop,
            AdvertisementTransport transport,
            UnassignedPackets unassigned) {
        this.interfaceName = interfaceName;
        this.family = family;
        this.loop = loop;
        this.transport = transport;
        this.unassigned = unassigned;
        this.link = LinkState.missing(interfaceName);
    }

    /** From now on the router hears of the link, beginning with how it is. */
    void add(RouterRuntime router) {
        routers.add(router);
        byVrid[router.vrid()] = router;
        faultsOf.put(router, new LinkFaults(router));
        tellFaults(router);
        if (channel != null) {
            router.onChannelOpened(channelAddress.source());
        }
    }

    /** Packets for the router are nobody's from now on. */
    void remove(RouterRuntime router) {
        routers.remove(router);
        faultsOf.remove(router);
        byVrid[router.vrid()] = null;
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

    /**
     * Reads what has been received up to now, so that a late timer is judged after it. Many routers may be late in one
     * moment, and what was read a moment ago need not be read again.
     */
    void drain() {
        long now = loop.nanoTime();
        if (channel != null && (!drained || now - drainedNanos >= DRAIN_GAP_NANOS)) {
            channel.drain();
            drained = true;
            drainedNanos = loop.nanoTime();
        }
    }

    /** The open channel, or null. */
    AdvertisementChannel channel() {
        return channel;
    }

    @Override
    public void onLink(LinkState state) {
        boolean same = state.incarnation() == link.incarnation();
        link = state;
        Map<Fault, String> now = linkFaults();
        if (now.containsKey(Fault.INTERFACE_MISSING)) {
            closeChannel();
        } else if (!now.containsKey(Fault.NO_SOURCE_ADDRESS)) {
            openChannel(now, same);
        }
        if (!isWaitedForSource(now)) {
            endPatience();
            tellFaults(now);
        }
    }

    /** Whether only the source is gone, and that for a moment so far. */
    private boolean isWaitedForSource(Map<Fault, String> now) {
        if (!now.keySet().equals(Set.of(Fault.NO_SOURCE_ADDRESS)) || channel == null || !faults.isEmpty()) {
            return false;
        }
        if (patience == null) {
            long nanos = routers.stream()
                    .mapToLong(router -> router.config().advertisementInterval().toNanos())
                    .min()
                    .orElse(0);
            long deadline = loop.nanoTime() + Math.min(nanos, LONGEST_PATIENCE_NANOS);
            patience = loop.schedule(deadline, this::onPatienceEnded);
        }
        return true;
    }

    private void onPatienceEnded() {
        patience = null;
        tellFaults(linkFaults());
    }

    private void endPatience() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
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

    private void tellFaults(Map<Fault, String> now) {
        faults = now;
        List.copyOf(routers).forEach(this::tellFaults);
    }

    /** What the faults of the interface are to a router, whose configuration may be another one. */
    void tellFaults(RouterRuntime router) {
        LinkFaults of = faultsOf.get(router);
        if (of != null) {
            of.tell(faults, link);
        }
    }

    private void openChannel(Map<Fault, String> now, boolean same) {
        ChannelAddress wanted = new ChannelAddress(
                interfaceName, link.index(), link.source(family).orElseThrow());
        if (channel != null && wanted.equals(channelAddress) && same) {
            return;
        }
        if (!same) {
            closeChannel();
        }
        try {
            AdvertisementChannel opened = transport.open(wanted, this);
            if (channel != null) {
                channel.drain();
            }
            closeChannel();
            channel = opened;
            channelAddress = wanted;
            routers.forEach(router -> router.onChannelOpened(wanted.source()));
        } catch (IOException e) {
            closeChannel();
            now.put(Fault.TRANSPORT_FAILED, e.getMessage());
            EventLog.retryChannel(interfaceName, e.getMessage());
            retry = loop.schedule(loop.nanoTime() + RETRY_NANOS, () -> onLink(link));
        }
    }

    void close() {
        endPatience();
        closeChannel();
    }

    private void closeChannel() {
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
        onMessage(source, destination, hopLimit, message, 0);
    }

    @Override
    public void onMessage(
            InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message, long agoNanos) {
        RouterRuntime router = message.remaining() > 1 ? byVrid[message.get(message.position() + 1) & 0xff] : null;
        if (router != null) {
            router.onMessage(source, destination, hopLimit, message, agoNanos);
            return;
        }
        unassigned.onMessage(interfaceName, source, AdvertisementCodec.decode(message, source, destination, hopLimit));
    }

    @Override
    public void onDamaged(PacketRejection rejection) {
        unassigned.onDamaged(rejection);
    }
}
