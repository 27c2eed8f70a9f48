package org.vrrp4j.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.linux.socket.CaptureSocket;
import org.vrrp4j.linux.socket.HolderSocket;
import org.vrrp4j.linux.socket.PacketSocket;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.AddressHolder;
import org.vrrp4j.packet.GratuitousArp;
import org.vrrp4j.packet.NeighborAdvertisement;
import org.vrrp4j.spi.AddressClaim;

/** Claims of others on a real interface: what is sent from one end of a veth pair arrives at the other. */
@NeedsNamespaces
class OtherHolderLiveTest extends LivePlatform {
    private static final MacAddress OTHER = new MacAddress(0x0200_0000_0077L);

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private void send(String device, MacAddress mac, String text) throws Exception {
        ByteBuffer frame = ByteBuffer.allocateDirect(NeighborAdvertisement.FRAME_BYTES);
        if (address(text) instanceof Inet4Address ipv4) {
            GratuitousArp.encode(mac, ipv4, frame);
        } else {
            NeighborAdvertisement.encode(mac, false, (Inet6Address) address(text), frame);
        }
        get(() -> {
            try (PacketSocket socket = PacketSocket.open()) {
                socket.send(CaptureSocket.interfaceIndex(device), frame.flip());
            }
            return null;
        });
    }

    private MacAddress macOf(String device) throws Exception {
        String link = namespace.ip("-o link show " + device);
        return MacAddress.parse(link.replaceFirst("(?s).*link/ether (\\S+).*", "$1"));
    }

    /** It is listened for an address soon after it has been put in place. */
    private void awaitHeard(String address) {
        await().atMost(PATIENCE).until(() -> {
            send("right", OTHER, address);
            return heard.take().stream().anyMatch(text -> text.endsWith(OTHER.toString()));
        });
    }

    private List<String> receive(HolderSocket socket) throws Exception {
        return get(() -> {
            ByteBuffer frame = ByteBuffer.allocateDirect(HolderSocket.MAX_FRAME_BYTES);
            List<String> received = new ArrayList<>();
            while (socket.receive(frame)) {
                received.add(AddressHolder.decode(frame)
                        .map(holder -> holder.mac() + " " + IpAddresses.text(holder.address()))
                        .orElse("no holder"));
            }
            return received;
        });
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.100/24, 192.0.2.101", "2001:db8::100/64, 2001:db8::101"})
    @DisplayName("a claim of another host is told while the address is held; our own, though it comes back, is not")
    void claimsAreToldWhileTheAddressIsHeld(String vip, String neighbour) throws Exception {
        namespace.awaitUp("left");
        AddressClaim claim = claim(30, vip);
        String address = vip.substring(0, vip.indexOf('/'));
        register(claim);
        acquire(claim);
        awaitHeard(address);
        send("right", macOf("left"), address);
        send("right", new MacAddress(0x0200_0000_0088L), neighbour);
        send("left", new MacAddress(0x0200_0000_0088L), address);
        send("right", new MacAddress(0x0200_0000_0099L), address);
        await().atMost(PATIENCE).until(() -> !heard.heard().isEmpty());
        assertThat(heard.take())
                .containsExactly("other holder " + claim.addresses().get(0) + " 02:00:00:00:00:99");
        release(claim);
        send("right", new MacAddress(0x0200_0000_00aaL), address);
        get(() -> null);
        assertThat(heard.heard()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 192.0.2.100, 192.0.2.101", "IPV6, 2001:db8::100, 2001:db8::101"})
    @DisplayName("the kernel passes on what is about the addresses, from others, and nothing else")
    void theKernelFilters(IpFamily family, String vip, String neighbour) throws Exception {
        namespace.awaitUp("left");
        namespace.ip("address add 2001:db8::9/64 dev left nodad");
        try (HolderSocket socket = get(() -> HolderSocket.open(family, CaptureSocket.interfaceIndex("left")))) {
            send("right", OTHER, vip);
            assertThat(receive(socket)).as("no address yet").isEmpty();
            get(() -> {
                socket.listenFor(List.of(address(vip)));
                return null;
            });
            send("right", OTHER, neighbour);
            send("left", OTHER, vip);
            send("right", OTHER, family == IpFamily.IPV4 ? "2001:db8::100" : "192.0.2.100");
            send("right", OTHER, vip);
            await().atMost(PATIENCE).until(() -> receive(socket), List.of(OTHER + " " + vip)::equals);
            get(() -> {
                socket.listenFor(List.of(address(neighbour)));
                return null;
            });
            send("right", OTHER, vip);
            send("right", OTHER, neighbour);
            await().atMost(PATIENCE).until(() -> receive(socket), List.of(OTHER + " " + neighbour)::equals);
        }
    }

    @Test
    @DisplayName("the kernel takes a filter of a thousand addresses, and of more")
    void manyAddresses() throws Exception {
        List<InetAddress> addresses = IntStream.rangeClosed(0, 1000)
                .mapToObj(i -> address("198.51." + i / 256 + "." + i % 256))
                .toList();
        try (HolderSocket socket = get(() -> HolderSocket.open(IpFamily.IPV4, CaptureSocket.interfaceIndex("left")))) {
            for (int count : new int[] {1, 250, 1000, 1001}) {
                get(() -> {
                    long start = System.nanoTime();
                    for (int i = 0; i < 100; i++) {
                        socket.listenFor(addresses.subList(0, count));
                    }
                    System.out.println("a filter of " + count + " addresses was set in "
                            + (System.nanoTime() - start) / 100_000 + " us");
                    return null;
                });
                send("right", OTHER, "198.51.0.0");
                await().atMost(PATIENCE).until(() -> receive(socket), List.of(OTHER + " 198.51.0.0")::equals);
            }
        }
    }

    @Test
    @DisplayName("how long opening and closing take is printed; a socket that is closed twice is closed")
    void openAndClose() throws Exception {
        int count = 20;
        get(() -> {
            int index = CaptureSocket.interfaceIndex("left");
            List<HolderSocket> sockets = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                sockets.add(HolderSocket.open(IpFamily.IPV4, index));
            }
            long opened = System.nanoTime();
            sockets.forEach(HolderSocket::close);
            long closed = System.nanoTime();
            sockets.forEach(HolderSocket::close);
            System.out.println("a socket was opened in " + (opened - start) / count / 1000 + " us, closed in "
                    + (closed - opened) / count / 1000 + " us");
            return null;
        });
        assertThat(namespace.run("cat", "/proc/net/packet").lines().filter(line -> line.contains(" 0806 ")))
                .isEmpty();
    }

    @Test
    @DisplayName("an interface that is deleted and created anew is listened on again")
    void anInterfaceAnew() throws Exception {
        AddressClaim claim = claim(30, "192.0.2.100/24");
        register(claim);
        acquire(claim);
        namespace.ip("link del left");
        await().atMost(PATIENCE).until(() -> heard.take().contains("lost 192.0.2.100/24"));
        release(claim);
        namespace.ip("link add left type veth peer name right");
        namespace.ip("link set right up");
        namespace.ip("link set left up");
        namespace.awaitUp("left");
        acquire(claim);
        awaitHeard("192.0.2.100");
    }
}
