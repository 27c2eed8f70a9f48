package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

class UnassignedPacketsTest {
    private static final InetAddress SOURCE = IpAddresses.parse("192.0.2.7").orElseThrow();

    private final FakeHost host = new FakeHost();
    private final List<String> told = new ArrayList<>();
    private final UnassignedPackets packets = new UnassignedPackets(
            host,
            (interfaceName, source, advertisement) ->
                    told.add(interfaceName + " " + source.getHostAddress() + " " + advertisement.vrid()));

    private static ReceivedAdvertisement advertisement(int vrid) {
        return new ReceivedAdvertisement(
                new Advertisement(
                        VrrpVersion.V3, vrid, 100, Duration.ofSeconds(1), List.of(SOURCE), Authentication.NONE),
                SOURCE,
                ChecksumForm.PSEUDO_HEADER);
    }

    @Test
    void anUnknownRouterIsToldOfNowAndThenAndCountedAlways() {
        for (int i = 0; i < 100; i++) {
            packets.onMessage("eth0", SOURCE, advertisement(77));
        }
        assertThat(told).containsExactly("eth0 192.0.2.7 77", "eth0 192.0.2.7 77", "eth0 192.0.2.7 77");
        assertThat(packets.snapshot()).containsEntry(RejectionReason.VRID_UNKNOWN, 100L);
    }

    @Test
    void whatCannotBeReadIsCountedOnly() {
        packets.onMessage("eth0", SOURCE, new PacketRejection(RejectionReason.CHECKSUM, "wrong"));
        assertThat(told).isEmpty();
        assertThat(packets.snapshot()).containsEntry(RejectionReason.CHECKSUM, 1L);
    }
}
