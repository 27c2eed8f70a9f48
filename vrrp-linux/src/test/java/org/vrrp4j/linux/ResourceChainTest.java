package org.vrrp4j.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.filter.FilteredAddressBackend;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.RouteAddressBackend;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.linux.routing.RoutingAddressBackend;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeFilter;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.FakeRouting;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** Filter, addresses, routes and rules of one claim, as a platform chains their backends. */
class ResourceChainTest {
    private static final AddressClaim CLAIM = new AddressClaim(
            new RouterId("eth0", 51, IpFamily.IPV4),
            new RouterResources(
                    List.of(VirtualAddress.parse("192.0.2.100/24"), VirtualAddress.parse("192.0.2.101/24")),
                    List.of(VirtualRoute.parse("198.51.100.0/24 dev eth0 src 192.0.2.100")),
                    List.of(VirtualRule.parse("from 192.0.2.100 table 100 preference 500")),
                    false),
            Duration.ofSeconds(2));

    private final List<String> journal = new ArrayList<>();
    private final FakeKernel kernel = new FakeKernel();
    private final FakeRouting routing = new FakeRouting(journal);
    private final FakeFilter filter = new FakeFilter(journal);
    private final FakeCharges charges = new FakeCharges();
    private final ManualLoop loop = new ManualLoop();
    private final RecordingListener heard = new RecordingListener();
    private FilteredAddressBackend backend;

    @BeforeEach
    void open() throws IOException {
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.note(journal);
        NetlinkClient client = new NetlinkClient(kernel.requests());
        RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
        feed.start();
        backend = new FilteredAddressBackend(
                new RoutingAddressBackend(
                        new RouteAddressBackend(feed, client, charges),
                        loop,
                        feed,
                        new RoutingAddressBackend.Channels(routing::requests, routing::monitor),
                        charges),
                loop,
                charges,
                groups -> groups == 0 ? filter.requests() : filter.monitor());
        backend.register(CLAIM, heard).toCompletableFuture().join();
        loop.turn();
        journal.clear();
    }

    private void acquire() {
        backend.acquire(CLAIM).toCompletableFuture().join();
        loop.turn();
    }

    private Throwable acquireFails() {
        try {
            acquire();
        } catch (CompletionException e) {
            loop.turn();
            return e.getCause();
        }
        throw new AssertionError("acquired");
    }

    private void nothingIsLeft() {
        assertThat(kernel.addresses()).isEmpty();
        assertThat(routing.entries()).isEmpty();
        assertThat(filter.tables()).isEmpty();
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void allComeInOrderAndGoInTheOpposite() {
        acquire();
        backend.release(CLAIM).toCompletableFuture().join();
        assertThat(journal)
                .containsExactly(
                        "filter [192.0.2.100, 192.0.2.101]",
                        "add 192.0.2.100/24",
                        "add 192.0.2.101/24",
                        "add route 198.51.100.0/24",
                        "add rule 500",
                        "del rule 500",
                        "del route 198.51.100.0/24",
                        "del 192.0.2.101/24",
                        "del 192.0.2.100/24",
                        "no filter");
        loop.turn();
        nothingIsLeft();
    }

    @Test
    void refusedRuleUndoesAllTheLastFirst() {
        routing.refuse("add rule 500", Errno.EINVAL, "its words");
        assertThat(acquireFails()).hasMessageContaining("its words");
        assertThat(journal)
                .endsWith("del route 198.51.100.0/24", "del 192.0.2.101/24", "del 192.0.2.100/24", "no filter");
        nothingIsLeft();
    }

    @Test
    void refusedAddressUndoesTheOtherOneAndTheFilter() {
        kernel.refuse("192.0.2.101/24", Errno.ENOMEM);
        assertThat(acquireFails()).hasMessageContaining("RTM_NEWADDR 192.0.2.101/24 dev eth0 failed with ENOMEM");
        assertThat(journal)
                .containsExactly(
                        "filter [192.0.2.100, 192.0.2.101]", "add 192.0.2.100/24", "del 192.0.2.100/24", "no filter");
        nothingIsLeft();
    }

    @Test
    void lostAnswersAnywhereLeaveNothing() {
        for (Runnable loss : List.<Runnable>of(
                () -> filter.requests().loseMessages(),
                () -> kernel.requests().loseMessages(),
                () -> routing.requests().loseMessages())) {
            loss.run();
            assertThat(acquireFails()).hasMessageContaining("ENOBUFS");
            nothingIsLeft();
        }
        acquire();
        assertThat(kernel.addresses()).hasSize(2);
        assertThat(routing.entries()).hasSize(2);
    }

    @Test
    void overrunOfEveryMonitorAtOnceIsMadeGood() {
        acquire();
        kernel.remove(2, "192.0.2.101/24");
        routing.deleteSilently("rule 500");
        filter.delete("vrrp4j-eth0/51");
        kernel.monitor().loseMessages();
        routing.monitor().loseMessages();
        filter.monitor().loseMessages();
        loop.turn();
        assertThat(heard.take())
                .containsExactlyInAnyOrder(
                        "lost 192.0.2.101/24", "lost rule from 192.0.2.100/32 preference 500 table 100");
        acquire();
        assertThat(kernel.addresses()).hasSize(2);
        assertThat(routing.entries()).hasSize(2);
        assertThat(filter.tables()).hasSize(1);
    }
}
