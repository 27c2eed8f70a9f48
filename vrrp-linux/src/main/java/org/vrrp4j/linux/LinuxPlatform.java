package org.vrrp4j.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.announce.FrameAnnouncer;
import org.vrrp4j.linux.filter.FilteredAddressBackend;
import org.vrrp4j.linux.guard.AddressGuard;
import org.vrrp4j.linux.guard.GuardedAddressBackend;
import org.vrrp4j.linux.holder.HolderWatch;
import org.vrrp4j.linux.holder.WatchedAddressBackend;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.NetworkNamespace;
import org.vrrp4j.linux.macvlan.Ownership;
import org.vrrp4j.linux.macvlan.VirtualMacAddressBackend;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkScript;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.netlink.RehearsedChannel;
import org.vrrp4j.linux.probe.LinuxTrackers;
import org.vrrp4j.linux.route.Charges;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RenewalFilter;
import org.vrrp4j.linux.route.RouteAddressBackend;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.linux.route.RouteLinkMonitor;
import org.vrrp4j.linux.route.SocketCharges;
import org.vrrp4j.linux.routing.RoutingAddressBackend;
import org.vrrp4j.linux.socket.HolderChannel;
import org.vrrp4j.linux.socket.HolderSocket;
import org.vrrp4j.linux.socket.PacketSocket;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.Announcer;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.TrackerBackend;

/**
 * A network namespace, that of the loop's thread or another one, as a platform: rtnetlink for addresses and links,
 * packet sockets to announce addresses and to hear who else claims one. It does nothing until the kernel tells
 * something or the node asks; only a guard has threads.
 */
