package org.vrrp4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.channel.epoll.Epoll;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.vrrp4j.spi.MissingPermissionException;
import org.vrrp4j.spi.TransportProvider;

/** The provider is found, and says what is missing. */
class NettyTransportProviderTest {

    /** A machine without Netty's native library cannot run some of these tests. */
    static final class NoNative {
        private NoNative() {}

        static void abortIfMissing() {
            if (!Epoll.isAvailable()) {
                System.out.println("SKIPPED: no native epoll here: " + Epoll.unavailabilityCause());
                abort("no native epoll here: " + Epoll.unavailabilityCause());
            }
        }
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(TransportProvider.class))
                .singleElement()
                .isInstanceOf(NettyTransportProvider.class)
                .extracting(TransportProvider::name)
                .isEqualTo("netty");
    }

    @Test
    void isAvailableOrNamesTheMissingRight() {
        NoNative.abortIfMissing();
        Optional<Throwable> cause = new NettyTransportProvider().unavailabilityCause();
        cause.ifPresent(missing -> assertThat(missing)
                .isInstanceOf(MissingPermissionException.class)
                .hasMessageContaining("CAP_NET_RAW")
                .hasMessageContaining("AmbientCapabilities"));
        assertThat(new NettyTransportProvider().isAvailable()).isEqualTo(cause.isEmpty());
    }

    @Test
    void refusesTheLoopOfSomebodyElse() {
        assertThatThrownBy(() -> new NettyTransportProvider().open(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loop");
    }
}
