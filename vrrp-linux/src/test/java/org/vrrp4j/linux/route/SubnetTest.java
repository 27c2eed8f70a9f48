package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.spi.AddressClaim;

/** Virtual addresses in the subnets of the host itself: neither takes the other along. */
class SubnetTest {
    private static final AddressClaim CLAIM = BackendRig.claim(51, "192.0.2.100/24", "192.0.2.101/24");
    private static final AddressClaim CLAIM6 = BackendRig.claim(51, "2001:db8::100/64");

    private BackendRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new BackendRig();
    }

    private void own(String cidr) {
        rig.kernel.add(2, cidr, 0, 0);
        rig.loop.turn();
    }

    private AddressMessage held(String cidr) {
        return rig.kernel.address(2, cidr);
    }

    @Test
    void virtualAddressesGoWithThePrimaryOneAndAreToldAsLost() {
        own("192.0.2.1/24");
        rig.hold(CLAIM);
        rig.kernel.remove(2, "192.0.2.1/24");
        rig.loop.turn();
        assertThat(rig.heard.take()).containsExactly("lost 192.0.2.100/24", "lost 192.0.2.101/24");
        rig.acquire(CLAIM);
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24", "2 192.0.2.101/24");
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void withPromotedSecondariesVirtualAddressesStay() {
        rig.kernel.setPromoteSecondaries(2, true);
        own("192.0.2.1/24");
        rig.hold(CLAIM);
        rig.kernel.remove(2, "192.0.2.1/24");
        rig.loop.turn();
        assertThat(rig.heard.heard()).isEmpty();
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24", "2 192.0.2.101/24");
        assertThat(rig.isSecondary("192.0.2.100/24")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void virtualAddressGivesTheFirstPlaceBackToTheHosts(boolean promote) {
        rig.kernel.setPromoteSecondaries(2, promote);
        rig.hold(CLAIM);
        own("192.0.2.1/24");
        rig.loop.turn();
        assertThat(rig.isSecondary("192.0.2.1/24")).isFalse();
        assertThat(rig.isSecondary("192.0.2.100/24")).isTrue();
        assertThat(rig.isSecondary("192.0.2.101/24")).isTrue();
        assertThat(rig.heard.heard()).as("nothing was lost").isEmpty();
        assertThat(rig.kernel.promotesSecondaries(2)).as("as before").isEqualTo(promote);
        rig.release(CLAIM);
        assertThat(rig.addresses()).containsExactly("2 192.0.2.1/24");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void releaseTakesNoAddressOfTheHostAlong(boolean promote) {
        rig.kernel.setPromoteSecondaries(2, promote);
        rig.hold(CLAIM);
        rig.kernel.add(2, "192.0.2.1/24", 0, 0);
        rig.release(CLAIM);
        assertThat(rig.addresses()).containsExactly("2 192.0.2.1/24");
        assertThat(rig.isSecondary("192.0.2.1/24")).isFalse();
        assertThat(rig.kernel.promotesSecondaries(2)).as("as before").isEqualTo(promote);
    }

    @Test
    void releaseTakesNoAddressOfAnotherRouterAlong() {
        AddressClaim other = BackendRig.claim(52, "192.0.2.110/24");
        rig.hold(CLAIM);
        rig.hold(other);
        rig.release(CLAIM);
        assertThat(rig.addresses()).containsExactly("2 192.0.2.110/24");
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void addressesOfOneReleaseNeedNoPromotion() {
        rig.hold(CLAIM);
        rig.release(CLAIM);
        assertThat(rig.addresses()).isEmpty();
        assertThat(rig.kernel.requests().requests()).noneMatch(request -> request.type() == 19);
    }

    @Test
    void addressesOfOneReleaseGoAtOnceAndThePrimaryOneGoesLast() {
        rig.hold(CLAIM);
        rig.release(CLAIM);
        assertThat(rig.kernel.requests().batches()).isEqualTo(1);
        assertThat(deleted()).containsExactly("192.0.2.101/24", "192.0.2.100/24");
    }

    private List<String> deleted() {
        return rig.kernel.requests().requests().stream()
                .filter(request -> request.type() == AddressMessage.RTM_DELADDR)
                .map(request -> AddressMessage.decode(request.payload()).orElseThrow())
                .map(AddressMessage::cidr)
                .toList();
    }

    @Test
    void releaseIsMadeOneByOneWhenItsAnswerIsLost() {
        own("192.0.2.1/24");
        rig.hold(CLAIM);
        rig.kernel.requests().loseMessages();
        rig.release(CLAIM);
        assertThat(rig.addresses()).containsExactly("2 192.0.2.1/24");
        assertThat(deleted()).hasSize(4);
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void ipv6AddressIsDeprecatedUnlessPreferred() {
        rig.hold(CLAIM6);
        assertThat(held("2001:db8::100/64").preferredSeconds()).isZero();
        assertThat(held("2001:db8::100/64").validSeconds()).isEqualTo(2);
        AddressClaim preferred = new AddressClaim(
                CLAIM6.router(),
                List.of(VirtualAddress.parse("2001:db8::100/64").withPreference()),
                CLAIM6.lease());
        rig.backend.change(CLAIM6, preferred).toCompletableFuture().join();
        assertThat(held("2001:db8::100/64").preferredSeconds()).isEqualTo(2);
        rig.hold(BackendRig.claim(52, "192.0.2.100/24"));
        assertThat(held("192.0.2.100/24").preferredSeconds()).isEqualTo(2);
    }

    @Test
    void ipv6AddressInAPrefixOfTheHostBringsNoRoute() {
        own("2001:db8::1/64");
        rig.hold(CLAIM6);
        assertThat(held("2001:db8::100/64").has(AddressMessage.IFA_F_NOPREFIXROUTE))
                .isTrue();
        rig.hold(BackendRig.claim(52, "2001:db8:1::100/64"));
        assertThat(held("2001:db8:1::100/64").has(AddressMessage.IFA_F_NOPREFIXROUTE))
                .isFalse();
    }

    @Test
    void renewalFollowsThePrefixesOfTheHost() {
        rig.hold(CLAIM6);
        assertThat(held("2001:db8::100/64").has(AddressMessage.IFA_F_NOPREFIXROUTE))
                .isFalse();
        own("2001:db8::1/64");
        rig.backend.renew(CLAIM6);
        rig.loop.runTasks();
        assertThat(held("2001:db8::100/64").has(AddressMessage.IFA_F_NOPREFIXROUTE))
                .isTrue();
        rig.kernel.remove(2, "2001:db8::1/64");
        rig.loop.turn();
        rig.backend.renew(CLAIM6);
        rig.loop.runTasks();
        assertThat(held("2001:db8::100/64").has(AddressMessage.IFA_F_NOPREFIXROUTE))
                .isFalse();
        List<NetlinkMessage> requests = rig.kernel.requests().requests();
        assertThat(requests.get(requests.size() - 1).flags())
                .as("NLM_F_REPLACE alone, and no answer")
                .isEqualTo(0x101);
    }
}
