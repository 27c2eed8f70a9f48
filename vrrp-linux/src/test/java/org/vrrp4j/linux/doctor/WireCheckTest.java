package org.vrrp4j.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.linux.doctor.Finding.Level;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.AddressHolder;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

class WireCheckTest {
    private static final LinkMessage ETH0 = Hosts.link(2, "eth0", Hosts.UP);
    private static final RouterConfig ROUTER = Hosts.router("192.0.2.100/24");
    private static final Segment SEGMENT = Hosts.segment(ETH0, IpFamily.IPV4, ROUTER);
    private static final MacAddress MAC = new MacAddress(0x0200_0000_0077L);
    private static final HostNetwork NETWORK =
            new HostNetwork(List.of(ETH0), List.of(Hosts.address(2, "192.0.2.1", 24)));

    private final List<Finding> findings = new ArrayList<>();
    private final WireCheck check = new WireCheck(NETWORK, "1 s", findings::add);

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static HeardRouter heard(int vrid, String source, VrrpVersion version, String... addresses) {
        Advertisement advertisement = new Advertisement(
                version,
                vrid,
                200,
                Duration.ofSeconds(1),
                List.of(addresses).stream().map(WireCheckTest::address).toList(),
                Authentication.NONE);
        HeardRouter router = new HeardRouter(SEGMENT, vrid, address(source));
        router.onFrame(MAC, new ReceivedAdvertisement(advertisement, address(source), ChecksumForm.PSEUDO_HEADER));
        return router;
    }

    @Test
    void aMasterOfTheSameGroupIsFine() {
        check.checkRouters(SEGMENT, List.of(heard(51, "192.0.2.2", VrrpVersion.V3, "192.0.2.100")));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.text()).contains("192.0.2.2 is master of eth0/51 with priority 200");
        });
    }

    @Test
    void aMasterWithOtherSettingsIsAProblem() {
        check.checkRouters(SEGMENT, List.of(heard(51, "192.0.2.2", VrrpVersion.V2, "192.0.2.7")));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.text())
                    .contains("it speaks version 2, here 3", "its addresses are [192.0.2.7], here [192.0.2.100]");
        });
    }

    @Test
    void ourOwnAdvertisementsComeFromAnotherProgramHere() {
        check.checkRouters(SEGMENT, List.of(heard(51, "192.0.2.1", VrrpVersion.V3, "192.0.2.100")));
        assertThat(findings).extracting(Finding::level).containsExactly(Level.PROBLEM);
        assertThat(findings.get(0).text()).startsWith("this host advertises eth0/51 already");
    }

    @Test
    void rejectedPacketsAndOtherRoutersAreTold() {
        HeardRouter broken = new HeardRouter(SEGMENT, 51, address("192.0.2.3"));
        broken.onFrame(MAC, new PacketRejection(RejectionReason.TTL, "found 64"));
        check.checkRouters(SEGMENT, List.of(broken, heard(7, "192.0.2.2", VrrpVersion.V3, "192.0.2.7")));
        assertThat(findings).extracting(Finding::level).containsExactly(Level.HINT, Level.OK);
        assertThat(findings.get(0).text()).contains("packets of 192.0.2.3 would be rejected", "found 64");
        assertThat(findings.get(1).text()).contains("VRID 7 of 192.0.2.2");
    }

    @Test
    void silenceOnTheWireIsFine() {
        check.checkRouters(SEGMENT, List.of());
        assertThat(findings).extracting(Finding::level).containsExactly(Level.OK);
    }

    @Test
    void packetsThatArriveButAreNotGivenToASocketProveAFirewall() {
        HeardRouter master = heard(51, "192.0.2.2", VrrpVersion.V3, "192.0.2.100");
        check.checkFirewall(Map.of(), List.of(master));
        assertThat(findings).as("one packet is no proof").isEmpty();
        master.onFrame(MAC, new PacketRejection(RejectionReason.TTL, ""));
        check.checkFirewall(Map.of(), List.of(master));
        assertThat(findings).extracting(Finding::level).containsExactly(Level.PROBLEM);
        findings.clear();
        master.onMessage();
        check.checkFirewall(Map.of(SEGMENT, SelfTest.Outcome.HEARD), List.of(master));
        assertThat(findings).extracting(Finding::level).containsExactly(Level.OK);
    }

    @Test
    void aFailedSelfTestIsOnlyAHintIfPacketsOfOthersAreHeard() {
        HeardRouter master = heard(51, "192.0.2.2", VrrpVersion.V3, "192.0.2.100");
        check.checkFirewall(Map.of(SEGMENT, SelfTest.Outcome.SILENT), List.of());
        check.checkFirewall(Map.of(SEGMENT, SelfTest.Outcome.REFUSED), List.of());
        master.onMessage();
        check.checkFirewall(Map.of(SEGMENT, SelfTest.Outcome.SILENT), List.of(master));
        check.checkFirewall(Map.of(SEGMENT, SelfTest.Outcome.REFUSED), List.of(master));
        assertThat(findings)
                .extracting(Finding::level)
                .containsExactly(Level.PROBLEM, Level.PROBLEM, Level.HINT, Level.PROBLEM);
    }

    @Test
    void anArpProbeHasNoSenderAddress() {
        ByteBuffer frame = ByteBuffer.allocate(NeighbourProbe.MAX_BYTES);
        NeighbourProbe.encode(MAC, address("192.0.2.1"), address("192.0.2.100"), frame);
        assertThat(hex(frame.flip()))
                .isEqualTo("ffffffffffff" + "020000000077" + "0806" + "0001080006040001" + "020000000077" + "00000000"
                        + "000000000000" + "c0000264");
        assertThat(AddressHolder.decode(frame)).isEmpty();
    }

    @Test
    void aNeighbourSolicitationGoesToTheGroupOfTheAddress() {
        ByteBuffer frame = ByteBuffer.allocate(NeighbourProbe.MAX_BYTES);
        NeighbourProbe.encode(MAC, address("fe80::1"), address("2001:db8::12:3456"), frame);
        assertThat(hex(frame.flip()))
                .startsWith("3333ff123456" + "020000000077" + "86dd" + "60000000" + "0020" + "3aff")
                .contains("ff0200000000000000000001ff123456" + "8700")
                .endsWith("20010db8000000000000000000123456" + "0101" + "020000000077");
        assertThat(AddressHolder.decode(frame)).isEmpty();
    }

    private static String hex(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
