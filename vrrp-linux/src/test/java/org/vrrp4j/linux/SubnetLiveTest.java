package org.vrrp4j.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.spi.AddressClaim;

/** Virtual addresses beside those of the host, as the kernel sees it. */
@NeedsNamespaces
class SubnetLiveTest extends LivePlatform {
    private static final String SHOW = "-4 address show dev left";

    private void setPromoteSecondaries(int value) throws Exception {
        namespace.run("sh", "-c", "echo " + value + " > /proc/sys/net/ipv4/conf/left/promote_secondaries");
    }

    private String promoteSecondaries() throws Exception {
        return namespace
                .run("cat", "/proc/sys/net/ipv4/conf/left/promote_secondaries")
                .strip();
    }

    private static Pattern primary(String address) {
        return Pattern.compile("inet " + Pattern.quote(address) + " scope global (dynamic )?left");
    }

    private static Pattern secondary(String address) {
        return Pattern.compile("inet " + Pattern.quote(address) + " scope global secondary");
    }

    @Test
    @DisplayName("the host's primary address is deleted, or its lifetime ends: the virtual one goes along and is told")
    void primaryTakesTheVirtualAddressAlong() throws Exception {
        AddressClaim claim = claim(30, "192.0.2.100/24");
        setPromoteSecondaries(0);
        register(claim);
        acquire(claim);
        assertThat(namespace.ip(SHOW)).containsPattern(secondary("192.0.2.100/24"));
        namespace.ip("address del 192.0.2.1/24 dev left");
        await().atMost(PATIENCE).until(() -> heard.take().contains("lost 192.0.2.100/24"));

        namespace.ip("address add 192.0.2.1/24 dev left valid_lft 1 preferred_lft 1");
        acquire(claim);
        await().atMost(PATIENCE).until(() -> heard.take().contains("lost 192.0.2.100/24"));
        assertThat(namespace.ip(SHOW)).doesNotContain("192.0.2.1/24");
        acquire(claim);
        assertThat(namespace.ip(SHOW)).containsPattern(primary("192.0.2.100/24"));
    }

