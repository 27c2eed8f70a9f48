package org.vrrp4j.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.linux.testing.NetworkNamespace;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.GratuitousArp;
import org.vrrp4j.packet.NeighborAdvertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.spi.PacketReceiver;

/** Both sockets between two namespaces, joined by a veth pair. */
@NeedsNamespaces
class RawSocketLiveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int INDEX = 11;
    private static final int ETH_P_ARP_IN_NETWORK_ORDER = 0x0608;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(RawSocket.MAX_PACKET_BYTES);
    private final ReceiveBatch batch = new ReceiveBatch(4);
    private NetworkNamespace here;
    private NetworkNamespace there;

    @BeforeEach
    void open() throws Exception {
        here = NetworkNamespace.open();
        there = NetworkNamespace.open();
        here.ip("link add eth0 index 11 type veth peer name eth0 index 11 netns " + there.threadId());
        for (String address :
                new String[] {"192.0.2.1/24", "192.0.2.3/24", "fe80::1/64 nodad", "2001:db8::1/64 nodad"}) {
            here.ip("address add " + address + " dev eth0");
        }
        for (String address : new String[] {"192.0.2.2/24", "fe80::2/64 nodad", "2001:db8::2/64 nodad"}) {
            there.ip("address add " + address + " dev eth0");
        }
        here.ip("link set eth0 up");
        there.ip("link set eth0 up");
        for (NetworkNamespace each : new NetworkNamespace[] {here, there}) {
            each.awaitUp("eth0");
            await().atMost(PATIENCE)
                    .until(() -> each.ip("-6 route show table local dev eth0").contains("ff00::/8"));
        }
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    /** One message as the receiver was told of it. */
    private record Heard(InetAddress source, InetAddress destination, int hopLimit, String text) {}

    private final List<Heard> heard = new ArrayList<>();
    private final PacketReceiver receiver = new PacketReceiver() {
        @Override
        public void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message) {
            String text = StandardCharsets.US_ASCII.decode(message).toString();
            heard.add(new Heard(source, destination, hopLimit, text));
        }

        @Override
        public void onDamaged(PacketRejection rejection) {
            heard.add(new Heard(null, null, 0, rejection.reason().toString()));
        }
    };

    private static RawSocket open(NetworkNamespace namespace, IpFamily family) throws Exception {
        return namespace.call(() -> RawSocket.open(family, "eth0", INDEX));
    }

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static ByteBuffer message(String text) {
        ByteBuffer message = ByteBuffer.allocateDirect(64).position(3);
        return message.put(text.getBytes(StandardCharsets.US_ASCII)).flip().position(3);
    }

    private Heard receive(RawSocket socket) {
        await().atMost(PATIENCE).until(() -> socket.receive(batch, receiver) > 0);
        return heard.get(heard.size() - 1);
    }

    private static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of(IpFamily.IPV4, "192.0.2.1", "224.0.0.18"),
                Arguments.of(IpFamily.IPV4, "192.0.2.1", "192.0.2.2"),
                Arguments.of(IpFamily.IPV4, "192.0.2.3", "224.0.0.18"),
                Arguments.of(IpFamily.IPV4, "192.0.2.3", "192.0.2.2"),
                Arguments.of(IpFamily.IPV6, "fe80::1", "ff02::12"),
                Arguments.of(IpFamily.IPV6, "fe80::1", "fe80::2"),
                Arguments.of(IpFamily.IPV6, "2001:db8::1", "2001:db8::2"));
    }

    @ParameterizedTest(name = "{1} to {2}")
    @MethodSource("ways")
    @DisplayName("R9568-5.1.1.3-1 R9568-5.1.2.3-1 a message arrives with hop limit 255 and the source asked for")
    void messageArrives(IpFamily family, String source, String destination) throws Exception {
        try (RawSocket sender = open(here, family);
                RawSocket other = open(there, family)) {
            assertThat(other.receive(batch, receiver)).isZero();
            ByteBuffer message = message("hello");
            sender.send(message, address(source), address(destination), 255);
            assertThat(message.position()).isEqualTo(3);
            assertThat(message.remaining()).isEqualTo(5);

            assertThat(receive(other)).isEqualTo(new Heard(address(source), address(destination), 255, "hello"));
            assertThat(sender.receive(batch, receiver)).as("hears itself").isZero();
            sender.send(message("again"), address(source), address(destination), 7);
            Heard again = receive(other);
            assertThat(again.text()).isEqualTo("again");
            assertThat(again.hopLimit()).isEqualTo(address(destination).isMulticastAddress() ? 255 : 7);
            sender.send(message("more"), address(source), address(destination), 255);
            assertThat(receive(other).hopLimit()).isEqualTo(255);
        }
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    @DisplayName("a looped back message is heard on this host, and on the wire only with hops")
    void loopedBackMessage(IpFamily family) throws Exception {
        InetAddress source = address(family == IpFamily.IPV4 ? "192.0.2.1" : "fe80::1");
        InetAddress group = family.multicastGroup();
        try (RawSocket sender = open(here, family);
                RawSocket second = open(here, family);
                RawSocket other = open(there, family)) {
            sender.loopBack(0);
            sender.send(message("inside"), source, group, 255);
            assertThat(receive(second)).isEqualTo(new Heard(source, group, 0, "inside"));
            sender.loopBack(255);
            sender.send(message("outside"), source, group, 255);
            assertThat(receive(second)).isEqualTo(new Heard(source, group, 255, "outside"));
            assertThat(receive(other).text())
                    .as("the first that has left the host")
                    .isEqualTo("outside");
        }
    }

    @Test
    @DisplayName("a neighbour socket gives ARP packets and neighbour advertisements, and nothing else")
    void neighbourSocket() throws Exception {
        ByteBuffer frame = ByteBuffer.allocateDirect(NeighbourSocket.MAX_FRAME_BYTES);
        ByteBuffer received = ByteBuffer.allocateDirect(NeighbourSocket.MAX_FRAME_BYTES);
        MacAddress mac = new MacAddress(0x020000000001L);
        try (NeighbourSocket asking = here.call(() -> NeighbourSocket.open(INDEX));
                NeighbourSocket hearing = there.call(() -> NeighbourSocket.open(INDEX));
                RawSocket noise = open(here, IpFamily.IPV4)) {
            send(noise);
            GratuitousArp.encode(mac, (Inet4Address) address("192.0.2.100"), frame);
            asking.send(frame.flip());
            NeighborAdvertisement.encode(mac, false, (Inet6Address) address("2001:db8::100"), frame.clear());
            asking.send(frame.flip());
            List<Integer> types = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                while (hearing.receive(received)) {
                    boolean isArp = received.getShort(12) == GratuitousArp.ETHER_TYPE;
                    // behind the Ethernet header: next header, and the type of the ICMPv6 message
                    types.add(isArp ? GratuitousArp.ETHER_TYPE : received.get(20) << 8 | received.get(54) & 0xff);
                }
                return types.contains(58 << 8 | 136);
            });
            assertThat(types).contains(GratuitousArp.ETHER_TYPE).containsOnly(GratuitousArp.ETHER_TYPE, 58 << 8 | 136);
        }
    }

    @Test
    @DisplayName("R9568-5.1.2.3-2 the hop limit of a packet from elsewhere is told as it is")
    void lowHopLimitIsTold() throws Exception {
        try (RawSocket other = open(there, IpFamily.IPV6)) {
            SocketFd plain = here.call(() -> SocketFd.open("plain", Libc.AF_INET6, Libc.SOCK_RAW, RawSocket.PROTOCOL));
            ByteBuffer to = ByteBuffer.allocateDirect(28).order(ByteOrder.nativeOrder());
            to.putShort((short) Libc.AF_INET6).putShort((short) 0).putInt(0);
            to.put(address("2001:db8::2").getAddress()).putInt(0);
            plain.send(Libc.address(message("hello")) + 3, 5, Libc.address(to), 28);
            plain.close();
            assertThat(receive(other).hopLimit()).isEqualTo(64);
        }
    }

    @Test
    void severalPacketsAreReceivedTogetherAndInOrder() throws Exception {
        try (RawSocket sender = open(here, IpFamily.IPV6);
                RawSocket other = open(there, IpFamily.IPV6)) {
            for (int i = 0; i < 6; i++) {
                sender.send(message("hello" + i), address("fe80::1"), address("fe80::2"), 255);
            }
            List<Integer> counts = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                counts.add(other.receive(batch, receiver));
                return heard.size() == 6;
            });
            assertThat(heard)
                    .extracting(Heard::text)
                    .containsExactly("hello0", "hello1", "hello2", "hello3", "hello4", "hello5");
            assertThat(heard).extracting(Heard::hopLimit).containsOnly(255);
            assertThat(other.receive(batch, receiver)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void theKernelTellsHowLongAgoAPacketCame(IpFamily family) throws Exception {
        List<Long> ages = new ArrayList<>();
        PacketReceiver aging = new PacketReceiver() {
            @Override
            public void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message) {
                throw new IllegalStateException("the age is known");
            }

            @Override
            public void onMessage(InetAddress from, InetAddress to, int hopLimit, ByteBuffer message, long agoNanos) {
                ages.add(agoNanos);
            }

            @Override
            public void onDamaged(PacketRejection rejection) {
                receiver.onDamaged(rejection);
            }
        };
        try (RawSocket sender = open(here, family);
                RawSocket other = open(there, family)) {
            long before = System.nanoTime();
            InetAddress source = address(family == IpFamily.IPV4 ? "192.0.2.1" : "fe80::1");
            sender.send(message("hello"), source, family.multicastGroup(), 255);
            Thread.sleep(20);
            await().atMost(PATIENCE).until(() -> other.receive(batch, aging) > 0);
            // two clocks
            long slack = TimeUnit.MILLISECONDS.toNanos(1);
            assertThat(ages).hasSize(1);
            assertThat(ages.get(0))
                    .isBetween(TimeUnit.MILLISECONDS.toNanos(20) - slack, System.nanoTime() - before + slack);
        }
    }

    @Test
    void aSocketThatIsClosedWhileItTellsAPacketTellsNoMore() throws Exception {
        try (RawSocket sender = open(here, IpFamily.IPV4)) {
            RawSocket other = open(there, IpFamily.IPV4);
            send(sender);
            send(sender);
            PacketReceiver closing = new PacketReceiver() {
                @Override
                public void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message) {
                    receiver.onMessage(source, destination, hopLimit, message);
                    other.close();
                }

                @Override
                public void onDamaged(PacketRejection rejection) {
                    receiver.onDamaged(rejection);
                }
            };
            await().atMost(PATIENCE).until(() -> other.receive(batch, closing) > 0);
            assertThat(heard).hasSize(1);
        }
    }

    @Test
    @DisplayName("a source that is not on this host is named")
    void foreignSourceIsRefused() throws Exception {
        try (RawSocket ipv4 = open(here, IpFamily.IPV4);
                RawSocket ipv6 = open(here, IpFamily.IPV6)) {
            assertThatThrownBy(() -> ipv4.send(message("x"), address("192.0.2.77"), address("192.0.2.2"), 255))
                    .hasMessageContaining("ENETUNREACH (101)")
                    .hasMessageContaining("from 192.0.2.77 to 192.0.2.2");
            assertThatThrownBy(() -> ipv6.send(message("x"), address("2001:db8::77"), address("2001:db8::2"), 255))
                    .hasMessageContaining("EINVAL (22)");
            assertThatThrownBy(() -> ipv6.send(message("x"), address("192.0.2.1"), address("2001:db8::2"), 255))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void send(RawSocket socket) throws LinuxException {
        socket.send(message("hello"), address("192.0.2.1"), IpFamily.IPV4.multicastGroup(), 255);
    }

    @Test
    void sendingOnAnInterfaceThatIsDownFails() throws Exception {
        try (RawSocket sender = open(here, IpFamily.IPV4)) {
            here.ip("link set eth0 down");
            assertThatThrownBy(() -> send(sender)).hasMessageContaining("ENETUNREACH (101)");
            here.ip("link set eth0 up");
            here.awaitUp("eth0");
            send(sender);
        }
    }

    @Test
    void sendingOnAnInterfaceThatHasGoneFails() throws Exception {
        try (RawSocket sender = open(here, IpFamily.IPV4)) {
            here.ip("link del eth0");
            assertThatThrownBy(() -> send(sender)).hasMessageContaining("ENETUNREACH (101)");
            assertThat(sender.receive(batch, receiver)).isZero();
        }
    }

    @Test
    void missingInterfaceIsNamedByOpening() {
        assertThatThrownBy(() -> here.call(() -> RawSocket.open(IpFamily.IPV4, "eth7", 7)))
                .hasMessageContaining("SO_BINDTODEVICE on raw IPv4 socket of eth7 failed with ENODEV (19)");
    }

    @Test
    void closedSocketIsNotUsed() throws Exception {
        RawSocket socket = open(here, IpFamily.IPV4);
        socket.close();
        socket.close();
        assertThatThrownBy(() -> send(socket))
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
