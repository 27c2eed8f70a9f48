package org.vrrp4j.netty;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.Optional;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.socket.RawSocket;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.MissingPermissionException;
import org.vrrp4j.spi.TransportProvider;

/**
 * VRRP over IPv4 and IPv6, multicast and unicast, on Linux. Needs Netty's native epoll library (a dependency of this
 * artifact for x86-64 and aarch64) and CAP_NET_RAW.
 */
public final class NettyTransportProvider implements TransportProvider {

    /** Made by {@link java.util.ServiceLoader}, or by hand. */
    public NettyTransportProvider() {}

    @Override
    public String name() {
        return "netty";
    }

    /** Why there can be no transport: no native epoll library, no JNA, or no right to open a raw socket. */
    @Override
    public Optional<Throwable> unavailabilityCause() {
        if (!Epoll.isAvailable()) {
            return Optional.of(new IOException(
                    "Netty's native epoll library cannot be loaded: Linux and netty-transport-native-epoll with a"
                            + " classifier for this machine are needed; if /tmp is mounted noexec, set"
                            + " -Dio.netty.native.workdir=DIR",
                    Epoll.unavailabilityCause()));
        }
        try {
            RawSocket.probe();
            return Optional.empty();
        } catch (LinuxException e) {
            boolean right = e.is(Errno.EPERM) || e.is(Errno.EACCES);
            return Optional.of(right ? new MissingPermissionException(e.getMessage(), e) : e);
        } catch (LinkageError e) {
            return Optional.of(new IOException(
                    "JNA cannot load its native library; if /tmp is mounted noexec, set -Djna.tmpdir=DIR", e));
        }
    }

    @Override
    public EventLoop newEventLoop(String threadName) {
        return NettyEventLoop.start(threadName);
    }

    /**
     * Opens the transport of one node; sockets are opened with its channels, in the network namespace that the platform
     * has chosen for the sockets of the loop's thread.
     *
     * @throws IllegalArgumentException if the loop is not one of {@link #newEventLoop}
     */
    @Override
    public AdvertisementTransport open(EventLoop loop) {
        if (!(loop instanceof NettyEventLoop)) {
            throw new IllegalArgumentException("the loop must be one of this provider: loop=" + loop);
        }
        return new NettyTransport(loop);
    }
}
