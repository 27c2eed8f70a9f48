package org.vrrp4j.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.spi.AddressClaim;

/** The platform on the kernel's own word: a veth pair, {@code ip} as the witness. */
@NeedsNamespaces
class LinuxPlatformLiveTest extends LivePlatform {
    private static final int ETH_P_ARP = 0x0608;
    private static final String SHOW = "-details address show dev left to 192.0.2.100";

    @Test
    void hostCanDoIt() {
        assertThat(new LinuxPlatformProvider().unavailabilityCause()).isEmpty();
    }

    @Test
    void addressHasLabelScopeLifetimeAndTag() throws Exception {
        AddressClaim claim = claim(
                30, VirtualAddress.parse("198.51.100.7/24").withLabel("left:1").withScope(253));
        register(claim);
        acquire(claim);

        assertThat(namespace.ip("address show dev left"))
                .contains("inet 198.51.100.7/24 scope link dynamic left:1")
                .containsPattern("valid_lft (29|30)sec preferred_lft (29|30)sec");
        assertThat(entry("198.51.100.7").protocol()).isEqualTo(112);
        release(claim);
        assertThat(namespace.ip("address show dev left")).doesNotContain("198.51.100.7");
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void whatStaysInAChangedClaimIsBackAtOnceEvenIfTheKernelTakesItAlong() throws Exception {
        AddressClaim before = claim(30, "198.51.100.7/24", "198.51.100.8/24");
        AddressClaim after = claim(60, "198.51.100.8/24", "198.51.100.9/24");
        register(before);
        acquire(before);

        get(() ->
                platform.addresses().change(before, after).toCompletableFuture().get());

        assertThat(namespace.ip("address show dev left"))
                .doesNotContain("198.51.100.7")
                .contains("198.51.100.8/24", "198.51.100.9/24")
                .containsPattern("valid_lft (59|60)sec");
        get(() -> null);
        assertThat(heard.heard()).isEmpty();
        release(after);
        assertThat(namespace.ip("address show dev left")).doesNotContain("198.51.100");
    }

    @Test
    void everyRefusalOfManyRequestsArrives() throws Exception {
        ByteBuffer absent = new AddressMessage(
                        VirtualAddress.parse("198.51.100.7/24").address(), 24, 1, 0, 0, 0, Optional.empty(), 30)
                .encode();
        List<LinuxException> refusals = get(() -> {
            try (NetlinkClient client = new NetlinkClient(NetlinkSocket.open())) {
                return client.executeAll(
                        number -> "no " + number, AddressMessage.RTM_DELADDR, 0, Collections.nCopies(2000, absent));
            }
        });
        assertThat(refusals).hasSize(2000).allMatch(refusal -> refusal.is(Errno.EADDRNOTAVAIL));
    }

    @Test
    void kernelRemovesAddressWhoseLeaseIsNotRenewed() throws Exception {
        AddressClaim claim = claim(1, "192.0.2.100/24");
        register(claim);
        acquire(claim);

        await().atMost(PATIENCE).until(() -> heard.heard().equals(List.of("lost 192.0.2.100/24")));
        assertThat(namespace.ip(SHOW)).doesNotContain("192.0.2.100");

        acquire(claim);
        assertThat(namespace.ip(SHOW)).contains("192.0.2.100");
    }

    @Test
    void renewedAddressNeverVanishes() throws Exception {
        AddressClaim claim = claim(1, "192.0.2.100/24");
        AddressClaim claim6 = claim(1, "2001:db8::100/64");
        register(claim);
        register(claim6);
        acquire(claim);
        acquire(claim6);
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            await().until(() ->
                    System.nanoTime() - start > Duration.ofMillis(150).toNanos());
            run(() -> platform.addresses().renew(claim));
            run(() -> platform.addresses().renew(claim6));
        }

        assertThat(heard.heard()).isEmpty();
        assertThat(namespace.ip("address show dev left")).contains("192.0.2.100/24", "2001:db8::100/64");
    }

