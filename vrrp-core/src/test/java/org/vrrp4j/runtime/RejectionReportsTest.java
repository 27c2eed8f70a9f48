package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RejectionReason;

class RejectionReportsTest {
    private static final InetAddress PEER = address(1);

    /** The clock overflows during the tests, as System.nanoTime() may. */
    private static final long START = Long.MAX_VALUE - 1000;

    private final RejectionReports reports = new RejectionReports();

    private static InetAddress address(int last) {
        return IpAddresses.parse("192.0.2." + last).orElseThrow();
    }

    @Test
    @DisplayName("R9568-7.1-10 the first of a sender and reason is told, the tenth, the hundredth and so on")
    void distanceGrows() {
        List<Integer> told = new ArrayList<>();
        for (int count = 1; count <= 20_000; count++) {
            if (reports.isWorthTelling(START, PEER, RejectionReason.CHECKSUM)) {
                told.add(count);
            }
        }
        assertThat(told).containsExactly(1, 10, 100, 1000, 10_000);
    }

    @Test
    @DisplayName("R9568-7.1-10 another sender or reason counts for itself")
    void sendersAndReasonsCountForThemselves() {
        assertThat(reports.isWorthTelling(START, PEER, RejectionReason.CHECKSUM))
                .isTrue();
        assertThat(reports.isWorthTelling(START, PEER, RejectionReason.CHECKSUM))
                .isFalse();
        assertThat(reports.isWorthTelling(START, PEER, RejectionReason.TTL)).isTrue();
        assertThat(reports.isWorthTelling(START, address(2), RejectionReason.CHECKSUM))
                .isTrue();
    }

    @Test
    @DisplayName("R9568-7.1-10 forged senders are told ten times at most, then once in ten seconds")
    void forgedSendersAreLimited() {
        assertThat(told(START, 200)).isEqualTo(10);
        assertThat(told(START + Duration.ofMillis(9_999).toNanos(), 200)).isZero();
        assertThat(told(START + Duration.ofSeconds(10).toNanos(), 200)).isEqualTo(1);
        assertThat(told(START + Duration.ofSeconds(35).toNanos(), 200)).isEqualTo(2);
        assertThat(told(START + Duration.ofHours(1).toNanos(), 200)).isEqualTo(10);
    }

    /** How many of so many new senders are told; more than are remembered, so each is new again. */
    private int told(long now, int senders) {
        int told = 0;
        for (int i = 0; i < senders; i++) {
            told += reports.isWorthTelling(now, address(i), RejectionReason.TTL) ? 1 : 0;
        }
        return told;
    }
}
