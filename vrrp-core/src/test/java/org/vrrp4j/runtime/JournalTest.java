package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.protocol.Input;

class JournalTest {
    private static final InetAddress ADDRESS = IpAddresses.parse("192.0.2.7").orElseThrow();
    private static final Authentication SECRET = Authentication.simplePassword("secret");
    private final RouterConfig config = RouterConfig.builder("eth0", 51)
            .name("web")
            .version(VrrpVersion.V2)
            .authentication(SECRET)
            .address(VirtualAddress.parse("192.0.2.100/24"))
            .build();
    private final RouterConfig other = config.toBuilder().priority(7).build();

    private Journal journal(int limit) {
        return new Journal(
                config, limit, nanos -> Map.of("role", "BACKUP", "cause", "MASTER_DOWN", "detail", "a b=c%\n"));
    }

    private Input heard(Authentication authentication, InetAddress... addresses) {
        Advertisement advertisement =
                new Advertisement(VrrpVersion.V2, 51, 120, Duration.ofSeconds(1), List.of(addresses), authentication);
        return new Input.AdvertisementHeard(
                new ReceivedAdvertisement(advertisement, ADDRESS, ChecksumForm.MESSAGE_ONLY));
    }

    private List<Input> inputs() {
        return List.of(
                new Input.Started(),
                new Input.Started(Duration.ofNanos(1_500_000_001)),
                new Input.Stopped(),
                new Input.TimePassed(),
                heard(SECRET, ADDRESS, IpAddresses.parse("2001:db8::1").orElseThrow()),
                heard(Authentication.NONE),
                new Input.FaultRaised(Fault.LINK_DOWN, "eth0 fault=x detail=y"),
                new Input.FaultCleared(Fault.LINK_DOWN),
                new Input.PriorityAdjusted(-50),
                new Input.GroupJoined(),
                new Input.GroupPermitted(),
                new Input.GroupLeft(),
                new Input.GroupGaveUp("VI 2"),
                new Input.SourceChanged(ADDRESS),
                new Input.AddressesAcquired(),
                new Input.AcquireFailed(Fault.FOREIGN_ADDRESS, ""),
                new Input.AddressesChanged(),
                new Input.AddressesReleased(),
                new Input.AddressVanished(ADDRESS),
                new Input.RoutingVanished("route default via 192.0.2.254, and more"),
                new Input.MacChanged(),
                new Input.OtherHolderHeard(ADDRESS, new MacAddress(0x0200_0000_0077L)),
                new Input.SendFailed(),
                new Input.SendRecovered(),
                new Input.HandedOver(),
                new Input.Reconfigured(other));
    }

    @Test
    void everyInputComesBackFromItsText() {
        assertThat(inputs().stream().map(Input::getClass).collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(Input.class.getPermittedSubclasses()).collect(Collectors.toSet()));
        Journal journal = journal(100);
        inputs().forEach(input -> journal.add(5, input, Role.INIT, Cause.SHUTDOWN));
        JournalReader.Recording recording = JournalReader.read(journal.dump(9, Instant.EPOCH), List.of(config, other));
        assertThat(recording.fromStart()).isTrue();
        assertThat(recording.lines()).extracting(JournalReader.Line::input).isEqualTo(inputs());
    }

    @Test
    void passwordsAreNotShownOnlyWhetherTheyAreRight() {
        Journal journal = journal(100);
        journal.add(0, heard(SECRET), Role.INIT, Cause.SHUTDOWN);
        journal.add(0, heard(Authentication.simplePassword("guess")), Role.INIT, Cause.SHUTDOWN);
        String text = journal.dump(0, Instant.EPOCH);
        assertThat(text.split("\n"))
                .satisfiesExactly(
                        head -> assertThat(head)
                                .startsWith("vrrp4j journal 1, inputs=2, forgotten=0, configuration=0, from=1970"),
                        right -> assertThat(right).contains("authentication=right"),
                        wrong -> assertThat(wrong).contains("authentication=wrong"));
        assertThat(text).doesNotContain("secret", "guess", Long.toString(SECRET.data()));
    }

    @Test
    void atLeastTheLastInputsAreKeptWithTheStateBeforeThem() {
        Journal journal = journal(100);
        journal.add(-1, new Input.Reconfigured(other), Role.INIT, Cause.SHUTDOWN);
        for (int i = 1; i < 350; i++) {
            journal.add(1000 + i, new Input.TimePassed(), i < 349 ? Role.BACKUP : Role.MASTER, Cause.MASTER_DOWN);
        }
        String[] lines = journal.dump(1400, Instant.ofEpochSecond(7)).split("\n");
        assertThat(lines).hasSize(152);
        assertThat(lines[0])
                .isEqualTo("vrrp4j journal 1, inputs=150, forgotten=200, configuration=1,"
                        + " from=1970-01-01T00:00:06.999999800Z, router=" + other);
        assertThat(lines[1]).startsWith("state at=-1 ").contains(" role=BACKUP", " detail=a%20b=c%25%0A");
        assertThat(JournalState.decode(lines[1])).containsEntry("detail", "a b=c%\n");
        assertThat(lines[2]).isEqualTo("0 - TimePassed");
        assertThat(lines[151]).isEqualTo("149 MASTER/MASTER_DOWN TimePassed");
    }

    @Test
    void twiceAsManyAreKeptAtMost() {
        Journal journal = journal(10);
        for (int i = 0; i < 1000; i++) {
            journal.add(i, new Input.TimePassed(), Role.BACKUP, Cause.STARTUP);
            int kept = journal.dump(i, Instant.EPOCH).split("\n").length - 1;
            assertThat(kept).isBetween(Math.min(i + 1, 10), 21);
        }
    }

    @Test
    void anEmptyJournalHasAHeadOnly() {
        assertThat(journal(100).dump(5, Instant.EPOCH).split("\n")).hasSize(1);
    }
}
