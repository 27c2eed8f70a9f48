package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** A link-local address of IPv6 is another one on each interface: gateways are often fe80::1 on all of them. */
class LinkLocalAddressTest {
    private static final AddressClaim ETH0 = claim("eth0", "fe80::1/64");
    private static final AddressClaim ETH1 = claim("eth1", "fe80::1/64");

    private BackendRig rig;

    private static AddressClaim claim(String device, String address) {
        return new AddressClaim(
                new RouterId(device, 51, IpFamily.IPV6), List.of(VirtualAddress.parse(address)), Duration.ofSeconds(2));
    }

    @BeforeEach
    void open() throws IOException {
        rig = new BackendRig();
    }

    @Test
    void twoRoutersHaveTheSameOneOnDifferentInterfaces() {
        rig.hold(ETH0);
        rig.hold(ETH1);
        assertThat(rig.addresses()).hasSize(2);
        rig.kernel.remove(3, "fe80::1/64");
        rig.loop.turn();
        assertThat(rig.heard.take()).containsExactly("lost fe80:0:0:0:0:0:0:1/64");
        rig.acquire(ETH1);
        rig.release(ETH0);
        assertThat(rig.addresses()).hasSize(1);
        assertThat(rig.kernel.address(3, "fe80::1/64")).isNotNull();
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void thatOfAnotherInterfaceIsNobodysBusiness() {
        rig.kernel.add(3, "fe80::1/64", 0, 0);
        rig.loop.turn();
        rig.hold(ETH0);
        assertThat(rig.heard.heard()).isEmpty();
        assertThat(rig.backend.isVirtual(rig.kernel.address(3, "fe80::1/64"))).isFalse();
        assertThat(rig.backend.isVirtual(rig.kernel.address(2, "fe80::1/64"))).isTrue();
    }

    @Test
    void thatOfTheSameInterfaceIsSomebodyElses() {
        rig.kernel.add(2, "fe80::1/64", 0, 0);
        rig.loop.turn();
        rig.register(ETH0);
        assertThat(rig.acquireFails(ETH0).fault()).isEqualTo(Fault.FOREIGN_ADDRESS);
    }

    @Test
    void neighbourOnAnotherInterfaceIsNone() {
        rig.charges.neighbourTakes("fe80::1%eth1");
        rig.hold(ETH0);
        assertThat(rig.heard.heard()).isEmpty();
        rig.register(ETH1);
        assertThat(rig.acquireFails(ETH1).fault()).isEqualTo(Fault.FOREIGN_ADDRESS);
    }

    @Test
    void leftoverOnAnotherInterfaceIsNotTakenOver() {
        rig.kernel.lease(2, "fe80::1/64");
        rig.kernel.lease(3, "fe80::1/64");
        rig.loop.turn();
        rig.hold(ETH0);
        assertThat(rig.addresses()).hasSize(1);
        assertThat(rig.kernel.address(2, "fe80::1/64")).isNotNull();
    }

    @Test
    void heldOneStaysOursWhenItsInterfaceIsRenamed() {
        rig.hold(ETH0);
        rig.kernel.link(2, "lan0", FakeKernel.WORKING);
        rig.loop.turn();
        rig.register(ETH1);
        rig.loop.turn();
        assertThat(rig.addresses()).hasSize(1);
        rig.release(ETH0);
        assertThat(rig.addresses()).isEmpty();
    }

    @Test
    void addressOfAnotherKindBelongsToOneRouterWhereverItIs() {
        rig.register(claim("eth0", "2001:db8::1/64"));
        AddressClaim second = claim("eth1", "2001:db8::1/64");
        assertThatThrownBy(() -> rig.register(second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to two virtual routers");
    }
}
