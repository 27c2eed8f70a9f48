package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.LinkState;

/** A node that is stopped is done when its routers are, and not before. */
class NodeStopTest {
    private static final long MASTER = Duration.ofSeconds(4).toNanos();
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final FakeHost host = new FakeHost();
    private final List<String> told = new ArrayList<>();
    private CompletableFuture<Void> stopped;

    private NodeRuntime start(int... vrids) throws IOException {
        host.link = new LinkState("eth0", true, 2, true, IpAddresses.parse("192.0.2.11"), Optional.empty());
        List<RouterConfig> routers = new ArrayList<>();
        for (int vrid : vrids) {
            routers.add(RouterConfig.builder("eth0", vrid)
                    .address(VirtualAddress.parse("192.0.2." + vrid))
                    .build());
        }
        NodeRuntime node = new NodeRuntime(new NodeConfig("n", routers), host, host, host, router -> new Told(), 100);
        node.start();
        return node;
    }

    private final class Told implements RouterObserver {
        @Override
        public void onRoleChange(RoleChange change) {
            told.add(change.router().vrid() + " " + change.to());
        }

        @Override
        public void onEvent(VrrpEvent event) {
            told.add(event.getClass().getSimpleName());
        }
    }

    private void stop(NodeRuntime node) {
        stopped = node.stop().toCompletableFuture();
        host.advance(0);
    }

    @Test
    @DisplayName("R9568-6.4.3-8 where the backend answers at once the stop takes no time")
    void noTimePassesWithoutNeed() throws IOException {
        NodeRuntime node = start(51, 52);
        host.advance(MASTER);
        told.clear();

        stop(node);

        assertThat(stopped).isCompleted();
        assertThat(told).containsExactly("51 INIT", "52 INIT");
        assertThat(host.calls).containsExactly("acquire", "acquire", "release", "release", "unregister", "unregister");
        assertThat(host.closed).hasSize(1);
        assertThat(node.stop()).isSameAs(stopped);
        assertThat(host.sent.get(host.sent.size() - 1).message().get(2)).isZero();
    }

    @Test
    @DisplayName("the stop ends with the slow answer of the last router, and not with the next poll")
    void theLastAnswerEndsIt() throws IOException {
        NodeRuntime node = start(51, 52);
        host.advance(MASTER);
        CompletableFuture<Void> released = new CompletableFuture<>();
        host.released = released;

        stop(node);
        host.advance(1500 * MILLI);
        assertThat(stopped).isNotDone();
        assertThat(host.calls).doesNotContain("unregister");

        released.complete(null);
        host.advance(0);
        assertThat(stopped).isCompleted();
        assertThat(host.calls).endsWith("unregister", "unregister");
    }

    @Test
    @DisplayName("a backend that never answers holds the stop up for two seconds, and its later answer does no harm")
    void aSilentBackendIsLeft() throws IOException {
        NodeRuntime node = start(51);
        host.advance(MASTER);
        CompletableFuture<Void> released = new CompletableFuture<>();
        host.released = released;

        stop(node);
        host.advance(1999 * MILLI);
        assertThat(stopped).isNotDone();
        host.advance(MILLI);
        assertThat(stopped).isCompleted();

        released.complete(null);
        host.advance(MASTER);
        assertThat(host.calls).containsExactly("acquire", "release", "unregister");
        assertThat(told).containsExactly("51 BACKUP", "51 MASTER", "51 INIT");
    }

    @Test
    @DisplayName("an acquire that is under way is waited for, and what it puts in place is released")
    void acquireUnderWayIsWaitedFor() throws IOException {
        CompletableFuture<Void> acquired = new CompletableFuture<>();
        host.acquired = acquired;
        NodeRuntime node = start(51);
        host.advance(MASTER);

        stop(node);
        host.advance(MILLI);
        assertThat(stopped).isNotDone();
        acquired.complete(null);
        host.advance(0);

        assertThat(stopped).isCompleted();
        assertThat(host.calls).containsExactly("acquire", "release", "unregister");
        assertThat(told).as("MASTER was never told, so its end is not either").containsExactly("51 BACKUP", "51 INIT");
    }

    @Test
    @DisplayName("a backend that is closed with an acquire under way, and fails it, is the end of it")
    void acquireThatFailsAtCloseIsTheEnd() throws IOException {
        CompletableFuture<Void> acquired = new CompletableFuture<>();
        host.acquired = acquired;
        NodeRuntime node = start(51);
        host.advance(MASTER);

        stop(node);
        host.advance(2 * 1000 * MILLI);
        assertThat(stopped).isCompleted();
        acquired.completeExceptionally(new AddressException(Fault.ADDRESS_FAILED, "closed", null));
        host.advance(10 * MASTER);

        assertThat(host.calls).containsExactly("acquire", "unregister");
        assertThat(told).containsExactly("51 BACKUP", "51 INIT");
        assertThat(node.nextDeadlineNanos(node.config().routers().get(0).id())).isEmpty();
    }
}
