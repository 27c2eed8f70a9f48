package org.vrrp4j.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.linux.testing.NetworkNamespace;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.GratuitousArp;
import org.vrrp4j.packet.Ipv4Header;

/** Both sockets between two namespaces, joined by a veth pair. */
@NeedsNamespaces
class RawSocketLiveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int INDEX = 11;
    private static final int ETH_P_ARP_IN_NETWORK_ORDER = 0x0608;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(RawSocket.MAX_PACKET_BYTES);
    private NetworkNamespace here;
    private NetworkNamespace there;

    @BeforeEach
    void open() throws Exception {
        here = NetworkNamespace.open();
        there = NetworkNamespace.open();
        here.ip("link add eth0 index 11 type veth peer name eth0 index 11 netns " + there.threadId());
        here.ip("address add 192.0.2.1/24 dev eth0");
        there.ip("address add 192.0.2.2/24 dev eth0");
        here.ip("link set eth0 up");
        there.ip("link set eth0 up");
        here.awaitUp("eth0");
        there.awaitUp("eth0");
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static RawSocket open(NetworkNamespace namespace, String source) throws Exception {
        return namespace.call(() ->
                RawSocket.openIpv4("eth0", INDEX, VirtualAddress.parse(source).address()));
    }

    private static ByteBuffer message(String text) {
        ByteBuffer message = ByteBuffer.allocateDirect(64).position(3);
        return message.put(text.getBytes(StandardCharsets.US_ASCII)).flip().position(3);
    }

    private void receive(RawSocket socket) {
        await().atMost(PATIENCE).until(() -> socket.receive(packet) >= 0);
    }

    @Test
    void messageArrivesWithTtlSourceGroupAndPriority() throws Exception {
        try (RawSocket sender = open(here, "192.0.2.1");
                RawSocket receiver = open(there, "192.0.2.2")) {
            assertThat(receiver.receive(packet)).isEqualTo(-1);
            ByteBuffer message = message("hello");
            sender.send(message);
            assertThat(message.position()).isEqualTo(3);
            assertThat(message.remaining()).isEqualTo(5);

            receive(receiver);
            Ipv4Header header = Ipv4Header.decode(packet).orElseThrow();
            assertThat(header.ttl()).isEqualTo(255);
            assertThat(header.source().getHostAddress()).isEqualTo("192.0.2.1");
            assertThat(header.destination()).isEqualTo(sender.group());
            assertThat(packet.get(1)).isEqualTo((byte) 0xc0);
            assertThat(StandardCharsets.US_ASCII
                            .decode(packet.position(header.headerBytes()))
                            .toString())
                    .isEqualTo("hello");
            assertThat(sender.receive(packet)).as("hears itself").isEqualTo(-1);
        }
    }

    @Test
    void sourceIsTheGivenOneOfSeveral() throws Exception {
        here.ip("address add 198.51.100.1/24 dev eth0");
        try (RawSocket sender = open(here, "198.51.100.1");
                RawSocket receiver = open(there, "192.0.2.2")) {
            there.ip("route add 198.51.100.0/24 dev eth0");
            sender.send(message("hello"));
            receive(receiver);
            assertThat(Ipv4Header.decode(packet).orElseThrow().source().getHostAddress())
                    .isEqualTo("198.51.100.1");
        }
    }

    @Test
    void sendingOnAnInterfaceThatIsDownFails() throws Exception {
        try (RawSocket sender = open(here, "192.0.2.1")) {
            here.ip("link set eth0 down");
            assertThatThrownBy(() -> sender.send(message("hello"))).hasMessageContaining("ENETUNREACH (101)");
            here.ip("link set eth0 up");
            here.awaitUp("eth0");
            sender.send(message("hello"));
        }
    }

    @Test
    void sendingOnAnInterfaceThatHasGoneFails() throws Exception {
        try (RawSocket sender = open(here, "192.0.2.1")) {
            here.ip("link del eth0");
            assertThatThrownBy(() -> sender.send(message("hello"))).hasMessageContaining("ENETUNREACH (101)");
            assertThat(sender.receive(packet)).isEqualTo(-1);
        }
    }

    @Test
    void missingInterfaceIsNamedByOpening() {
        assertThatThrownBy(() -> here.call(() -> RawSocket.openIpv4(
                        "eth7", 7, VirtualAddress.parse("192.0.2.1").address())))
                .hasMessageContaining("SO_BINDTODEVICE on raw IPv4 socket of eth7 failed with ENODEV (19)");
    }

    @Test
    void closedSocketIsNotUsed() throws Exception {
        RawSocket socket = open(here, "192.0.2.1");
        socket.close();
        socket.close();
        assertThatThrownBy(() -> socket.send(message("hello")))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.is(Errno.EBADF)).isTrue());
    }

    @Test
    void frameArrivesAsItWasSent() throws Exception {
        SocketFd capture =
                there.call(() -> SocketFd.open("capture", Libc.AF_PACKET, Libc.SOCK_RAW, ETH_P_ARP_IN_NETWORK_ORDER));
        ByteBuffer frame = ByteBuffer.allocateDirect(64);
        try (PacketSocket sender = here.call(PacketSocket::open)) {
            GratuitousArp.encode(
                    new MacAddress(0x020000000001L),
                    (Inet4Address) VirtualAddress.parse("192.0.2.100").address(),
                    frame);
            sender.send(INDEX, frame.flip());
            await().atMost(PATIENCE).until(() -> capture.receive(Libc.address(packet), 100) == 42);
            byte[] received = new byte[42];
            packet.get(0, received);
            assertThat(HexFormat.of().formatHex(received))
                    .isEqualTo("ffffffffffff0200000000010806" + "0001080006040001"
                            + "020000000001c0000264ffffffffffffc0000264");
            here.ip("link set eth0 down");
            assertThatThrownBy(() -> sender.send(INDEX, frame)).hasMessageContaining("ENETDOWN (100)");
        } finally {
            capture.close();
        }
    }
}
