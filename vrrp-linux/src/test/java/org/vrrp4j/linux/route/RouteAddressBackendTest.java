package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;

class RouteAddressBackendTest {
    private static final AddressClaim CLAIM = claim(51, "192.0.2.100/24", "192.0.2.101/24", "192.0.2.102/24");
    private static final int OURS = AddressMessage.PROTOCOL_VRRP;

    private final FakeKernel kernel = new FakeKernel();
    private final ManualLoop loop = new ManualLoop();
    private final RecordingListener heard = new RecordingListener();
    private final NetlinkClient client = new NetlinkClient(kernel.requests());
    private final RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
    private final RouteAddressBackend backend = new RouteAddressBackend(feed, client, new FakeCharges());

    private static AddressClaim claim(int vrid, String... addresses) {
        return new AddressClaim(
                new RouterId("eth0", vrid, IpFamily.IPV4),
                Stream.of(addresses).map(VirtualAddress::parse).toList(),
                Duration.ofSeconds(2));
    }

    @BeforeEach
    void start() throws Exception {
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.link(3, "eth1", FakeKernel.WORKING);
        kernel.add(2, "192.0.2.1/24", 0, 0);
        feed.start();
        loop.turn();
    }

    private void register() {
        backend.register(CLAIM, heard).toCompletableFuture().join();
    }

    private void acquire() {
        backend.acquire(CLAIM).toCompletableFuture().join();
    }

    private void hold() {
        register();
        acquire();
        loop.turn();
        assertThat(heard.take()).isEmpty();
    }

    private AddressException acquireFails() {
        try {
            acquire();
        } catch (CompletionException e) {
            return (AddressException) e.getCause();
        }
        throw new AssertionError("acquired");
    }

