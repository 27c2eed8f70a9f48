package org.vrrp4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;

/** What the application that embeds a node is told besides changes of the role. */
class RouterEventsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SimulatedNetwork network = SimulatedNetwork.realTime();
    private final SimulatedHost host = network.host("a");
    private final SimulatedHost stranger = network.host("b");

    @AfterEach
    void close() {
        network.close();
    }

    private ByteBuffer advertisement() {
        InetAddress vip = IpAddresses.parse("192.0.2.100").orElseThrow();
        return AdvertisementCodec.encode(
                new Advertisement(VrrpVersion.V3, 51, 254, Duration.ofSeconds(1), List.of(vip), Authentication.NONE),
                ChecksumForm.PSEUDO_HEADER,
                stranger.address(),
                IpFamily.IPV4.multicastGroup());
    }

    @Test
    @DisplayName("R9568-7.1-11 an application hears of a rejected advertisement: from whom and why")
    void rejectionsAreTold() throws Exception {
        List<VrrpEvent> heard = new CopyOnWriteArrayList<>();
        VirtualRouter router = VirtualRouter.on(SimulatedHost.INTERFACE)
                .vrid(51)
                .address("192.0.2.100/24")
                .onEvent(heard::add);
        try (VrrpNode node = VrrpNode.builder()
                .transport(host.transport())
                .platform(host.platform())
                .router(router)
                .start()) {
            network.forge(stranger, IpFamily.IPV4, advertisement(), 254);
            await().atMost(LIMIT).until(() -> !heard.isEmpty());
            VrrpEvent.PacketsRejected told = (VrrpEvent.PacketsRejected) heard.get(0);
            assertThat(told.source()).isEqualTo(stranger.address());
            assertThat(told.reason()).isEqualTo(RejectionReason.TTL);
            assertThat(told.router()).isEqualTo(node.status().routers().get(0).router());
        }
    }
}
