package org.vrrp4j.linux.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressHistoryTest {
    private static final String VIP = "192.0.2.100/24";
    private static final Optional<Duration> LEASE = Optional.of(Duration.ofSeconds(1));

    private final AddressHistory history = new AddressHistory();

    private static Instant at(int millis) {
        return Instant.EPOCH.plusMillis(millis);
    }

    private static TimeSpan span(int from, int until) {
        return new TimeSpan(at(from), at(until));
    }

    @Test
    void secondTimeIsARenewalAndAfterDeletionAnAdditionAgain() {
        assertThat(history.onPresent(at(0), "a", 2, VIP, LEASE).kind()).isEqualTo(AddressEvent.Kind.ADDED);
        assertThat(history.onPresent(at(1), "a", 2, VIP, LEASE).kind()).isEqualTo(AddressEvent.Kind.RENEWED);
        assertThat(history.onPresent(at(2), "b", 2, VIP, LEASE).kind()).isEqualTo(AddressEvent.Kind.ADDED);
        assertThat(history.onDeleted(at(3), "a", 2, VIP, LEASE).kind()).isEqualTo(AddressEvent.Kind.DELETED);
        assertThat(history.onPresent(at(4), "a", 2, VIP, LEASE).kind()).isEqualTo(AddressEvent.Kind.ADDED);
        assertThat(history.holdings(VIP))
                .containsExactly(
                        new Holding("a", VIP, at(0), Optional.of(at(3))),
                        new Holding("b", VIP, at(2), Optional.empty()),
                        new Holding("a", VIP, at(4), Optional.empty()));
    }

    @Test
    void addressIsFoundWithAndWithoutItsPrefixLength() {
        history.onPresent(at(0), "a", 2, VIP, LEASE);
        assertThat(history.holders("192.0.2.100")).containsExactly("a");
        assertThat(history.holders(VIP)).containsExactly("a");
        assertThat(history.holders("192.0.2.100/32")).isEmpty();
        assertThat(history.holders("192.0.2.10")).isEmpty();
    }

    @Test
    void spansAreThoseWithTheWantedNumberOfHosts() {
        history.onPresent(at(10), "a", 2, VIP, LEASE);
        history.onPresent(at(30), "b", 2, VIP, LEASE);
        history.onDeleted(at(35), "a", 2, VIP, LEASE);
        history.onDeleted(at(50), "b", 2, VIP, LEASE);
        history.onPresent(at(60), "a", 2, VIP, LEASE);
        assertThat(history.spans(VIP, at(0), at(100), hosts -> hosts > 1)).containsExactly(span(30, 35));
        assertThat(history.spans(VIP, at(0), at(100), hosts -> hosts == 0)).containsExactly(span(0, 10), span(50, 60));
        assertThat(history.spans(VIP, at(55), at(100), hosts -> hosts == 1)).containsExactly(span(60, 100));
    }

    @Test
    void handOverAtTheSameInstantIsNeitherSharedNorAbsent() {
        history.onPresent(at(10), "a", 2, VIP, LEASE);
        history.onDeleted(at(20), "a", 2, VIP, LEASE);
        history.onPresent(at(20), "b", 2, VIP, LEASE);
        assertThat(history.spans(VIP, at(10), at(30), hosts -> hosts != 1)).isEmpty();
    }

    @Test
    void addressOnTwoInterfacesOfOneHostIsNotShared() {
        history.onPresent(at(10), "a", 2, VIP, LEASE);
        history.onPresent(at(20), "a", 3, VIP, LEASE);
        assertThat(history.spans(VIP, at(0), at(30), hosts -> hosts > 1)).isEmpty();
    }
}