    @Test
    void hundredAddressesAreRenewedTogether() throws Exception {
        AddressClaim claim = claim(
                1,
                IntStream.range(0, 100)
                        .mapToObj(number -> "198.51.100." + (100 + number) + "/24")
                        .toArray(String[]::new));
        register(claim);
        acquire(claim);
        List<Long> micros = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() < end) {
            long start = get(() -> {
                platform.addresses().renew(claim);
                return System.nanoTime();
            });
            // and what the kernel tells of it is read in between
            micros.add(get(() -> (System.nanoTime() - start) / 1000));
        }
        assertThat(heard.heard()).isEmpty();
        assertThat(namespace
                        .ip("-oneline address show dev left to 198.51.100.0/24")
                        .lines())
                .hasSize(100);
        micros.sort(null);
        System.out.printf(
                "renewing 100 addresses: median %d microseconds, %d times%n",
                micros.get(micros.size() / 2), micros.size());
        release(claim);
    }

    @Test
    @DisplayName("R9568-8.2.2-8 an IPv6 address is usable at once: there is no duplicate address detection")
    void ipv6AddressIsUsableAtOnce() throws Exception {
        AddressClaim claim = claim(30, "2001:db8::100/64");
        register(claim);
        acquire(claim);
        assertThat(namespace.ip("-details address show dev left to 2001:db8::100"))
                .contains("2001:db8::100/64", "nodad")
                .doesNotContain("tentative");
        assertThat(entry("2001:db8::100").protocol()).isEqualTo(112);
        acquire(claim);
        release(claim);
        assertThat(namespace.ip("address show dev left")).doesNotContain("2001:db8::100");
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void removedAddressIsToldAndPutBack() throws Exception {
        AddressClaim claim = claim(30, "192.0.2.100/24", "192.0.2.101/24");
        register(claim);
        acquire(claim);
        namespace.ip("address del 192.0.2.100/24 dev left");

        await().atMost(PATIENCE).until(() -> heard.heard().equals(List.of("lost 192.0.2.100/24")));
        acquire(claim);
        assertThat(namespace.ip(SHOW)).contains("192.0.2.100");
    }

    @Test
    void foreignAddressIsToldAndRefusedUntilItGoes() throws Exception {
        namespace.ip("address add 192.0.2.100/32 dev lo");
        AddressClaim claim = claim(30, "192.0.2.100/24");
        register(claim);
        assertThat(heard.take()).containsExactly("foreign 192.0.2.100/24: somebody else has put 192.0.2.100/32 on lo");
        assertThat(get(() -> platform.addresses()
                        .acquire(claim)
                        .toCompletableFuture()
                        .isCompletedExceptionally()))
                .isTrue();

        namespace.ip("address del 192.0.2.100/32 dev lo");
        await().atMost(PATIENCE).until(() -> heard.heard().equals(List.of("foreign gone")));
        acquire(claim);
    }

    @Test
    void overrunOfTheNetlinkQueueHidesNothing() throws Exception {
        AddressClaim claim = claim(30, "192.0.2.100/24");
        register(claim);
        acquire(claim);
        Process ip = get(() -> new ProcessBuilder("ip", "-batch", "-").start());
        CountDownLatch done = new CountDownLatch(1);
        namespace.execute(() -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (Writer batch = ip.outputWriter()) {
            batch.write("address del 192.0.2.100/24 dev left\n");
            for (int i = 0; i < 4000; i++) {
                batch.write("address " + (i % 2 == 0 ? "add" : "del") + " 198.51.100.1/32 dev right\n");
            }
        }
        assertThat(ip.waitFor()).isZero();
        done.countDown();
        await().atMost(PATIENCE).until(() -> heard.heard().equals(List.of("lost 192.0.2.100/24")));
        acquire(claim);
        assertThat(namespace.ip(SHOW)).contains("192.0.2.100");
    }

    @Test
    void uptimeIsThatOfTheHost() throws Exception {
        double expected =
                Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
        Duration uptime = get(platform::uptime).orElseThrow();
        assertThat(uptime.toMillis() / 1000.0).isBetween(expected, expected + PATIENCE.toSeconds());
    }

    @Test
    void announcementReachesTheOtherEndOfTheLink() throws Exception {
        AddressClaim claim = claim(30, "192.0.2.100/24", "192.0.2.101/24");
        register(claim);
        acquire(claim);
        SocketFd capture = get(() -> SocketFd.open("capture", Libc.AF_PACKET, Libc.SOCK_RAW, ETH_P_ARP));
        for (VirtualAddress address : claim.addresses()) {
            assertThat(get(() -> platform.announcer().announce(claim, address))).isTrue();
        }
        ByteBuffer frame = ByteBuffer.allocateDirect(64);
        await().atMost(PATIENCE).until(() -> capture.receive(Libc.address(frame), 64) == 42);
        capture.close();
        byte[] sender = new byte[MacAddress.BYTES];
        frame.get(6, sender);
        assertThat(namespace.ip("link show dev left")).contains("link/ether " + MacAddress.of(sender));
    }

    @Test
    void linkIsFollowedThroughDownRenameDeletionAndReturn() throws Exception {
        get(() -> {
            platform.links().watch("left", heard);
            return null;
        });
        await().atMost(PATIENCE).until(() -> heard.heard().contains("left present up 192.0.2.1"));
        heard.take();

        hears("link set left down", "left present down 192.0.2.1");
        hears("link set left up", "left present up 192.0.2.1");
        hears("link set right down", "left present down 192.0.2.1");
        hears("link set right up", "left present up 192.0.2.1");
        hears("address del 192.0.2.1/24 dev left", "left present up");
        hears("address add 192.0.2.2/24 dev left", "left present up 192.0.2.2");
        hears("link set left name other", "left missing down");
        hears("link set other name left", "left present up 192.0.2.2");
        hears("link del left", "left missing down");
        hears("link add left type veth peer name right", "left present down");
    }

    private void hears(String ip, String expected) throws Exception {
        namespace.ip(ip);
        await("after ip " + ip + " hears " + expected + ": " + heard.heard())
                .atMost(PATIENCE)
                .until(() -> !heard.heard().isEmpty()
                        && heard.heard().get(heard.heard().size() - 1).equals(expected));
        heard.take();
    }
}
