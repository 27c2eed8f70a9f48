package org.vrrp4j.linux.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeFilter;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingBackend;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;

/** The packet filter when all goes well, and when the kernel refuses, loses or cuts short what it says. */
class FilteredAddressBackendTest {
    private static final String TABLE = "vrrp4j-eth0/51";
    private static final String WORDS = "these are its words";
    private static final AddressClaim SILENT = claim(false, "192.0.2.100/24");
    private static final AddressClaim ANSWERING = claim(true, "192.0.2.100/24");

    private final List<String> journal = new ArrayList<>();
    private final FakeFilter kernel = new FakeFilter(journal);
    private final FakeCharges charges = new FakeCharges();
    private final ManualLoop loop = new ManualLoop();
    private final RecordingBackend addresses = new RecordingBackend(journal);
    private final RecordingListener heard = new RecordingListener();
    private final FilteredAddressBackend backend = new FilteredAddressBackend(
            addresses, loop, charges, groups -> groups == 0 ? kernel.requests() : kernel.monitor());

    private static AddressClaim claim(boolean accept, String... addresses) {
        return new AddressClaim(
                new RouterId("eth0", 51, IpFamily.IPV4),
                new RouterResources(
                        Stream.of(addresses).map(VirtualAddress::parse).toList(), List.of(), List.of(), accept),
                Duration.ofSeconds(2));
    }

    private static void done(CompletionStage<Void> stage) {
        stage.toCompletableFuture().join();
    }

    private static AddressException failure(CompletionStage<Void> stage) {
        try {
            done(stage);
        } catch (CompletionException e) {
            return (AddressException) e.getCause();
        }
        throw new AssertionError("it worked");
    }

    private void register(AddressClaim claim) {
        done(backend.register(claim, heard));
        journal.clear();
    }

    private void hold(AddressClaim claim) {
        register(claim);
        done(backend.acquire(claim));
        journal.clear();
    }

    @Test
    void filterIsThereBeforeTheAddressesAndGoesAfterThem() {
        register(SILENT);
        assertThat(kernel.tables()).as("tried, and removed").isEmpty();
        done(backend.acquire(SILENT));
        done(backend.release(SILENT));
        assertThat(journal).containsExactly("filter [192.0.2.100]", "acquire", "release", "no filter");
    }

