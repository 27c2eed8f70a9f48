package org.vrrp4j.linux.macvlan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressListener;

/** Interfaces of virtual MAC addresses, on a kernel that is a list; the addresses are those of another backend. */
class VirtualMacAddressBackendTest {
    private static final AddressClaim IPV4 = claim("eth0", 51, "192.0.2.100/24");
    private static final AddressClaim IPV6 = claim("eth0", 51, "fe80::51/64");

    @TempDir
    private Path ipv6Settings;

    private final FakeLinks kernel = new FakeLinks();
    private final ManualLoop loop = new ManualLoop();
    private final NetlinkClient client = new NetlinkClient(kernel.requests);
    private final RouteFeed feed = new RouteFeed(loop, kernel.monitor, client);
    private final FakeCharges charges = new FakeCharges();
    private final RecordingListener heard = new RecordingListener();
    private VirtualMacAddressBackend backend;

    /** Notes what it is asked for among what the kernel does. */
    private final class Addresses implements AddressBackend {
        @Override
        public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> acquire(AddressClaim claim) {
            return note("acquire on " + claim.device());
        }

        @Override
        public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
            return note("change");
        }

        @Override
        public void renew(AddressClaim claim) {
            note("renew");
        }

        @Override
        public CompletionStage<Void> release(AddressClaim claim) {
            return note("release");
        }

        @Override
        public void unregister(AddressClaim claim) {
            note("unregister");
        }

        @Override
        public void close() {
            note("close");
        }

