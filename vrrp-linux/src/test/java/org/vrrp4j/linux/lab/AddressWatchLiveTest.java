package org.vrrp4j.linux.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressWatchLiveTest {
    private static final String VIP = "192.0.2.100/24";

    private Lab lab;

    @BeforeEach
    void open() throws IOException {
        lab = LiveTests.openLab();
    }

    @AfterEach
    void close() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    private static void change(LabHost host, String verb, String address, String... more) throws IOException {
        host.run("sh", "-c", "ip address " + verb + " " + address + " dev eth0 " + String.join(" ", more));
    }

    @Test
    void additionsRenewalsAndDeletionsAreToldApart() throws IOException, InterruptedException {
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        try (AddressWatch watch = lab.watchAddresses()) {
            List<AddressEvent> heard = new CopyOnWriteArrayList<>();
            watch.onEvent(heard::add);
            Instant before = Instant.now();
            change(a, "add", VIP, "valid_lft 5 preferred_lft 5");
            change(a, "change", VIP, "valid_lft 9 preferred_lft 5");
            change(a, "del", VIP);
            change(a, "add", "2001:db8::100/64", "nodad");
            watch.sync();

            assertThat(heard)
                    .extracting(AddressEvent::kind)
                    .containsExactly(
                            AddressEvent.Kind.ADDED,
                            AddressEvent.Kind.RENEWED,
                            AddressEvent.Kind.DELETED,
                            AddressEvent.Kind.ADDED);
            assertThat(heard.get(0).time()).isBetween(before, Instant.now());
            assertThat(heard.get(0).address()).isEqualTo(VIP);
            assertThat(heard.get(0).bareAddress()).isEqualTo("192.0.2.100");
            assertThat(heard.get(0).host()).isEqualTo("a");
            assertThat(heard.get(1).lifetime()).contains(Duration.ofSeconds(9));
            assertThat(heard.get(3).address()).isEqualTo("2001:db8::100/64");
            assertThat(heard.get(3).lifetime()).isEqualTo(Optional.empty());
            assertThat(watch.events()).containsSubsequence(heard);
        }
    }

    @Test
    void addressesOfBeforeAndHostsAddedLaterAreSeen() throws IOException, InterruptedException {
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        try (AddressWatch watch = lab.watchAddresses()) {
            assertThat(watch.holders("192.0.2.1")).containsExactly("a");
            LabHost late = lab.addHost("late", "192.0.2.9/24");
            watch.awaitHolder(late, "192.0.2.9", Duration.ofSeconds(10));
            change(a, "del", "192.0.2.1/24");
            watch.sync();
            assertThat(watch.holders("192.0.2.1")).isEmpty();
            assertThat(watch.absentSpans("192.0.2.1", Instant.now().minusSeconds(1)))
                    .isNotEmpty();
        }
    }

    @Test
    void addressOnTwoHostsIsShared() throws IOException, InterruptedException {
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        LabHost b = lab.addHost("b", "192.0.2.2/24");
        try (AddressWatch watch = lab.watchAddresses()) {
            change(a, "add", VIP);
            change(b, "add", VIP);
            change(a, "del", VIP);
            AddressEvent gone = watch.awaitEvent(
                    event -> event.kind() == AddressEvent.Kind.DELETED
                            && event.address().equals(VIP),
                    Duration.ofSeconds(10));
            Holding holding = watch.awaitHolder(b, VIP, Duration.ofSeconds(1));
            assertThat(watch.sharedSpans(VIP)).containsExactly(new TimeSpan(holding.from(), gone.time()));
            assertThatThrownBy(() -> watch.awaitHolder(a, VIP, Duration.ofMillis(50)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void expiryOfALifetimeIsADeletion() throws IOException, InterruptedException {
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        try (AddressWatch watch = lab.watchAddresses()) {
            change(a, "add", VIP, "valid_lft 1 preferred_lft 1");
            AddressEvent gone =
                    watch.awaitEvent(event -> event.kind() == AddressEvent.Kind.DELETED, Duration.ofSeconds(10));
            assertThat(gone.address()).isEqualTo(VIP);
        }
    }

    @Test
    void closedWatchAnswersFromWhatItSaw() throws IOException {
        lab.addHost("a", "192.0.2.1/24");
        AddressWatch watch = lab.watchAddresses();
        watch.close();
        assertThat(watch.holders("192.0.2.1")).containsExactly("a");
    }
}
