package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkState;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;

class RehearsalTest {
    private static final RouterConfig ROUTER = RouterConfig.builder("eth0", 51)
            .address(VirtualAddress.parse("192.0.2.100"))
            .build();

    private final FakeHost loop = new FakeHost();
    private final FakeHost stage = new FakeHost();
    private int opened;

    @Test
    @DisplayName("before the start the address is announced on the stage, and many times more while the loop goes on")
    void takesOverOnTheStage() {
        stage.link = new LinkState("eth0", true, 2, true, IpAddresses.parse("192.0.2.11"), Optional.empty());
        Rehearsal.begin(ROUTER, loop, new Stages());
        assertThat(stage.announced).isNotEmpty();
        assertThat(opened).isLessThan(10);
        loop.advance(Duration.ofMinutes(1).toNanos());
        assertThat(opened).isGreaterThan(200).isLessThan(1000);
        assertThat(stage.announced).hasSizeGreaterThanOrEqualTo(opened);
        assertThat(loop.sent).isEmpty();
        assertThat(loop.announced).isEmpty();
    }

    @Test
    @DisplayName("shortly before a takeover it is rehearsed once more, for all routers together")
    void refreshes() {
        stage.link = new LinkState("eth0", true, 2, true, IpAddresses.parse("192.0.2.11"), Optional.empty());
        Rehearsal rehearsal = Rehearsal.begin(ROUTER, loop, new Stages());
        loop.advance(Duration.ofMinutes(1).toNanos());
        int before = opened;
        rehearsal.refresh();
        rehearsal.refresh();
        assertThat(opened).isEqualTo(before + 1);
        loop.advance(Duration.ofMillis(50).toNanos());
        rehearsal.refresh();
        assertThat(opened).isEqualTo(before + 2);
    }

    @Test
    @DisplayName("while a takeover is near no round is made that would hold it up, and then they go on")
    void heldBack() {
        stage.link = new LinkState("eth0", true, 2, true, IpAddresses.parse("192.0.2.11"), Optional.empty());
        Rehearsal rehearsal = Rehearsal.begin(ROUTER, loop, new Stages());
        loop.advance(Duration.ofMillis(20).toNanos());
        int before = opened;
        rehearsal.refresh();
        loop.advance(Duration.ofMillis(9).toNanos());
        assertThat(opened).isEqualTo(before);
        loop.advance(Duration.ofMillis(20).toNanos());
        assertThat(opened).isGreaterThan(before);
    }

    @Test
    @DisplayName("a stage on which nobody becomes master is not opened again and again")
    void givesUp() {
        stage.link = LinkState.missing("eth0");
        Rehearsal rehearsal = Rehearsal.begin(ROUTER, loop, new Stages());
        loop.advance(Duration.ofMinutes(1).toNanos());
        rehearsal.refresh();
        assertThat(opened).isOne();
    }

    @Test
    @DisplayName("without a stage nothing is rehearsed, and a stage that cannot be opened does no harm")
    void noStage() {
        Rehearsal.begin(ROUTER, loop, new Stages() {
            @Override
            public Optional<Platform> openStage(EventLoop stageLoop, Set<String> interfaceNames) throws IOException {
                throw new IOException("no room");
            }
        });
        Rehearsal.begin(ROUTER, loop, new Stages() {
            @Override
            public Optional<Platform> openStage(EventLoop stageLoop, Set<String> interfaceNames) {
                return Optional.empty();
            }
        });
        loop.advance(Duration.ofMinutes(1).toNanos());
        assertThat(loop.nanoTime()).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    private class Stages implements PlatformProvider {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public Optional<Throwable> unavailabilityCause() {
            return Optional.empty();
        }

        @Override
        public Optional<Platform> openStage(EventLoop stageLoop, Set<String> interfaceNames) throws IOException {
            assertThat(interfaceNames).containsExactly("eth0");
            opened++;
            return Optional.of(stage);
        }

        @Override
        public Platform open(EventLoop nodeLoop) {
            throw new UnsupportedOperationException("only a stage");
        }
    }
}
