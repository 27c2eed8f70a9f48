package org.vrrp4j.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.vrrp4j.linux.libc.NetworkNamespace;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.Announcer;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.Platform;

/** A platform in another network namespace, which it holds: until it is closed, the loop opens its sockets there. */
record PlatformInNamespace(Platform platform, NetworkNamespace namespace) implements Platform {

    /** The threads of a guard are started while the loop's thread is there, and so live there. */
    static Platform open(String namespaceName, EventLoop loop, boolean guarded) throws IOException {
        NetworkNamespace namespace = NetworkNamespace.open(namespaceName);
        Platform opened = null;
        try {
            namespace.useForSocketsOfThread();
            opened = new PlatformInNamespace(namespace.call(() -> LinuxPlatform.open(loop, guarded)), namespace);
            return opened;
        } finally {
            if (opened == null) {
                namespace.close();
            }
        }
    }

    @Override
    public AddressBackend addresses() {
        return platform.addresses();
    }

    @Override
    public Announcer announcer() {
        return platform.announcer();
    }

    @Override
    public LinkMonitor links() {
        return platform.links();
    }

    @Override
    public Optional<Duration> uptime() {
        return platform.uptime();
    }

    @Override
    public void close() {
        platform.close();
        namespace.close();
    }
}