    @Test
    void addressesAreLeasedAndTagged() {
        hold();
        assertThat(kernel.addresses())
                .containsExactly("2 192.0.2.1/24", "2 192.0.2.100/24", "2 192.0.2.101/24", "2 192.0.2.102/24");
        AddressMessage entry = kernel.address(2, "192.0.2.100/24");
        assertThat(entry.validSeconds()).isEqualTo(2);
        assertThat(entry.protocol()).isEqualTo(112);
        backend.release(CLAIM).toCompletableFuture().join();
        loop.turn();
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24");
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void newAddressMustNotExistAndHeldOneIsExtended() {
        hold();
        acquire();
        List<Integer> flags = kernel.requests().requests().stream()
                .filter(request -> request.type() == AddressMessage.RTM_NEWADDR)
                .map(NetlinkMessage::flags)
                .toList();
        assertThat(flags.subList(0, 3)).containsOnly(0x605);
        assertThat(flags.subList(3, 6)).containsOnly(0x505);
    }

    @Test
    void acquiringAgainAtOnceAfterReleaseLosesNothing() {
        hold();
        backend.release(CLAIM);
        acquire();
        loop.turn();
        assertThat(heard.heard()).isEmpty();
        assertThat(kernel.addresses()).hasSize(4);
    }

    @Test
    void noneIsLeftWhenTheThirdCannotBeAcquired() {
        register();
        kernel.refuse("192.0.2.102/24", Errno.ENOSPC);
        AddressException failure = acquireFails();
        assertThat(failure.fault()).isEqualTo(Fault.ADDRESS_FAILED);
        assertThat(failure)
                .hasMessage("RTM_NEWADDR 192.0.2.102/24 dev eth0 failed with ENOSPC (28): No space left on device");
        loop.turn();
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24");
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void missingRightIsNamedWithItsRemedy() {
        register();
        kernel.refuse("192.0.2.100/24", Errno.EPERM);
        assertThat(acquireFails().getMessage()).contains("EPERM (1)", "CAP_NET_ADMIN");
    }

    @Test
    void missingInterfaceIsNamed() {
        register();
        kernel.deleteLink(2);
        AddressException failure = acquireFails();
        assertThat(failure.fault()).isEqualTo(Fault.ADDRESS_FAILED);
        assertThat(failure.getMessage()).contains("no interface eth0");
    }

    @Test
    void foreignAddressIsLeftAloneAndToldWithinRegister() {
        kernel.add(3, "192.0.2.101/32", 0, 0);
        register();
        assertThat(heard.take())
                .containsExactly("foreign 192.0.2.101/24: somebody else has put 192.0.2.101/32 on eth1");
        assertThat(acquireFails().fault()).isEqualTo(Fault.FOREIGN_ADDRESS);
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24", "3 192.0.2.101/32");
        loop.turn();
        assertThat(heard.heard()).isEmpty();

        kernel.remove(3, "192.0.2.101/32");
        loop.turn();
        assertThat(heard.take()).containsExactly("foreign gone");
        acquire();
    }

    @Test
    void foreignAddressIsGoneOnlyWithTheLast() {
        kernel.add(3, "192.0.2.101/32", 0, 0);
        kernel.add(3, "192.0.2.102/32", 0, 0);
        register();
        heard.take();
        kernel.remove(3, "192.0.2.101/32");
        loop.turn();
        assertThat(heard.heard()).isEmpty();
        kernel.remove(3, "192.0.2.102/32");
        loop.turn();
        assertThat(heard.heard()).containsExactly("foreign gone");
    }

    @Test
    void foreignAddressThatComesLaterIsTold() {
        register();
        loop.turn();
        kernel.lease(3, "192.0.2.100/24");
        loop.turn();
        assertThat(heard.heard())
                .containsExactly("foreign 192.0.2.100/24: somebody else has put 192.0.2.100/24 on eth1,"
                        + " another vrrp4j node it seems");
    }

    @Test
    void endOfForeignAddressIsToldAfterARefusalEvenIfItWasShort() {
        register();
        kernel.add(2, "192.0.2.100/24", 0, 0);
        assertThat(acquireFails().fault()).isEqualTo(Fault.FOREIGN_ADDRESS);
        kernel.remove(2, "192.0.2.100/24");
        loop.turn();
        assertThat(heard.heard()).endsWith("foreign gone");
    }

    @Test
    void lostAddressIsToldOnceAndPutBackByAcquire() {
        hold();
        kernel.remove(2, "192.0.2.101/24");
        loop.turn();
        loop.turn();
        assertThat(heard.take()).containsExactly("lost 192.0.2.101/24");
        backend.renew(CLAIM);
        loop.runTasks();
        assertThat(kernel.addresses()).doesNotContain("2 192.0.2.101/24");
        acquire();
        loop.turn();
        assertThat(kernel.addresses()).contains("2 192.0.2.101/24");
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void lossIsToldEvenIfARenewalHasPutTheAddressBack() {
        hold();
        kernel.remove(2, "192.0.2.101/24");
        backend.renew(CLAIM);
        loop.runTasks();
        loop.turn();
        assertThat(heard.heard()).containsExactly("lost 192.0.2.101/24");
        assertThat(kernel.addresses()).contains("2 192.0.2.101/24");
        acquire();
    }

    @Test
    void addressesThatGoWithTheirInterfaceAreLostAndReleased() {
        hold();
        kernel.deleteLink(2);
        loop.turn();
        assertThat(heard.heard()).hasSize(3).allMatch(text -> text.startsWith("lost "));
        backend.renew(CLAIM);
        loop.runTasks();
        backend.release(CLAIM).toCompletableFuture().join();
    }

    @Test
    void addressesFollowAnInterfaceThatIsCreatedAnew() {
        hold();
        kernel.deleteLink(2);
        kernel.link(9, "eth0", FakeKernel.WORKING);
        loop.turn();
        acquire();
        assertThat(kernel.addresses()).contains("9 192.0.2.100/24");
    }

    @Test
    void anotherMacIsToldOnceWhileAddressesAreHeld() {
        hold();
        kernel.setMac(3, new MacAddress(0x0200_0000_0099L));
        loop.turn();
        assertThat(heard.take()).as("of an interface without our addresses").isEmpty();
        kernel.setMac(2, new MacAddress(0x0200_0000_0077L));
        loop.turn();
        loop.turn();
        assertThat(heard.take()).containsExactly("mac changed");
        backend.release(CLAIM);
        kernel.setMac(2, new MacAddress(0x0200_0000_0078L));
        loop.turn();
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void everythingIsReadAnewAfterAnOverrun() {
        hold();
        kernel.monitor().loseMessages();
        kernel.remove(2, "192.0.2.101/24");
        kernel.add(2, "192.0.2.101/24", 0, OURS);
        kernel.remove(2, "192.0.2.102/24");
        loop.turn();
        assertThat(heard.heard()).containsExactly("lost 192.0.2.102/24");
    }

    @Test
    void readingThatFailsAfterAnOverrunIsTriedAgain() {
        hold();
        kernel.monitor().loseMessages();
        kernel.remove(2, "192.0.2.102/24");
        kernel.interruptDumps(10);
        loop.turn();
        assertThat(heard.heard()).isEmpty();
        loop.advance(Duration.ofMillis(100).toNanos());
        assertThat(heard.heard()).containsExactly("lost 192.0.2.102/24");
    }

    @Test
    void oldKernelsWithoutTagsKnowWhatWeHold() {
        kernel.forgetTags();
        hold();
        backend.renew(CLAIM);
        loop.runTasks();
        loop.turn();
        assertThat(heard.heard()).isEmpty();
        assertThat(backend.isVirtual(kernel.address(2, "192.0.2.100/24"))).isTrue();
    }

    @Test
    void addressOnAnotherDeviceGoesThere() {
        AddressClaim claim = new AddressClaim(
                new RouterId("eth0", 9, IpFamily.IPV4),
                List.of(VirtualAddress.parse("198.51.100.9/24").onDevice("eth1")),
                Duration.ofSeconds(1));
        backend.register(claim, heard).toCompletableFuture().join();
        backend.acquire(claim).toCompletableFuture().join();
        assertThat(kernel.addresses()).contains("3 198.51.100.9/24");
    }

    @Test
    void addressOfTwoRoutersIsRefused() {
        register();
        assertThatThrownBy(() -> backend.register(claim(52, "192.0.2.101/32"), heard))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("192.0.2.101");
    }

    @Test
    void closeReleasesWhatIsHeld() {
        hold();
        backend.close();
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24");
        loop.turn();
        assertThat(heard.heard()).isEmpty();
        backend.close();
    }

    @Test
    void unregisteredListenerHearsNothing() {
        register();
        backend.unregister(CLAIM);
        backend.unregister(CLAIM);
        kernel.add(3, "192.0.2.100/24", 0, 0);
        loop.turn();
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void releasingWhatIsNotHeldSucceeds() {
        assertThat(backend.release(CLAIM).toCompletableFuture()).isCompleted();
        register();
        assertThat(backend.release(CLAIM).toCompletableFuture()).isCompleted();
    }

    @Test
    void otherThreadsAreTurnedAway() {
        loop.setInLoop(false);
        assertThatThrownBy(this::register).isInstanceOf(IllegalStateException.class);
    }
}
