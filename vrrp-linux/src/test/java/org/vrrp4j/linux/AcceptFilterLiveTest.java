package org.vrrp4j.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** The table of the packet filter on the kernel's own word: {@code nft} as the witness. */
@NeedsNamespaces
class AcceptFilterLiveTest extends LivePlatform {
    private static final RouterId ROUTER = new RouterId("left", 51, IpFamily.IPV4);

    @BeforeAll
    static void needNft() {
        boolean installed = Stream.of("/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft")
                .anyMatch(path -> Files.isExecutable(Path.of(path)));
        if (!installed) {
            System.out.println("SKIPPED AcceptFilterLiveTest: nft is not installed");
        }
        assumeTrue(installed || "true".equals(System.getenv("CI")), "nft is not installed");
    }

    private static AddressClaim claim(boolean accept, String... addresses) {
        List<VirtualAddress> parsed =
                Stream.of(addresses).map(VirtualAddress::parse).toList();
        return new AddressClaim(
                ROUTER, new RouterResources(parsed, List.of(), List.of(), accept), Duration.ofSeconds(30));
    }

    private String ruleset() throws Exception {
        return namespace.run("nft", "list", "ruleset").replaceAll("[ \t\n]+", " ");
    }

    @Test
    void addressesAreFilteredAsLongAsTheyAreHeld() throws Exception {
        AddressClaim claim = claim(false, "192.0.2.100/24", "192.0.2.101/24", "2001:db8::100/64", "fe80::51/64");
        register(claim);
        assertThat(ruleset()).isBlank();
        acquire(claim);

        assertThat(ruleset())
                .contains("table inet vrrp4j-left/51")
                .contains("type filter hook input priority filter - 1; policy accept;")
                .contains("type ipv4_addr elements = { 192.0.2.100, 192.0.2.101 }")
                .contains("type ipv6_addr elements = { 2001:db8::100 }")
                .containsPattern("(?s)icmpv6 type nd-neighbor-solicit accept.*icmpv6 type nd-neighbor-advert accept"
                        + ".*ip daddr @addresses drop.*ip6 daddr @addresses6 drop"
                        + ".*iifname \"left\" ip6 daddr fe80::51 drop");
        release(claim);
        assertThat(ruleset()).isBlank();
    }

    @Test
    void addressesThatAnswerHaveNoFilter() throws Exception {
        AddressClaim claim = claim(true, "192.0.2.100/24");
        register(claim);
        acquire(claim);

        assertThat(ruleset()).isBlank();
    }

    @Test
    void changedClaimIsFilteredAsItSays() throws Exception {
        AddressClaim answering = claim(true, "192.0.2.100/24");
        AddressClaim silent = claim(false, "192.0.2.100/24", "192.0.2.101/24");
        register(answering);
        acquire(answering);

        get(() -> platform.addresses()
                .change(answering, silent)
                .toCompletableFuture()
                .get());
        assertThat(ruleset()).contains("192.0.2.100, 192.0.2.101");
        get(() -> platform.addresses()
                .change(silent, answering)
                .toCompletableFuture()
                .get());
        assertThat(ruleset()).isBlank();
    }

    @Test
    void removedTableIsBackAtOnce() throws Exception {
        AddressClaim claim = claim(false, "192.0.2.100/24");
        register(claim);
        acquire(claim);

        namespace.run("nft", "flush", "ruleset");
        await().atMost(PATIENCE).until(() -> ruleset().contains("drop"));
        namespace.run("nft", "flush", "chain", "inet", "vrrp4j-left/51", "input");
        await().atMost(PATIENCE).until(() -> ruleset().contains("drop"));
        release(claim);
        get(() -> null);

        assertThat(ruleset()).isBlank();
    }

    @Test
    void whatADeadNodeLeftIsRemovedAndOthersAreLeftAlone() throws Exception {
        namespace.run("nft", "add", "table", "inet", "vrrp4j-left/51");
        namespace.run("nft", "add", "table", "inet", "vrrp4j-gone/7");
        namespace.run("nft", "add", "table", "inet", "mine");

        register(claim(false, "192.0.2.100/24"));

        assertThat(ruleset()).contains("table inet mine").doesNotContain("vrrp4j");
    }

    @Test
    void filterGoesWithTheNode() throws Exception {
        AddressClaim claim = claim(false, "192.0.2.100/24");
        register(claim);
        acquire(claim);

        run(() -> platform.close());

        assertThat(ruleset()).isBlank();
    }
}