    @Test
    void addressesThatAnswerCostNothing() {
        hold(ANSWERING);
        done(backend.release(ANSWERING));
        assertThat(journal).containsExactly("release");
        assertThat(kernel.requests().requests())
                .as("but for a look for leftovers")
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EPERM", "EOPNOTSUPP", "ENOENT", "ENOMEM"})
    void hostThatCannotFilterIsToldAtRegister(Errno errno) {
        kernel.refuse(FakeFilter.NEWSET, errno, WORDS);
        AddressException failure = failure(backend.register(SILENT, heard));
        assertThat(failure.fault()).isEqualTo(Fault.ADDRESS_FAILED);
        assertThat(failure)
                .hasMessageStartingWith(
                        "cannot filter packets to the addresses, which are not to be accepted: NFT_MSG_NEWTABLE inet "
                                + TABLE + " failed with " + Errno.describe(errno.number()) + " (" + WORDS + ")");
        assertThat(kernel.tables()).isEmpty();
    }

    @Test
    void refusedFilterKeepsTheAddressesAway() {
        register(SILENT);
        kernel.refuse(FakeFilter.NEWTABLE, Errno.ENOSPC, WORDS);
        assertThat(failure(backend.acquire(SILENT))).hasMessageContaining(WORDS);
        assertThat(journal).isEmpty();
        kernel.allow(FakeFilter.NEWTABLE);
        done(backend.acquire(SILENT));
        assertThat(kernel.tables()).containsOnlyKeys(TABLE);
    }

    @Test
    void refusedAddressesTakeTheFilterAlong() {
        register(SILENT);
        addresses.fail("acquire");
        assertThat(failure(backend.acquire(SILENT))).hasMessage("acquire does not work");
        assertThat(journal).containsExactly("filter [192.0.2.100]", "acquire", "no filter");
    }

    @Test
    void filterWhoseAnswerIsLostIsNotLeftBehind() {
        register(SILENT);
        kernel.requests().loseMessages();
        failure(backend.acquire(SILENT));
        assertThat(kernel.tables()).isEmpty();
        assertThat(journal).containsExactly("filter [192.0.2.100]", "no filter");
        done(backend.acquire(SILENT));
        assertThat(kernel.tables()).containsOnlyKeys(TABLE);
    }

    @Test
    void kernelThatDoesNotAnswerIsAnErrorAndNoWait() {
        register(SILENT);
        kernel.setSilent(true);
        assertThat(failure(backend.acquire(SILENT))).hasMessageContaining("ETIMEDOUT");
        assertThat(journal).doesNotContain("acquire");
        kernel.setSilent(false);
        done(backend.acquire(SILENT));
        done(backend.release(SILENT));
        assertThat(kernel.tables()).isEmpty();
    }

    @Test
    void filterThatCannotBeRemovedStaysAndTheReleaseIsOne() {
        hold(SILENT);
        kernel.refuse(FakeFilter.DELTABLE, Errno.EBUSY, WORDS);
        done(backend.release(SILENT));
        assertThat(kernel.tables()).containsOnlyKeys(TABLE);
        kernel.allow(FakeFilter.DELTABLE);
        done(backend.acquire(SILENT));
        done(backend.release(SILENT));
        assertThat(kernel.tables()).isEmpty();
    }

    @Test
    void removedTableIsBackAndOursIsNoAlarm() {
        hold(SILENT);
        loop.turn();
        assertThat(journal).as("what was done to put it there").isEmpty();
        kernel.delete(TABLE);
        loop.turn();
        assertThat(journal).containsExactly("filter [192.0.2.100]");
        kernel.add("mine");
        kernel.delete("mine");
        loop.turn();
        assertThat(journal).hasSize(1);
    }

    @Test
    void lostMessagesHaveItPutThereAnew() {
        hold(SILENT);
        kernel.monitor().loseMessages();
        loop.turn();
        assertThat(journal).containsExactly("filter [192.0.2.100]");
        kernel.refuse(FakeFilter.NEWTABLE, Errno.ENOMEM, "");
        kernel.delete(TABLE);
        loop.turn();
        assertThat(kernel.tables()).isEmpty();
        kernel.allow(FakeFilter.NEWTABLE);
        kernel.monitor().loseMessages();
        loop.turn();
        assertThat(kernel.tables()).containsOnlyKeys(TABLE);
    }

    @Test
    void whatADeadNodeLeftGoesAndOthersStay() {
        kernel.add("vrrp4j-eth0/7");
        kernel.add("vrrp4j-eth0/8");
        kernel.add("mine");
        charges.neighbourTakes("eth0/8");
        register(ANSWERING);
        assertThat(kernel.tables()).containsOnlyKeys("vrrp4j-eth0/8", "mine");
    }

    @Test
    void leftoversThatCannotBeReadDoNotKeepARouterFromStarting() {
        kernel.refuseDumps(Errno.EPERM);
        hold(SILENT);
        assertThat(kernel.tables()).containsOnlyKeys(TABLE);
    }

    @Test
    void changedAddressesAreFilteredBeforeTheyComeAndUntilTheyAreGone() {
        hold(SILENT);
        AddressClaim next = claim(false, "192.0.2.101/24");
        done(backend.change(SILENT, next));
        assertThat(journal).containsExactly("filter [192.0.2.100, 192.0.2.101]", "change", "filter [192.0.2.101]");
        journal.clear();
        done(backend.change(next, ANSWERING));
        assertThat(journal).containsExactly("change", "no filter");
    }

    @Test
    void changeThatCannotBeFilteredGivesTheAddressesUp() {
        hold(ANSWERING);
        kernel.refuse(FakeFilter.NEWTABLE, Errno.EPERM, WORDS);
        assertThat(failure(backend.change(ANSWERING, SILENT))).hasMessageContaining(WORDS);
        assertThat(journal).containsExactly("change", "release");
        assertThat(kernel.tables()).isEmpty();
    }

    @Test
    void changeThatFailsTakesTheFilterAlong() {
        hold(SILENT);
        addresses.fail("change");
        failure(backend.change(SILENT, claim(false, "192.0.2.101/24")));
        assertThat(journal).endsWith("change", "no filter");
    }

    @Test
    void linkLocalAddressesAreFilteredOnTheirInterfaceOnly() {
        hold(claim(false, "fe80::51/64", "2001:db8::1/64"));
        assertThat(kernel.tables()).isEqualTo(Map.of(TABLE, List.of("2001:db8::1")));
    }

    @Test
    void closeRemovesTheFilterLast() {
        hold(SILENT);
        backend.close();
        assertThat(journal).containsExactly("close", "no filter");
        assertThat(kernel.requests().isClosed()).isTrue();
        assertThat(kernel.monitor().isClosed()).isTrue();
        assertThat(loop.watches()).isZero();
    }
}