        private CompletionStage<Void> note(String what) {
            kernel.done.add(what);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static AddressClaim claim(String interfaceName, int vrid, String address) {
        VirtualAddress parsed = VirtualAddress.parse(address);
        RouterId router = new RouterId(interfaceName, vrid, IpFamily.of(parsed.address()));
        return new AddressClaim(router, List.of(parsed), Duration.ofSeconds(2), Optional.of(VirtualMac.DEFAULT));
    }

    @BeforeEach
    void start() throws IOException {
        for (String name : List.of("vrrp.51", "vrrp.52", "vrrp6.51")) {
            Files.createDirectories(ipv6Settings.resolve(name));
            Files.writeString(ipv6Settings.resolve(name).resolve("disable_ipv6"), "0\n");
            Files.writeString(ipv6Settings.resolve(name).resolve("accept_ra"), "1\n");
        }
        kernel.put(2, "eth0", "");
        feed.start();
        loop.turn();
        backend = backend(charges);
    }

    private VirtualMacAddressBackend backend(FakeCharges of) {
        SlowRequests slow = new SlowRequests(loop, new NetlinkClient(kernel.slowRequests), Runnable::run);
        return new VirtualMacAddressBackend(
                new Addresses(), feed, client, slow, of, Ownership.UNOBSERVED, ipv6Settings);
    }

    private void settle() {
        for (int i = 0; i < 5; i++) {
            loop.turn();
        }
    }

    private CompletableFuture<Void> register(AddressClaim claim) {
        CompletableFuture<Void> stage = backend.register(claim, heard).toCompletableFuture();
        settle();
        return stage;
    }

    private static Throwable failure(CompletableFuture<Void> stage) {
        return stage.handle((nothing, failure) -> failure instanceof CompletionException e ? e.getCause() : failure)
                .join();
    }

    private List<String> takeDone() {
        List<String> done = List.copyOf(kernel.done);
        kernel.done.clear();
        return done;
    }

    @Test
    @DisplayName("the interface is made at registration, up while the addresses are held, and deleted at the end")
    void life() throws IOException {
        assertThat(register(IPV4)).isCompleted();
        assertThat(takeDone()).containsExactly("add vrrp.51");
        assertThat(kernel.find("vrrp.51").orElseThrow().alias())
                .isEqualTo("vrrp4j eth0/51 arp_announce=0 arp_ignore=0");
        assertThat(kernel.arp(2)).isEqualTo("1 2");
        assertThat(ipv6Settings.resolve("vrrp.51/disable_ipv6")).hasContent("1");

        backend.acquire(IPV4);
        settle();
        assertThat(takeDone()).containsExactly("up vrrp.51", "acquire on vrrp.51");
        backend.release(IPV4);
        settle();
        assertThat(takeDone()).containsExactly("release", "down vrrp.51");
        backend.unregister(IPV4);
        settle();
        assertThat(takeDone()).containsExactly("unregister", "del vrrp.51");
        assertThat(kernel.arp(2)).isEqualTo("0 0");
    }

    @Test
    @DisplayName(
            "over IPv6 it goes down before its addresses, router advertisements are ignored, ARP below is as it was")
    void ipv6() {
        register(IPV6);
        backend.acquire(IPV6);
        settle();
        assertThat(takeDone()).containsExactly("add vrrp6.51", "up vrrp6.51", "acquire on vrrp6.51");
        assertThat(ipv6Settings.resolve("vrrp6.51/accept_ra")).hasContent("0");
        assertThat(kernel.arp(2)).isEqualTo("0 0");
        backend.release(IPV6);
        settle();
        assertThat(takeDone()).containsExactly("down vrrp6.51", "release");
    }

    @Test
    @DisplayName("settings below are restored with the last interface, and what was better before is left alone")
    void settingsBelow() {
        kernel.setArp(2, 2, 1);
        AddressClaim second = claim("eth0", 52, "192.0.2.101/24");
        register(IPV4);
        register(second);
        assertThat(kernel.arp(2)).isEqualTo("2 2");
        backend.unregister(IPV4);
        settle();
        assertThat(kernel.arp(2)).isEqualTo("2 2");
        backend.unregister(second);
        settle();
        assertThat(kernel.arp(2)).isEqualTo("2 1");
    }

    @Test
    @DisplayName("a setting that somebody changed meanwhile stays as he wants it")
    void settingOfSomebodyElse() {
        register(IPV4);
        kernel.setArp(2, 1, 1);
        backend.unregister(IPV4);
        settle();
        assertThat(kernel.arp(2)).isEqualTo("0 1");
    }

    @Test
    @DisplayName("what was set below is restored even if somebody has deleted the interface whose alias says it")
    void settingsOfADeletedInterface() {
        register(IPV4);
        kernel.delete(kernel.find("vrrp.51").orElseThrow().index());
        settle();
        assertThat(takeDone()).containsExactly("add vrrp.51", "add vrrp.51");
        assertThat(kernel.find("vrrp.51").orElseThrow().alias())
                .isEqualTo("vrrp4j eth0/51 arp_announce=0 arp_ignore=0");
        backend.unregister(IPV4);
        settle();
        assertThat(kernel.arp(2)).isEqualTo("0 0");
    }

    private static AddressClaim mixed(AddressClaim claim, String excluded) {
        List<VirtualAddress> both = List.of(claim.addresses().get(0), VirtualAddress.parse(excluded));
        return new AddressClaim(claim.router(), both, claim.lease(), claim.virtualMac());
    }

    @Test
    @DisplayName("excluded addresses of the other family are possible too, also if they come later")
    void bothFamilies() {
        register(mixed(IPV6, "192.0.2.101/24"));
        assertThat(kernel.arp(2))
                .as("the interface below does not answer for it")
                .isEqualTo("1 2");
        register(IPV4);
        assertThat(ipv6Settings.resolve("vrrp.51/disable_ipv6")).hasContent("1");
        backend.change(IPV4, mixed(IPV4, "2001:db8::101/64"));
        settle();
        assertThat(ipv6Settings.resolve("vrrp.51/disable_ipv6")).hasContent("0");
        assertThat(ipv6Settings.resolve("vrrp.51/accept_ra")).hasContent("0");
        backend.acquire(mixed(IPV4, "2001:db8::101/64"));
        settle();
        takeDone();
        backend.release(mixed(IPV4, "2001:db8::101/64"));
        settle();
        assertThat(takeDone()).containsExactly("down vrrp.51", "release");
    }

    @Test
    @DisplayName("deleted by somebody it is made anew, and up if it was")
    void deleted() {
        register(IPV4);
        backend.acquire(IPV4);
        settle();
        takeDone();
        kernel.delete(kernel.find("vrrp.51").orElseThrow().index());
        feed.catchUp();
        settle();
        assertThat(takeDone()).containsExactly("add vrrp.51", "up vrrp.51");
        assertThat(kernel.find("vrrp.51").orElseThrow().has(LinkMessage.IFF_UP)).isTrue();
    }

    @Test
    @DisplayName("the interface below comes later, goes, and comes with another number: it follows")
    void interfaceBelow() {
        kernel.delete(2);
        feed.catchUp();
        assertThat(register(IPV4)).isCompleted();
        assertThat(takeDone()).isEmpty();
        kernel.put(3, "eth0", "");
        feed.catchUp();
        settle();
        assertThat(takeDone()).containsExactly("add vrrp.51");
        kernel.delete(3);
        kernel.put(7, "eth0", "");
        feed.catchUp();
        settle();
        assertThat(takeDone()).containsExactly("del vrrp.51", "add vrrp.51");
        assertThat(kernel.find("vrrp.51").orElseThrow().parentIndex()).isEqualTo(7);
    }

    @Test
    @DisplayName("one that is not ours is told as foreign, left alone, and its end is told")
    void foreign() {
        kernel.put(5, "vrrp.51", "bridge");
        feed.catchUp();
        register(IPV4);
        assertThat(takeDone()).isEmpty();
        assertThat(heard.heard()).singleElement().asString().contains("none of ours: delete it (ip link del vrrp.51)");
        assertThat(backend.acquire(IPV4).toCompletableFuture()).isCompletedExceptionally();
        kernel.delete(5);
        feed.catchUp();
        settle();
        assertThat(heard.heard()).hasSize(2);
        assertThat(takeDone()).contains("add vrrp.51");
    }

    @Test
    @DisplayName("what a dead node left is used by the router that it was of; the rest goes")
    void leftovers() {
        leaveBehind(8, "vrrp.51", IPV4.router());
        leaveBehind(9, "vrrp.52", new RouterId("eth0", 52, IpFamily.IPV4));
        feed.catchUp();
        kernel.setArp(2, 1, 2);
        register(IPV4);

        assertThat(takeDone()).containsExactly("del vrrp.52");
        assertThat(kernel.find("vrrp.51").orElseThrow().index()).isEqualTo(8);
        backend.unregister(IPV4);
        settle();
        assertThat(kernel.arp(2)).isEqualTo("0 0");
    }

    private void leaveBehind(int index, String name, RouterId router) {
        kernel.put(new LinkMessage(
                index,
                name,
                LinkMessage.ARPHRD_ETHER,
                0,
                Optional.of(MacAddress.virtualRouter(router)),
                2,
                0,
                0,
                "macvlan",
                "vrrp4j " + router + " arp_announce=0 arp_ignore=0"));
    }

    @Test
    @DisplayName("what a living node has charge of is told as foreign and left alone until that ends")
    void neighbour() {
        leaveBehind(8, "vrrp.51", IPV4.router());
        leaveBehind(9, "vrrp.52", new RouterId("eth0", 52, IpFamily.IPV4));
        feed.catchUp();
        charges.neighbourTakes("interface vrrp.51");
        charges.neighbourTakes("interface vrrp.52");
        register(IPV4);
        assertThat(heard.take())
                .singleElement()
                .asString()
                .contains("interface vrrp.51 is in the charge of another node on this host, process 4711");
        backend.unregister(IPV4);
        settle();
        assertThat(takeDone()).containsExactly("unregister");

        register(IPV4);
        charges.neighbourEnds();
        settle();
        assertThat(heard.heard()).contains("foreign gone");
        backend.acquire(IPV4);
        settle();
        assertThat(takeDone()).containsExactly("up vrrp.51", "acquire on vrrp.51");
    }

    @Test
    @DisplayName("a kernel that refuses it is told with the remedy, at registration and at each attempt")
    void refused() {
        kernel.refusal = Errno.EOPNOTSUPP;
        CompletableFuture<Void> registered = register(IPV4);
        assertThat(registered).isCompletedExceptionally();
        assertThat(failure(registered))
                .hasMessageContaining("RTM_NEWLINK vrrp.51 link eth0 address 00:00:5e:00:01:33 type macvlan")
                .hasMessageContaining("load the module macvlan");
        kernel.refusal = null;
        assertThat(backend.acquire(IPV4).toCompletableFuture()).isCompleted();
    }

    @Test
    @DisplayName("an interface that can have no other MAC address, or settings that cannot be written, are named")
    void impossible() throws IOException {
        kernel.put(2, "eth0", "ipvlan");
        feed.catchUp();
        assertThat(failure(register(IPV4))).hasMessageContaining("eth0 is a ipvlan itself");
        kernel.put(2, "eth0", "");
        feed.catchUp();
        Files.delete(ipv6Settings.resolve("vrrp6.51/accept_ra"));
        assertThat(failure(register(IPV6))).hasMessageContaining("needs a writable /proc/sys/net");
        assertThat(kernel.find("vrrp6.51")).as("nothing half made stays").isEmpty();
        assertThat(takeDone()).as("tried once").containsExactly("add vrrp6.51", "del vrrp6.51");
        assertThat(failure(backend.acquire(IPV6).toCompletableFuture())).hasMessageContaining("accept_ra");
        settle();
        assertThat(takeDone()).as("and once for each attempt").containsExactly("add vrrp6.51", "del vrrp6.51");
    }
}
