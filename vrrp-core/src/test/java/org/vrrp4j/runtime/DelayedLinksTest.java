package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.LinkDelays;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.LinkState;

/** A cable that is pulled and plugged again. */
class DelayedLinksTest {
    private static final LinkState UP = link("eth0", true);
    private static final LinkState DOWN = link("eth0", false);

    private final FakeHost host = new FakeHost();
    private final Map<String, LinkMonitor.LinkListener> kernel = new HashMap<>();
    private final List<LinkState> told = new ArrayList<>();
    private final DelayedLinks links = new DelayedLinks(
            new LinkMonitor() {
                @Override
                public void watch(String interfaceName, LinkListener listener) {
                    kernel.put(interfaceName, listener);
                    listener.onLink(link(interfaceName, true));
                }

                @Override
                public void unwatch(LinkListener listener) {
                    kernel.values().remove(listener);
                }

                @Override
                public void close() {
                    kernel.clear();
                }
            },
            host);

    private static LinkState link(String name, boolean up) {
        return new LinkState(name, true, 2, up, Optional.empty(), Optional.empty());
    }

    @BeforeEach
    void watch() throws IOException {
        links.use(Map.of("eth0", new LinkDelays(Duration.ofSeconds(2), Duration.ofSeconds(3))));
        links.watch("eth0", told::add);
        assertThat(told).containsExactly(UP);
        told.clear();
    }

    private void becomes(LinkState state, double afterwards) {
        kernel.get("eth0").onLink(state);
        host.advance((long) (afterwards * 1e9));
    }

    @Test
    void aLinkThatComesBackInTimeHasNeverBeenDown() {
        becomes(DOWN, 1.9);
        assertThat(told).isEmpty();
        becomes(UP, 10);
        assertThat(told).containsOnly(UP);
    }

    @Test
    void aLinkThatStaysDownOrUpIsToldOfWhenThatHasLasted() {
        becomes(DOWN, 2);
        assertThat(told).containsExactly(DOWN);
        becomes(UP, 2.9);
        assertThat(told).containsOnly(DOWN);
        host.advance(100_000_000);
        assertThat(told).last().isEqualTo(UP);
    }

    @Test
    void aLinkThatFlapsStaysDown() {
        becomes(DOWN, 2);
        for (int i = 0; i < 5; i++) {
            becomes(UP, 2);
            becomes(DOWN, 0.5);
        }
        assertThat(told).containsOnly(DOWN);
        becomes(UP, 3);
        assertThat(told).last().isEqualTo(UP);
    }

    @Test
    void anInterfaceThatIsGoneIsToldOfAtOnce() {
        becomes(DOWN, 1);
        becomes(LinkState.missing("eth0"), 0);
        assertThat(told).containsExactly(LinkState.missing("eth0"));
        becomes(DOWN, 10);
        assertThat(told).last().isEqualTo(DOWN);
    }

    @Test
    void othersAreToldOfAtOnce() throws IOException {
        links.watch("eth1", told::add);
        kernel.get("eth1").onLink(link("eth1", false));
        assertThat(told).containsExactly(link("eth1", true), link("eth1", false));
    }

    @Test
    void otherDelaysCountFromTheNextChangeOn() {
        becomes(DOWN, 1);
        links.use(Map.of());
        host.advance(1_000_000_000);
        assertThat(told).containsExactly(DOWN);
        becomes(UP, 0);
        assertThat(told).last().isEqualTo(UP);
    }

    @Test
    void whoDoesNotListenAnyMoreIsNotToldOfWhatWaited() throws IOException {
        List<LinkState> others = new ArrayList<>();
        LinkMonitor.LinkListener other = others::add;
        links.watch("eth0", other);
        becomes(DOWN, 1);
        links.unwatch(other);
        assertThat(kernel).isEmpty();
        host.advance(10_000_000_000L);
        assertThat(others).containsExactly(UP);
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        becomes(DOWN, 1);
        links.close();
        host.advance(10_000_000_000L);
        assertThat(told).isEmpty();
    }
}
