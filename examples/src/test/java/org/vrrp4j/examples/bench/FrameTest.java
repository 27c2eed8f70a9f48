package org.vrrp4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.bench.Frame.Kind;

/** Lines as tcpdump 4.99 writes them. */
class FrameTest {
    private static final String MAC = "02:00:00:00:00:02";

    @Test
    void anAdvertisementHasVridAndPriority() {
        assertThat(Frame.parse("1700000000.123456 " + MAC + " > 01:00:5e:00:00:12, ethertype IPv4 (0x0800), length 46:"
                        + " 192.0.2.1 > 224.0.0.18: VRRPv3, Advertisement, vrid 51, prio 150, intvl 10cs, length 12"))
                .contains(new Frame(1_700_000_000_123_456L, Kind.ADVERTISEMENT, MAC, 51, 150, ""));
    }

    @Test
    void aGratuitousArpHasItsAddressInEachForm() {
        String head = "1700000000.000001 " + MAC + " > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: ";
        Frame expected = new Frame(1_700_000_000_000_001L, Kind.ANNOUNCEMENT, MAC, 0, 0, "198.51.100.51");
        assertThat(Frame.parse(head + "Request who-has 198.51.100.51 tell 198.51.100.51, length 28"))
                .contains(expected);
        assertThat(Frame.parse(
                        head + "Request who-has 198.51.100.51 (ff:ff:ff:ff:ff:ff) tell 198.51.100.51, length 28"))
                .contains(expected);
        assertThat(Frame.parse(head + "Reply 198.51.100.51 is-at " + MAC + ", length 28"))
                .contains(expected);
    }

    @Test
    void aQuestionIsNoAnnouncement() {
        assertThat(Frame.parse("1700000000.000001 " + MAC + " > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42:"
                        + " Request who-has 198.51.100.51 tell 192.0.2.200, length 28"))
                .isEmpty();
    }

    @Test
    void anEchoReplyTellsWhoAnswers() {
        assertThat(Frame.parse("1700000000.000001 " + MAC + " > 02:00:00:00:00:01, ethertype IPv4 (0x0800), length 42:"
                        + " 198.51.100.51 > 192.0.2.200: ICMP echo reply, id 1, seq 0, length 8"))
                .contains(new Frame(1_700_000_000_000_001L, Kind.ECHO_REPLY, MAC, 0, 0, "198.51.100.51"));
    }

    @Test
    void whatTcpdumpSaysOfItselfIsNoFrame() {
        assertThat(Frame.parse("listening on eth0, link-type EN10MB (Ethernet), snapshot length 160 bytes"))
                .isEmpty();
    }
}
