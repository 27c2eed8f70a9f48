package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.model.Fault;
import org.vrrp4j.spi.AddressClaim;

/** What a dead predecessor left behind, and what a living neighbour holds. */
class LeftoversTest {
    private static final AddressClaim CLAIM = BackendRig.claim(51, "192.0.2.100/24", "192.0.2.101/24");
    private static final String NEIGHBOUR = "is in the charge of another node on this host, process 4711";

    private BackendRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new BackendRig();
    }

    private void leave(int index, String cidr) {
        rig.kernel.lease(index, cidr);
        rig.loop.turn();
    }

    @Test
    void whatIsNotAcquiredAtOnceIsRemoved() {
        leave(2, "192.0.2.100/24");
        rig.register(CLAIM);
        assertThat(rig.heard.heard()).as("it is not somebody else's").isEmpty();
        rig.loop.turn();
        assertThat(rig.addresses()).isEmpty();
        assertThat(rig.heard.heard()).isEmpty();
        rig.acquire(CLAIM);
        assertThat(rig.addresses()).hasSize(2);
    }

    @Test
    void whatIsAcquiredAtOnceIsTakenOverAsItIs() {
        leave(2, "192.0.2.100/24");
        rig.register(CLAIM);
        rig.acquire(CLAIM);
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24", "2 192.0.2.101/24");
        assertThat(rig.kernel.requests().requests()).noneMatch(request -> request.type() == AddressMessage.RTM_DELADDR);
        assertThat(rig.heard.heard()).isEmpty();
        rig.release(CLAIM);
        assertThat(rig.addresses()).isEmpty();
    }

    @Test
    void whatIsOnAnotherInterfaceOrHasAnotherPrefixIsNotTakenOver() {
        leave(3, "192.0.2.100/24");
        leave(2, "192.0.2.101/32");
        rig.register(CLAIM);
        rig.acquire(CLAIM);
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24", "2 192.0.2.101/24");
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void whatIsInNoClaimAnyMoreIsRemoved() {
        leave(3, "198.51.100.7/24");
        rig.register(CLAIM);
        rig.acquire(CLAIM);
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24", "2 192.0.2.101/24");
    }

    @Test
    void claimsThatAreRegisteredTogetherTakeOverTheirs() {
        AddressClaim other = BackendRig.claim(52, "192.0.2.110/24");
        leave(2, "192.0.2.100/24");
        leave(2, "192.0.2.110/24");
        rig.register(CLAIM);
        rig.acquire(CLAIM);
        rig.register(other);
        rig.acquire(other);
        rig.loop.turn();
        assertThat(rig.addresses()).contains("2 192.0.2.100/24", "2 192.0.2.110/24");
        assertThat(rig.kernel.requests().requests()).noneMatch(request -> request.type() == AddressMessage.RTM_DELADDR);
    }

    @Test
    void addressThatSomebodySetForEverWithOurTagIsHis() {
        rig.kernel.add(2, "192.0.2.100/24", 0, AddressMessage.PROTOCOL_VRRP);
        rig.kernel.add(2, "198.51.100.7/24", 0, AddressMessage.PROTOCOL_VRRP);
        rig.register(CLAIM);
        rig.loop.turn();
        assertThat(rig.heard.take())
                .containsExactly("foreign 192.0.2.100/24: somebody else has put 192.0.2.100/24 on eth0");
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24", "2 198.51.100.7/24");
    }

    @Test
    void withoutTagsALeftoverIsSomebodyElsesUntilItsLeaseEnds() {
        rig.kernel.forgetTags();
        leave(2, "192.0.2.100/24");
        rig.register(CLAIM);
        rig.loop.turn();
        assertThat(rig.heard.take())
                .containsExactly("foreign 192.0.2.100/24: somebody else has put 192.0.2.100/24 on eth0");
        assertThat(rig.addresses()).as("untouched").containsExactly("2 192.0.2.100/24");
        rig.kernel.remove(2, "192.0.2.100/24");
        rig.loop.turn();
        assertThat(rig.heard.take()).containsExactly("foreign gone");
        rig.acquire(CLAIM);
    }

    @Test
    void leftoverWhoseLeaseEndsMeanwhileIsNoLonger() {
        leave(2, "192.0.2.100/24");
        rig.register(CLAIM);
        rig.kernel.remove(2, "192.0.2.100/24");
        rig.kernel.add(2, "192.0.2.100/24", 0, 0);
        assertThat(rig.acquireFails(CLAIM).fault()).isEqualTo(Fault.FOREIGN_ADDRESS);
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24");
    }

    @Test
    void livingNeighbourIsNamedAndKeepsItsAddresses() {
        rig.charges.neighbourTakes("192.0.2.101");
        leave(2, "192.0.2.101/24");
        rig.register(CLAIM);
        rig.loop.turn();
        assertThat(rig.heard.take()).containsExactly("foreign 192.0.2.100/24: 192.0.2.101 " + NEIGHBOUR);
        assertThat(rig.addresses()).containsExactly("2 192.0.2.101/24");
        assertThat(rig.acquireFails(CLAIM)).hasMessage("192.0.2.101 " + NEIGHBOUR);
        assertThat(rig.charges.ours())
                .as("nothing, or two could wait for each other")
                .isEmpty();
    }

    @Test
    void addressOfALivingNeighbourThatIsInNoClaimStays() {
        rig.charges.neighbourTakes("198.51.100.7");
        leave(3, "198.51.100.7/24");
        rig.register(CLAIM);
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly("3 198.51.100.7/24");
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void virtualRouterOfALivingNeighbourIsRefusedEvenWithOtherAddresses() {
        rig.charges.neighbourTakes("eth0/51");
        rig.register(CLAIM);
        assertThat(rig.heard.heard()).containsExactly("foreign 192.0.2.100/24: virtual router eth0/51 " + NEIGHBOUR);
    }

    @Test
    void neighbourThatDiesLeavesItsAddressesToTheOneThatWaits() {
        rig.charges.neighbourTakes("192.0.2.101");
        leave(2, "192.0.2.101/24");
        rig.register(CLAIM);
        rig.loop.turn();
        rig.heard.take();
        rig.charges.neighbourEnds();
        assertThat(rig.heard.heard()).as("not within the call").isEmpty();
        rig.loop.turn();
        assertThat(rig.heard.take()).containsExactly("foreign gone");
        assertThat(rig.addresses()).isEmpty();
        assertThat(rig.charges.ours()).containsExactlyInAnyOrder("eth0/51", "192.0.2.100", "192.0.2.101");
        rig.acquire(CLAIM);
    }

    @Test
    void chargeFollowsTheClaimAndEndsWithIt() {
        AddressClaim next = BackendRig.claim(51, "192.0.2.101/24", "192.0.2.102/24");
        rig.hold(CLAIM);
        rig.backend.change(CLAIM, next).toCompletableFuture().join();
        assertThat(rig.charges.ours()).containsExactlyInAnyOrder("eth0/51", "192.0.2.101", "192.0.2.102");
        rig.backend.unregister(next);
        assertThat(rig.charges.ours()).isEmpty();
    }

    @Test
    void changeToANeighboursAddressIsRefusedUntilItEnds() {
        AddressClaim next = BackendRig.claim(51, "192.0.2.100/24", "192.0.2.102/24");
        rig.charges.neighbourTakes("192.0.2.102");
        rig.hold(CLAIM);
        assertThat(rig.backend.change(CLAIM, next).toCompletableFuture()).isCompletedExceptionally();
        assertThat(rig.addresses()).isEmpty();
        rig.charges.neighbourEnds();
        rig.loop.turn();
        assertThat(rig.heard.heard()).endsWith("foreign gone");
        rig.acquire(next);
        assertThat(rig.addresses()).hasSize(2);
    }

    @Test
    void whereNobodyCanTellLeftoversStayUntilTheirLeaseEnds() {
        rig.charges.breakDown();
        leave(2, "192.0.2.100/24");
        rig.register(CLAIM);
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24");
        assertThat(rig.acquireFails(CLAIM).fault()).isEqualTo(Fault.FOREIGN_ADDRESS);
        rig.kernel.remove(2, "192.0.2.100/24");
        rig.loop.turn();
        rig.acquire(CLAIM);
        List<NetlinkMessage> requests = rig.kernel.requests().requests();
        assertThat(requests).isNotEmpty();
        assertThat(rig.addresses()).hasSize(2);
    }
}
