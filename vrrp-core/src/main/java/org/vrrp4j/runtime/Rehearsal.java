package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.PacketReceiver;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;

/**
 * Lets a router like one of the node's become master and leave again, on a stage from which nothing reaches the host or
 * the network: by the first real takeover the JVM has loaded every class of the way and has compiled it. Without that
 * the first one of a JVM takes some ten milliseconds longer. The first rounds are made before the node starts, the
 * others one by one between what the loop has to do. One more is made each time that a takeover is near: what has not
 * run for long is not in the caches of the processor any more. On the loop's thread.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /**
     * At each 128th call of a method (Tier0InvokeNotifyFreqLog) the JVM looks whether there have been 200
     * (Tier3InvocationThreshold), and more if much is to be compiled already (Tier3LoadFeedback).
     */
    private static final int ROUNDS = 260;

    private static final int ROUNDS_BEFORE_START = 2;
    private static final long PAUSE_NANOS = Duration.ofMillis(4).toNanos();
    /** What follows at once, and no more: later there are sockets to be opened. */
    private static final long AFTERMATH_NANOS = Duration.ofMillis(10).toNanos();

    /** As long as this what was rehearsed is fresh. */
    private static final long FRESH_NANOS = Duration.ofMillis(50).toNanos();

    /** The takeover comes within this. */
    private static final long HOLD_BACK_NANOS = Duration.ofMillis(10).toNanos();

    private static final int JOURNAL_LIMIT = 64;

    private final NodeConfig config;
    private final Set<String> interfaceNames;
    private final EventLoop loop;
    private final PlatformProvider provider;
    private int rounds;
    private boolean makesSense = true;
    private long lastNanos;
    private boolean heldBack;
    private long heldBackNanos;

    private Rehearsal(RouterConfig router, PlatformProvider provider, EventLoop loop) {
        this.config = new NodeConfig("rehearsal", List.of(router)).with(PauseGrace.NONE);
        this.interfaceNames = interfaceNames(router);
        this.loop = loop;
        this.provider = provider;
    }

    private static Set<String> interfaceNames(RouterConfig router) {
        Set<String> names = new HashSet<>();
        names.add(router.id().interfaceName());
        router.virtualMac().ifPresent(mac -> names.add(mac.interfaceOf(router.id())));
        for (VirtualAddress address : router.resources().addresses()) {
            address.device().ifPresent(names::add);
        }
        router.resources().routes().stream()
                .flatMap(route -> route.nexthops().stream())
                .forEach(nexthop -> nexthop.device().ifPresent(names::add));
        return names;
    }

    /**
     * Makes the first rounds now, and the others while the loop goes on.
     *
     * @param router one like those that will run
     * @param provider whose stage it is played on; without one nothing is rehearsed
     */
    public static Rehearsal begin(RouterConfig router, EventLoop loop, PlatformProvider provider) {
        Rehearsal rehearsal = new Rehearsal(router, provider, loop);
        for (int i = 0; i < ROUNDS_BEFORE_START && rehearsal.makesSense; i++) {
            rehearsal.round();
        }
        if (rehearsal.makesSense) {
            rehearsal.later();
        }
        return rehearsal;
    }

    /** A takeover is near: makes one round more, unless the last one was a moment ago, and then none for a moment. */
    public void refresh() {
        long now = loop.nanoTime();
        if (makesSense && now - lastNanos >= FRESH_NANOS) {
            round();
        }
        heldBack = true;
        heldBackNanos = now + HOLD_BACK_NANOS;
    }

    /** Makes one round, on any thread. */
    public static void once(RouterConfig router, PlatformProvider provider) {
        new Rehearsal(router, provider, new StageLoop(System.nanoTime())).round();
    }

    private void later() {
        loop.schedule(loop.nanoTime() + PAUSE_NANOS, () -> {
            heldBack &= loop.nanoTime() - heldBackNanos < 0;
            if (!heldBack) {
                round();
            }
            if (makesSense && rounds < ROUNDS) {
                later();
            } else {
                LOG.debug("rehearsed {} times", rounds);
            }
        });
    }

    private void round() {
        rounds++;
        StageLoop stageLoop = new StageLoop(loop.nanoTime());
        try {
            Optional<Platform> stage = provider.openStage(stageLoop, interfaceNames);
            makesSense = stage.isPresent() && play(stageLoop, stage.get());
            stage.ifPresent(Platform::close);
        } catch (IOException | RuntimeException e) {
            makesSense = false;
            LOG.debug("the rehearsal ends early: the first takeover will take some milliseconds longer", e);
        }
        lastNanos = loop.nanoTime();
    }

    private boolean play(StageLoop stageLoop, Platform stage) throws IOException {
        NodeRuntime node = NodeRuntime.silent(config, stageLoop, new SilentTransport(), stage, JOURNAL_LIMIT);
        RouterId id = config.routers().get(0).id();
        node.start();
        boolean isMaster = stageLoop.runUntil(() -> node.role(id) == Role.MASTER);
        stageLoop.runFor(AFTERMATH_NANOS);
        node.stop();
        return isMaster && stageLoop.runUntil(() -> node.role(id) == Role.INIT);
    }

    /** Sends nothing and hears nothing. */
    private static final class SilentTransport implements AdvertisementTransport, AdvertisementChannel {
        @Override
        public AdvertisementChannel open(ChannelAddress address, PacketReceiver receiver) {
            return this;
        }

        @Override
        public void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) {
            // nobody is to hear it
        }

        @Override
        public void sendFrom(MacAddress mac, ByteBuffer message, InetAddress source) {
            // nor this
        }

        @Override
        public void drain() {
            // nothing is ever received
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
