package org.vrrp4j.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.LinuxHost;
import org.vrrp4j.linux.libc.NetworkNamespace;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.notify.LinuxNotifier;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Notifier;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;

/** Offers {@link LinuxPlatform}. It needs CAP_NET_ADMIN for addresses and CAP_NET_RAW for announcements. Immutable. */
public final class LinuxPlatformProvider implements PlatformProvider {
    private final boolean guarded;
    private final Optional<String> namespace;

    /** For {@link java.util.ServiceLoader}, and to be varied; without a guard, in the network namespace of the JVM. */
    public LinuxPlatformProvider() {
        this(false, Optional.empty());
    }

    private LinuxPlatformProvider(boolean guarded, Optional<String> namespace) {
        this.guarded = guarded;
        this.namespace = namespace;
    }

    /**
     * The same, but with a small process that takes the addresses away as soon as this one has died, see
     * {@link org.vrrp4j.linux.guard}. Not the default, as a library should not start processes that nobody asked for:
     *
     * <pre>{@code
     * VrrpNode.builder().platform(new LinuxPlatformProvider().withGuard())
     * }</pre>
     */
    public LinuxPlatformProvider withGuard() {
        return new LinuxPlatformProvider(true, namespace);
    }

    /**
     * The same, but in another network namespace, with interfaces, addresses and routers of its own; it takes the place
     * of one that was given before. All virtual routers of a node live in the same, as its loop opens all sockets in
     * one; several nodes of one JVM may each have another one, which costs a thread each, and keepalived a process:
     *
     * <pre>{@code
     * VrrpNode.builder().platform(new LinuxPlatformProvider().inNamespace("blue"))
     * }</pre>
     *
     * <p>The sockets of the node are opened there, those of {@code vrrp-netty} too; listeners run where the JVM is.
     * Another transport opens its sockets in {@link NetworkNamespace#callWhereSocketsAre}. A guard runs there, and so
     * does the thread in which Java waits for the end of its process. Needs CAP_SYS_ADMIN besides.
     *
     * @param nameOrPath a name that {@code ip netns list} shows, or an absolute path such as {@code /proc/PID/ns/net};
     *     it is looked for when a node starts, and the node stays there if another one gets that name
     * @throws IllegalArgumentException if it is neither
     */
    @Override
    public LinuxPlatformProvider inNamespace(String nameOrPath) {
        NetworkNamespace.path(nameOrPath);
        return new LinuxPlatformProvider(guarded, Optional.of(nameOrPath));
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public Optional<Throwable> unavailabilityCause() {
        EnumSet<Capability> needed = EnumSet.copyOf(Capability.OF_EVERY_NODE);
        namespace.ifPresent(name -> needed.add(Capability.CAP_SYS_ADMIN));
        Optional<Throwable> cause = LinuxHost.unavailabilityCause(needed);
        return cause.isPresent() ? cause : tryNetlink();
    }

    private Optional<Throwable> tryNetlink() {
        if (namespace.isEmpty()) {
            return tryNetlinkHere();
        }
        try (NetworkNamespace entered = NetworkNamespace.open(namespace.get())) {
            return entered.call(LinuxPlatformProvider::tryNetlinkHere);
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private static Optional<Throwable> tryNetlinkHere() {
        try {
            NetlinkSocket.open().close();
            return Optional.empty();
        } catch (LinuxException e) {
            return Optional.of(e);
        }
    }

    @Override
    public Optional<Platform> openStage(EventLoop loop, Set<String> interfaceNames) throws IOException {
        return Optional.of(LinuxPlatform.openStage(loop, interfaceNames, guarded));
    }

    @Override
    public Optional<Notifier> openNotifier(NodeConfig config, Duration limit) throws IOException {
        Optional<NetworkNamespace> entered =
                namespace.isPresent() ? Optional.of(NetworkNamespace.open(namespace.get())) : Optional.empty();
        return Optional.of(LinuxNotifier.open(config, entered, limit));
    }

    @Override
    public Platform open(EventLoop loop) throws IOException {
        return namespace.isPresent()
                ? LinuxPlatform.openIn(namespace.get(), loop, guarded)
                : LinuxPlatform.open(loop, guarded);
    }
}
