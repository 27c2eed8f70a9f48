package org.vrrp4j.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.ReceivedAdvertisement;

class WireViewTest {
    private static final String A = "192.0.2.1";
    private static final String B = "192.0.2.2";

    private final WireView view = new WireView();
    private long millis;

    @Test
    @DisplayName("a steady master has a row with its interval as configured and as measured")
    void steadyMaster() {
        for (int i = 0; i < 5; i++) {
            hear(A, 150);
            pass(100);
        }
        WireRow row = row();
        assertThat(row.master()).isEqualTo(Frames.address(A));
        assertThat(row.state()).isEqualTo(WireRow.State.PRESENT);
        assertThat(row.advertisements()).isEqualTo(5);
        assertThat(row.last().interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(row.measured()).contains(Duration.ofMillis(100));
        assertThat(row.jitter()).contains(Duration.ZERO);
        assertThat(row.conflicts()).isEmpty();
    }

    @Test
    @DisplayName("jitter is how far the intervals are from their mean")
    void jitterIsMeasured() {
        hear(A, 150);
        for (int gap : List.of(90, 110, 90, 110)) {
            pass(gap);
            hear(A, 150);
        }
        assertThat(row().measured()).contains(Duration.ofMillis(100));
        assertThat(row().jitter()).contains(Duration.ofMillis(10));
    }

    @Test
    @DisplayName("the measured interval follows the last 64, and begins anew after an absence")
    void measurementForgets() {
        hear(A, 150);
        for (int i = 0; i < 100; i++) {
            pass(i < 36 ? 50 : 100);
            hear(A, 150);
        }
        assertThat(row().measured()).contains(Duration.ofMillis(100));
        pass(5_000);
        hear(A, 150);
        assertThat(row().measured()).isEmpty();
    }

    @Test
    @DisplayName("a master that falls silent is told so after four intervals")
    void silentMaster() {
        hear(A, 150);
        pass(400);
        assertThat(row().state()).isEqualTo(WireRow.State.PRESENT);
        pass(1);
        assertThat(row().state()).isEqualTo(WireRow.State.SILENT);
    }

    @Test
    @DisplayName("a hand-over shows the old master giving up and then the new one, and is no conflict")
    void handOver() {
        hear(A, 150);
        pass(100);
        hear(A, 0);
        assertThat(row().state()).isEqualTo(WireRow.State.GAVE_UP);
        assertThat(row().last().priority()).isEqualTo(150);
        pass(30);
        hear(B, 100);
        assertThat(row().master()).isEqualTo(Frames.address(B));
        assertThat(row().state()).isEqualTo(WireRow.State.PRESENT);
        assertThat(row().conflicts()).isEmpty();
    }

    @Test
    @DisplayName("a master that yields may speak once more without being a conflict")
    void yieldingIsNoConflict() {
        for (int i = 0; i < 3; i++) {
            hear(B, 100);
            pass(100);
        }
        hear(A, 150);
        hear(B, 100);
        pass(100);
        for (int i = 0; i < 3; i++) {
            hear(A, 150);
            assertThat(row().conflicts()).isEmpty();
            pass(100);
        }
        assertThat(row().master()).isEqualTo(Frames.address(A));
    }

    @Test
    @DisplayName("two masters at once are a conflict until one of them is silent")
    void twoMasters() {
        for (int i = 0; i < 4; i++) {
            hear(A, 150);
            pass(50);
            hear(B, 100);
            pass(50);
        }
        assertThat(row().conflicts())
                .containsExactly("masters at once: 192.0.2.1 with priority 150, 192.0.2.2 with priority 100");
        for (int i = 0; i < 6; i++) {
            hear(A, 150);
            pass(100);
        }
        assertThat(row().conflicts()).isEmpty();
    }

    @Test
    @DisplayName("what senders are configured with is compared, also when they do not speak at once")
    void differencesAreConflicts() {
        hear(A, v3(0, 100, "192.0.2.100", "192.0.2.101"));
        pass(100);
        hear(B, v3(100, 1000, "192.0.2.101"));
        assertThat(row().conflicts())
                .containsExactly(
                        "addresses differ: 192.0.2.1 has 192.0.2.100 192.0.2.101, 192.0.2.2 has 192.0.2.101",
                        "intervals differ: 192.0.2.1 has 100 ms, 192.0.2.2 has 1 s");
        hear(A, v2("secret"));
        assertThat(row().conflicts())
                .containsExactly(
                        "versions differ: 192.0.2.1 speaks version 2, 192.0.2.2 speaks version 3",
                        "authentication differs: 192.0.2.1 has simple password, 192.0.2.2 has none");
        pass(700_000);
        hear(B, v3(100, 1000, "192.0.2.101"));
        assertThat(row().conflicts()).isEmpty();
    }

    @Test
    @DisplayName("different passwords are a conflict, and are not told")
    void passwordsAreCompared() {
        hear(A, v2("secret"));
        hear(B, v2("hidden8"));
        assertThat(row().conflicts()).containsExactly("passwords differ: 192.0.2.1, 192.0.2.2");
    }

    @Test
    @DisplayName("the order of addresses is no difference")
    void orderOfAddressesIsNoDifference() {
        hear(A, v3(150, 100, "192.0.2.100", "192.0.2.101"));
        hear(B, v3(0, 100, "192.0.2.101", "192.0.2.100"));
        assertThat(row().conflicts()).isEmpty();
    }

    @Test
    @DisplayName("rejected packets are counted by sender and reason, with what was found last")
    void rejectionsAreCounted() {
        for (int ttl : List.of(1, 64)) {
            view.onPacket(
                    0,
                    FrameReader.received(
                                    Frames.bytes(Frames.ETHERNET + Frames.ipv4(Frames.V3_PSEUDO_HEADER, ttl)),
                                    Frames.TIME,
                                    "eth0")
                            .orElseThrow());
        }
        assertThat(view.rows(0)).isEmpty();
        assertThat(view.rejections())
                .containsExactly(new RejectedPackets(
                        "eth0 vrid 1 IPv4", "192.0.2.11", "TTL or hop limit is not 255", "found 64", 2));
    }

    @Test
    @DisplayName("what a flood of senders and routers leaves is bounded")
    void memoryIsBounded() {
        for (int i = 0; i < 5_000; i++) {
            view.onPacket(i, packet("10.0." + i / 250 + "." + i % 250, v3(100, 100, "192.0.2.100"), "eth" + i % 700));
        }
        assertThat(view.rows(0)).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    @DisplayName("the table has a line for each router, and below it what is wrong")
    void tableHasConflictsBelow() {
        hear(A, v3(150, 100, "192.0.2.100"));
        hear(B, v3(0, 100, "192.0.2.101"));
        List<String> lines =
                WireTable.lines(view.rows(0), List.of(new RejectedPackets("eth0 vrid 1 IPv4", A, "r", "d", 2)));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("INTERFACE  VRID  FAMILY  VERSION  MASTER     PRIORITY  INTERVAL");
        assertThat(lines.get(1)).startsWith("eth0       51    IPv4    v3       192.0.2.1  150       100 ms");
        assertThat(lines.get(2)).startsWith("! eth0 vrid 51 IPv4: addresses differ: ");
        assertThat(lines.get(3)).isEqualTo("- eth0 vrid 1 IPv4 from 192.0.2.1: 2 rejected: r (d)");
    }

    @Test
    @DisplayName("without a terminal a new table comes with a change, not with each packet")
    void tableIsPrintedAtChanges() {
        StringWriter text = new StringWriter();
        TableOutput output = new TableOutput(new PrintWriter(text), false, "eth0", () -> Frames.TIME);
        for (int i = 0; i < 20; i++) {
            output.onPacket(i * 100_000_000L, packet(i < 10 ? A : B, v3(150, 100, "192.0.2.100"), "eth0"));
            output.onTime(i * 100_000_000L);
        }
        assertThat(text.toString().split("INTERFACE", -1)).as("two tables").hasSize(3);
        assertThat(text.toString()).doesNotContain("\u001b");
    }

    @Test
    @DisplayName("on a terminal the table stays in place and is drawn four times a second at most")
    void tableStaysInPlace() {
        StringWriter text = new StringWriter();
        TableOutput output = new TableOutput(new PrintWriter(text), true, "eth0", () -> Frames.TIME);
        for (int i = 0; i <= 10; i++) {
            output.onTime(i * 50_000_000L);
        }
        assertThat(text.toString().split("\u001b\\[H", -1))
                .as("at 0, 250 and 500 ms")
                .hasSize(4);
        assertThat(text.toString().split("\u001b\\[2J", -1)).as("cleared once").hasSize(2);
    }

    private WireRow row() {
        List<WireRow> rows = view.rows(Duration.ofMillis(millis).toNanos());
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private void pass(long passed) {
        millis += passed;
    }

    private void hear(String source, int priority) {
        hear(source, v3(priority, 100, "192.0.2.100"));
    }

    private void hear(String source, Advertisement advertisement) {
        view.onPacket(Duration.ofMillis(millis).toNanos(), packet(source, advertisement, "eth0"));
    }

    private static Advertisement v3(int priority, int intervalMillis, String... addresses) {
        return new Advertisement(
                VrrpVersion.V3,
                51,
                priority,
                Duration.ofMillis(intervalMillis),
                List.of(addresses).stream().map(Frames::address).toList(),
                Authentication.NONE);
    }

    private static Advertisement v2(String password) {
        return new Advertisement(
                VrrpVersion.V2,
                51,
                200,
                Duration.ofSeconds(1),
                List.of(Frames.address("192.0.2.101")),
                Authentication.simplePassword(password));
    }

    private static ObservedPacket packet(String source, Advertisement advertisement, String interfaceName) {
        return new ObservedPacket(
                Optional.of(Frames.TIME),
                Link.on(interfaceName),
                Optional.of(new Envelope(Frames.address(source), Frames.address("224.0.0.18"), OptionalInt.of(255))),
                Optional.empty(),
                IpFamily.IPV4,
                new ReceivedAdvertisement(advertisement, Frames.address(source), ChecksumForm.PSEUDO_HEADER));
    }
}
