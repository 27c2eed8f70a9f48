package org.vrrp4j.linux;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.LinuxHost;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;

/** Offers {@link LinuxPlatform}. It needs CAP_NET_ADMIN for addresses and CAP_NET_RAW for announcements. */
public final class LinuxPlatformProvider implements PlatformProvider {
    private final boolean guarded;

    /** For {@link java.util.ServiceLoader}, and to be varied; without a guard. */
    public LinuxPlatformProvider() {
        this(false);
    }

    private LinuxPlatformProvider(boolean guarded) {
        this.guarded = guarded;
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
        return new LinuxPlatformProvider(true);
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public Optional<Throwable> unavailabilityCause() {
        Optional<Throwable> cause = LinuxHost.unavailabilityCause(EnumSet.allOf(Capability.class));
        return cause.isPresent() ? cause : tryNetlink();
    }

    private static Optional<Throwable> tryNetlink() {
        try {
            NetlinkSocket.open().close();
            return Optional.empty();
        } catch (LinuxException e) {
            return Optional.of(e);
        }
    }

    @Override
    public Platform open(EventLoop loop) throws IOException {
        return LinuxPlatform.open(loop, guarded);
    }
}
