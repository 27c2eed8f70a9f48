package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
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

    private Input.AdvertisementHeard heard(Authentication authentication, InetAddress... addresses) {
        Advertisement advertisement =
                new Advertisement(VrrpVersion.V2, 51, 120, Duration.ofSeconds(1), List.of(addresses), authentication);
        return new Input.AdvertisementHeard(
                new ReceivedAdvertisement(advertisement, ADDRESS, ChecksumForm.MESSAGE_ONLY));
    }

    private List<Input> inputs() {
        return List.of(
                new Input.Started(),
                new Input.Stopped(),
                new Input.TimePassed(),
                heard(SECRET, ADDRESS, IpAddresses.parse("2001:db8::1").orElseThrow()),
                heard(Authentication.NONE),
                new Input.FaultRaised(Fault.LINK_DOWN, "eth0 fault=x detail=y"),
                new Input.FaultCleared(Fault.LINK_DOWN),
                new Input.SourceChanged(ADDRESS),
                new Input.AddressesAcquired(),
                new Input.AcquireFailed(Fault.FOREIGN_ADDRESS, ""),
                new Input.AddressesChanged(),
                new Input.AddressesReleased(),
                new Input.AddressVanished(ADDRESS),
                new Input.SendFailed(),
                new Input.SendRecovered(),
                new Input.HandedOver(),
                new Input.Reconfigured(other));
    }

    @Test
    void everyInputComesBackFromItsText() {
        assertThat(inputs().stream().map(Input::getClass).collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(Input.class.getPermittedSubclasses()).collect(Collectors.toSet()));
        Journal journal = new Journal(config, 100);
        inputs().forEach(input -> journal.add(5, input, Role.INIT, Cause.SHUTDOWN));
        List<JournalReader.Line> lines = JournalReader.read(journal.dump(9, Instant.EPOCH), List.of(config, other));
        assertThat(lines).extracting(JournalReader.Line::input).isEqualTo(inputs());
        assertThat(journal.lines()).as("the same without the text").isEqualTo(lines);
    }

    @Test
    void whatWasHeardAgainAndAgainComesBackWithEachTime() {
        Input.AdvertisementHeard heard = heard(SECRET);
        Input.AdvertisementHeard stranger = heard(Authentication.simplePassword("guess"));
        Journal journal = new Journal(config, 100);
        List<Input> inputs =
                List.of(heard, heard, new Input.TimePassed(), heard, stranger, heard, new Input.Reconfigured(other));
        inputs.forEach(input -> journal.add(5, input, Role.INIT, Cause.SHUTDOWN));
        journal.add(6, new Input.AdvertisementHeard(heard.received()), Role.BACKUP, Cause.STARTUP);

        String[] text = journal.dump(9, Instant.EPOCH).split("\n");

        assertThat(text[2]).isEqualTo(text[4]).isEqualTo(text[6]).contains("authentication=right");
        assertThat(text[5]).contains("authentication=wrong");
        assertThat(text[8]).as("by the password of then").startsWith("1 BACKUP/STARTUP AdvertisementHeard");
    }

    @Test
    void passwordsAreNotShownOnlyWhetherTheyAreRight() {
        Journal journal = new Journal(config, 100);
        journal.add(0, heard(SECRET), Role.INIT, Cause.SHUTDOWN);
        journal.add(0, heard(Authentication.simplePassword("guess")), Role.INIT, Cause.SHUTDOWN);
        String text = journal.dump(0, Instant.EPOCH);
        assertThat(text.split("\n"))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("vrrp4j journal 1, inputs=2, forgotten=0, from=1970"),
                        right -> assertThat(right).contains("authentication=right"),
                        wrong -> assertThat(wrong).contains("authentication=wrong"));
        assertThat(text).doesNotContain("secret", "guess", Long.toString(SECRET.data()));
    }

    @Test
    void theLastInputsAreKeptAndTheTimesCountFromTheFirstOfThem() {
        Journal journal = new Journal(config, 100);
        journal.add(-1, new Input.Reconfigured(other), Role.INIT, Cause.SHUTDOWN);
        for (int i = 0; i < 150; i++) {
            journal.add(1000 + i, new Input.TimePassed(), i < 149 ? Role.BACKUP : Role.MASTER, Cause.MASTER_DOWN);
        }
        String[] lines = journal.dump(1200, Instant.ofEpochSecond(7)).split("\n");
        assertThat(lines).hasSize(101);
        assertThat(lines[0])
                .isEqualTo("vrrp4j journal 1, inputs=100, forgotten=51, from=1970-01-01T00:00:06.999999850Z, router="
                        + other);
        assertThat(lines[1]).isEqualTo("0 - TimePassed");
        assertThat(lines[100]).isEqualTo("99 MASTER/MASTER_DOWN TimePassed");
    }

    @Test
    void anEmptyJournalHasAHeadOnly() {
        assertThat(new Journal(config, 100).dump(5, Instant.EPOCH).split("\n")).hasSize(1);
    }
}