public final class LinuxPlatform implements Platform {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxPlatform.class);
    private static final Path IPV6_SETTINGS = Path.of("/proc/sys/net/ipv6/conf");
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final int GROUPS =
            NetlinkSocket.RTMGRP_LINK | NetlinkSocket.RTMGRP_IPV4_IFADDR | NetlinkSocket.RTMGRP_IPV6_IFADDR;

    private final Optional<NetworkNamespace> namespace;
    private final NetlinkClient client;
    private final NetlinkClient renewing;
    private final Optional<ExecutorService> renewals;
    private final RouteFeed feed;
    private final AddressBackend addresses;
    private final RouteLinkMonitor links;
    private final FrameAnnouncer announcer;
    private final LinuxTrackers trackers;
    private boolean closed;

    private LinuxPlatform(
            Optional<NetworkNamespace> namespace,
            EventLoop loop,
            NetlinkClient client,
            NetlinkClient renewing,
            Optional<ExecutorService> renewals,
            RouteFeed feed,
            Seams seams) {
        this.namespace = namespace;
        this.client = client;
        this.renewing = renewing;
        this.renewals = renewals;
        this.trackers = new LinuxTrackers(loop);
        this.feed = feed;
        RouteAddressBackend routes = new RouteAddressBackend(
                feed,
                client,
                renewing,
                renewals.<Executor>map(thread -> thread).orElse(Runnable::run),
                seams.charges());
        links = new RouteLinkMonitor(feed, routes::isVirtual);
        Optional<AddressGuard> guard = seams.guard().map(making -> making.apply(this::indexOf));
        AddressBackend virtualMacs = seams.virtualMacs()
                .apply(routes, guard.<Ownership>map(held -> held).orElse(Ownership.UNOBSERVED));
        AddressBackend filtered = new FilteredAddressBackend(
                new RoutingAddressBackend(virtualMacs, loop, feed, seams.routing(), seams.charges()),
                loop,
                seams.charges(),
                seams.filter());
        AddressBackend backend = guard.<AddressBackend>map(held -> new GuardedAddressBackend(filtered, held))
                .orElse(filtered);
        addresses = new WatchedAddressBackend(
                backend, new HolderWatch(loop, seams.holders(), ForkJoinPool.commonPool()), feed);
        announcer = new FrameAnnouncer(feed, seams.frames(), LinuxPlatform::forwardsIpv6);
    }

    /** What touches the host, besides the netlink channels. */
    private record Seams(
            FrameAnnouncer.FrameSink frames,
            Charges charges,
            RoutingAddressBackend.Channels routing,
            FilteredAddressBackend.Opener filter,
            HolderChannel.Opener holders,
            BiFunction<AddressBackend, Ownership, AddressBackend> virtualMacs,
            Optional<Function<ToIntFunction<String>, AddressGuard>> guard) {}

    private int indexOf(String interfaceName) {
        return feed.table().link(interfaceName).map(LinkMessage::index).orElse(0);
    }

    /** Read each time, since it can change at any time; /proc/sys/net is that of where the thread is. */
    private static boolean forwardsIpv6(String interfaceName) {
        Path setting = IPV6_SETTINGS.resolve(interfaceName).resolve("forwarding");
        try {
            return NetworkNamespace.callWhereSocketsAre(() -> Files.readString(setting))
                    .startsWith("1");
        } catch (IOException e) {
            LOG.debug("no setting of {} can be read, so it is no router", interfaceName, e);
            return false;
        }
    }

    private record PacketSink(PacketSocket socket) implements FrameAnnouncer.FrameSink {
        @Override
        public void send(int interfaceIndex, ByteBuffer frame) throws LinuxException {
            socket.send(interfaceIndex, frame);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /**
     * Opens the sockets and reads what is there, on the loop's thread and in its network namespace.
     *
     * @param guarded whether a small process takes the addresses away as soon as this one has died, see
     *     {@link org.vrrp4j.linux.guard}
     * @throws IOException if the kernel refuses; for a missing right with the remedy. That there can be no guard is
     *     told in the log
     */
    public static LinuxPlatform open(EventLoop loop, boolean guarded) throws IOException {
        return open(Optional.empty(), loop, guarded);
    }

    /**
     * The same in another network namespace, which is held: until the platform is closed, the loop opens its sockets
     * there. The threads of a guard are started while the loop's thread is there, and so live there.
     */
    static LinuxPlatform openIn(String namespaceName, EventLoop loop, boolean guarded) throws IOException {
        NetworkNamespace namespace = NetworkNamespace.open(namespaceName);
        LinuxPlatform opened = null;
        try {
            namespace.useForSocketsOfThread();
            opened = namespace.call(() -> open(Optional.of(namespace), loop, guarded));
            return opened;
        } finally {
            if (opened == null) {
                namespace.close();
            }
        }
    }

    private static LinuxPlatform open(Optional<NetworkNamespace> namespace, EventLoop loop, boolean guarded)
            throws IOException {
        NetlinkClient client = null;
        NetlinkClient slowClient = null;
        NetlinkClient renewing = null;
        RouteFeed feed = null;
        try {
            client = new NetlinkClient(NetlinkSocket.open());
            slowClient = new NetlinkClient(NetlinkSocket.open());
            NetlinkSocket renewals = NetlinkSocket.open();
            renewing = new NetlinkClient(renewals);
            feed = new RouteFeed(loop, openMonitor(renewals.port()), client);
            feed.start();
            NetlinkClient slow = slowClient;
            NetlinkClient quick = client;
            RouteFeed of = feed;
            Seams seams = new Seams(
                    new PacketSink(PacketSocket.open()),
                    new SocketCharges(loop),
                    RoutingAddressBackend.Channels.ofKernel(),
                    NetlinkSocket::openNetfilter,
                    HolderSocket::open,
                    (routes, ownership) -> new VirtualMacAddressBackend(
                            routes,
                            loop,
                            of,
                            quick,
                            slow,
                            ForkJoinPool.commonPool(),
                            new SocketCharges(loop),
                            ownership),
                    guarded ? Optional.of(indexes -> AddressGuard.start(loop, indexes)) : Optional.empty());
            return new LinuxPlatform(
                    namespace, loop, client, renewing, Optional.of(new RenewalThread(loop)), feed, seams);
        } catch (IOException e) {
            if (feed != null) {
                feed.close();
            }
            for (NetlinkClient each : Arrays.asList(renewing, slowClient, client)) {
                if (each != null) {
                    each.close();
                }
            }
            throw e;
        }
    }

    /** Hears of everything but renewals; the kernel's help with that is dispensable. */
    private static NetlinkSocket openMonitor(int renewalPort) throws LinuxException {
        NetlinkSocket monitor = NetlinkSocket.openMonitor(GROUPS);
        try {
            monitor.attachFilter(RenewalFilter.program(renewalPort));
        } catch (LinuxException e) {
            LOG.debug("the kernel tells of each renewal", e);
        }
        return monitor;
    }

    /**
     * A platform of which nothing reaches the host: its kernel is a {@link StageKernel}, its guard has no process, and
     * interfaces of virtual MAC addresses are there already. What it has to say goes as far as the real kernel, as
     * something that means nothing.
     *
     * @param loop a loop without descriptors, whose thread is the caller's
     */
    static LinuxPlatform openStage(EventLoop loop, Set<String> interfaceNames, boolean guarded) throws IOException {
        StageKernel kernel = new StageKernel(interfaceNames);
        FrameAnnouncer.FrameSink frames = StageKernel.frames();
        NetlinkClient client;
        try {
            client = new NetlinkClient(RehearsedChannel.open(kernel.requests()));
        } catch (LinuxException e) {
            frames.close();
            throw e;
        }
        RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
        feed.start();
        Seams seams = new Seams(
                frames,
                kernel.charges(),
                new RoutingAddressBackend.Channels(kernel::requests, NetlinkScript::silent),
                groups -> groups == 0 ? kernel.requests() : NetlinkScript.silent(),
                HolderSocket::open,
                (routes, ownership) -> routes,
                guarded ? Optional.of(AddressGuard::rehearsing) : Optional.empty());
        return new LinuxPlatform(Optional.empty(), loop, client, client, Optional.empty(), feed, seams);
    }

    @Override
    public AddressBackend addresses() {
        return addresses;
    }

    @Override
    public Announcer announcer() {
        return announcer;
    }

    @Override
    public LinkMonitor links() {
        return links;
    }

    @Override
    public TrackerBackend trackers() {
        return trackers;
    }

    /** The first number in /proc/uptime, which counts suspended time too. */
    @Override
    public Optional<Duration> uptime() {
        try {
            String seconds = Files.readString(UPTIME).split(" ", 2)[0];
            return Optional.of(Duration.ofMillis((long) (1000 * Double.parseDouble(seconds))));
        } catch (IOException | NumberFormatException e) {
            LOG.debug("cannot tell when the host was booted", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            trackers.close();
            addresses.close();
            renewals.ifPresent(ExecutorService::shutdown);
            announcer.close();
            links.close();
            feed.close();
            client.close();
            renewing.close();
            namespace.ifPresent(NetworkNamespace::close);
        }
    }
}