    @Test
    @DisplayName("with promote_secondaries the virtual address stays without a gap")
    void promotedAddressStays() throws Exception {
        AddressClaim claim = claim(30, "192.0.2.100/24");
        setPromoteSecondaries(1);
        register(claim);
        acquire(claim);
        namespace.ip("address replace 192.0.2.1/24 dev left valid_lft 1 preferred_lft 1");
        await().atMost(PATIENCE).until(() -> !namespace.ip(SHOW).contains("192.0.2.1/24"));
        assertThat(namespace.ip(SHOW)).containsPattern(primary("192.0.2.100/24"));
        get(() -> null);
        assertThat(heard.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @DisplayName("an address that the host gets back becomes the primary one, and outlives the virtual one")
    void hostsAddressIsPrimaryAgain(int promote) throws Exception {
        setPromoteSecondaries(promote);
        namespace.ip("address del 192.0.2.1/24 dev left");
        AddressClaim claim = claim(30, "192.0.2.100/24", "192.0.2.101/24");
        register(claim);
        acquire(claim);
        assertThat(namespace.ip(SHOW)).containsPattern(primary("192.0.2.100/24"));

        namespace.ip("address add 192.0.2.1/24 dev left");
        await().atMost(PATIENCE)
                .until(() -> primary("192.0.2.1/24").matcher(namespace.ip(SHOW)).find());
        await().atMost(PATIENCE)
                .until(() ->
                        secondary("192.0.2.101/24").matcher(namespace.ip(SHOW)).find());
        assertThat(namespace.ip(SHOW)).containsPattern(secondary("192.0.2.100/24"));
        assertThat(namespace.ip("route get 192.0.2.55")).contains("src 192.0.2.1 ");
        assertThat(promoteSecondaries()).isEqualTo(Integer.toString(promote));
        get(() -> null);
        assertThat(heard.heard()).as("nothing was lost").isEmpty();
        release(claim);
        assertThat(namespace.ip(SHOW)).containsPattern(primary("192.0.2.1/24")).doesNotContain("192.0.2.10");
    }

    @Test
    @DisplayName("a route that a router announced keeps its own lifetime beside a virtual address of the prefix")
    void prefixRouteIsNotShortened() throws Exception {
        namespace.awaitUp("left");
        namespace.ip("address add 2001:db8::1/64 dev left nodad valid_lft 1000 preferred_lft 1000");
        AddressClaim claim = claim(2, "2001:db8::100/64");
        register(claim);
        acquire(claim);
        run(() -> platform.addresses().renew(claim));
        assertThat(routeSeconds()).isGreaterThan(900);
        release(claim);
        assertThat(routeSeconds()).isGreaterThan(900);
    }

    private int routeSeconds() throws Exception {
        String routes = namespace.ip("-6 route show 2001:db8::/64 dev left");
        Matcher matcher = Pattern.compile("expires (-?\\d+)sec").matcher(routes);
        assertThat(matcher.find()).as(routes).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    @DisplayName("new connections come from the host's own IPv6 address, unless the virtual one is preferred")
    void sourceOfConnections() throws Exception {
        namespace.awaitUp("left");
        String own = "src 2001:db8::1 ";
        String virtual = "src 2001:db8::100 ";
        namespace.ip("address add 2001:db8::1/64 dev left nodad");
        AddressClaim claim = claim(30, "2001:db8::100/64");
        register(claim);
        acquire(claim);
        assertThat(namespace.ip("route get 2001:db8::55")).contains(own);
        assertThat(namespace.ip("address show dev left")).containsPattern("2001:db8::100/64.* deprecated");

        AddressClaim preferred =
                claim(30, VirtualAddress.parse("2001:db8::100/64").withPreference());
        get(() -> platform.addresses()
                .change(claim, preferred)
                .toCompletableFuture()
                .get());
        assertThat(namespace.ip("route get 2001:db8::55")).contains(virtual);
        get(() -> platform.addresses()
                .change(preferred, claim)
                .toCompletableFuture()
                .get());
        namespace.ip("address del 2001:db8::1/64 dev left");
        await().atMost(PATIENCE).until(() -> renewedRoute(claim).contains("src 2001:db8::100 "));
    }

    /** The only address that fits is what connections come from, deprecated or not; the prefix is the renewal's now. */
    private String renewedRoute(AddressClaim claim) throws Exception {
        run(() -> platform.addresses().renew(claim));
        try {
            return namespace.ip("route get 2001:db8::55");
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.%d/24, 0, in a subnet of their own",
        "198.51.100.%d/24, 1, in a subnet of their own with promote_secondaries",
        "192.0.2.%d/24, 0, in the subnet of the host",
        "203.0.113.%d/32, 0, as host addresses",
        "2001:db8::%x/64, 0, of IPv6",
    })
    @DisplayName("250 addresses come and go: the time it takes is printed")
    void manyAddresses(String pattern, int promoteSecondaries, String how) throws Exception {
        setPromoteSecondaries(promoteSecondaries);
        AddressClaim claim = claim(
                30, IntStream.rangeClosed(2, 251).mapToObj(pattern::formatted).toArray(String[]::new));
        register(claim);
        List<long[]> micros = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            micros.add(new long[] {
                micros(() -> platform.addresses().acquire(claim)),
                micros(() -> platform.addresses().renew(claim)),
                micros(() -> platform.addresses().release(claim))
            });
        }
        System.out.printf(
                "measured: 250 addresses %s acquired in %s us, renewed in %s us, released in %s us (first, median)%n",
                how, firstAndMedian(micros, 0), firstAndMedian(micros, 1), firstAndMedian(micros, 2));
        assertThat(namespace.ip("address show dev left")).doesNotContain("dynamic");
        get(() -> null);
        assertThat(heard.heard()).isEmpty();
    }

    /** The time on the loop, with what the loop does because of it. */
    private long micros(Runnable task) throws Exception {
        long[] start = new long[1];
        run(() -> {
            start[0] = System.nanoTime();
            task.run();
        });
        return get(() -> (System.nanoTime() - start[0]) / 1000);
    }

    private static String firstAndMedian(List<long[]> micros, int column) {
        long[] sorted = micros.stream().mapToLong(row -> row[column]).sorted().toArray();
        return micros.get(0)[column] + "/" + sorted[sorted.length / 2];
    }

    private List<String> groups() throws Exception {
        return namespace
                .run("cat", "/proc/net/igmp6")
                .lines()
                .filter(line -> line.contains(" left "))
                .map(line -> line.strip().split(" +")[2])
                .toList();
    }

    @Test
    @DisplayName("virtual IPv6 addresses are members of their solicited-node groups, link-local ones too")
    void solicitedNodeGroups() throws Exception {
        namespace.awaitUp("left");
        AddressClaim claim = claim(30, "fe80::51:1234/64", "2001:db8::56:789a/64");
        register(claim);
        acquire(claim);
        // by a worker of the kernel's, which a busy machine delays
        await().atMost(PATIENCE)
                .until(() -> groups().containsAll(
                                List.of("ff0200000000000000000001ff511234", "ff0200000000000000000001ff56789a")));
        assertThat(namespace.ip("-6 address show dev left to fe80::51:1234"))
                .contains("fe80::51:1234/64 scope link")
                .doesNotContain("tentative");
        release(claim);
        assertThat(namespace.run("cat", "/proc/net/igmp6")).doesNotContain("ff511234", "ff56789a");
        assertThat(heard.heard()).isEmpty();
    }
}
