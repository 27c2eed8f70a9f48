package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkScript;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.model.Fault;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;

/** What becomes of addresses when the kernel refuses, loses or cuts short what it says. */
class KernelErrorsTest {
    private static final AddressClaim CLAIM = BackendRig.claim(51, "192.0.2.100/24", "192.0.2.101/24");
    private static final String OWN = "2 192.0.2.1/24";
    private static final String WORDS = "ipv4: these are its words";

    private BackendRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new BackendRig();
        rig.kernel.add(2, "192.0.2.1/24", 0, 0);
        rig.loop.turn();
    }

    private AddressException releaseFails() {
        try {
            rig.release(CLAIM);
        } catch (CompletionException e) {
            return (AddressException) e.getCause();
        }
        throw new AssertionError("released");
    }

    private int requests(int type) {
        return (int) rig.kernel.requests().requests().stream()
                .filter(request -> request.type() == type)
                .count();
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EPERM", "ENODEV", "ENOBUFS", "ENOMEM", "ENOSPC", "EINVAL", "EADDRNOTAVAIL", "EACCES", "EINTR"})
    void refusedAddressIsAFaultInTheKernelsWordsAndNothingIsLeft(Errno errno) {
        rig.register(CLAIM);
        rig.kernel.refuse(AddressMessage.RTM_NEWADDR, errno, WORDS);
        AddressException failure = rig.acquireFails(CLAIM);
        assertThat(failure.fault()).isEqualTo(Fault.ADDRESS_FAILED);
        assertThat(failure)
                .hasMessageStartingWith("RTM_NEWADDR 192.0.2.100/24 dev eth0 failed with "
                        + Errno.describe(errno.number()) + " (" + WORDS + ")");
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly(OWN);

        rig.kernel.refuse(AddressMessage.RTM_NEWADDR, null, "");
        rig.acquire(CLAIM);
        rig.loop.turn();
        assertThat(rig.addresses()).hasSize(3);
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void addressThatIsThereAfterAllIsSomebodyElsesInTheKernelsWords() {
        rig.register(CLAIM);
        rig.kernel.refuse(AddressMessage.RTM_NEWADDR, Errno.EEXIST, "ipv4: Address already assigned");
        AddressException failure = rig.acquireFails(CLAIM);
        assertThat(failure.fault()).isEqualTo(Fault.FOREIGN_ADDRESS);
        assertThat(failure).hasMessageEndingWith("(ipv4: Address already assigned)");
        assertThat(rig.addresses()).containsExactly(OWN);
    }

    @Test
    void refusalOfOneInABatchIsThatOfTheOneAndTheOthersAreReleased() {
        AddressClaim many = BackendRig.claim(
                51,
                IntStream.rangeClosed(1, 250)
                        .mapToObj(i -> "198.51.100." + i + "/24")
                        .toArray(String[]::new));
        rig.register(many);
        rig.kernel.refuse("198.51.100.7/24", Errno.ENOMEM);
        rig.kernel.refuse("198.51.100.207/24", Errno.ENOSPC);
        int batches = rig.kernel.requests().batches();
        AddressException failure = rig.acquireFails(many);
        assertThat(failure).hasMessageStartingWith("RTM_NEWADDR 198.51.100.7/24 dev eth0 failed with ENOMEM");
        assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .singleElement()
                .asString()
                .startsWith("RTM_NEWADDR 198.51.100.207/24 dev eth0 failed with ENOSPC");
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly(OWN);
        assertThat(rig.heard.heard()).isEmpty();
        assertThat(rig.kernel.requests().batches() - batches)
                .as("one to put 250, one to take them away")
                .isEqualTo(2);

        rig.kernel.refuse("198.51.100.7/24", null);
        rig.kernel.refuse("198.51.100.207/24", null);
        rig.acquire(many);
        assertThat(rig.addresses()).hasSize(251);
    }

    @Test
    void addressThatSomebodyPutsThereMeanwhileIsTheReasonAndStays() {
        rig.register(CLAIM);
        rig.kernel.refuse("192.0.2.100/24", Errno.ENOMEM);
        rig.kernel.refuse("192.0.2.101/24", Errno.EEXIST);
        AddressException failure = rig.acquireFails(CLAIM);
        assertThat(failure.fault()).isEqualTo(Fault.FOREIGN_ADDRESS);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(requests(AddressMessage.RTM_DELADDR)).isZero();
    }

    @Test
    void addressWhoseAnswerIsLostIsNotLeftBehind() {
        rig.register(CLAIM);
        rig.loop.turn();
        rig.kernel.requests().loseMessages();
        AddressException failure = rig.acquireFails(CLAIM);
        assertThat(failure.fault()).isEqualTo(Fault.ADDRESS_FAILED);
        rig.loop.turn();
        assertThat(rig.addresses()).containsExactly(OWN);
        assertThat(rig.heard.heard()).isEmpty();
        rig.acquire(CLAIM);
        assertThat(rig.addresses()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EPERM", "EBUSY", "ENOBUFS", "EINTR"})
    void addressThatCannotBeDeletedIsToldAndNotRenewedAnyMore(Errno errno) {
        rig.hold(CLAIM);
        rig.kernel.refuse(AddressMessage.RTM_DELADDR, errno, WORDS);
        AddressException failure = releaseFails();
        assertThat(failure)
                .hasMessageMatching(
                        "RTM_DELADDR 192.0.2.10[01]/24 dev eth0 failed with " + errno + " .*\\(" + WORDS + "\\).*");
        assertThat(failure.getSuppressed()).hasSize(1);
        int renewals = requests(AddressMessage.RTM_NEWADDR);
        rig.backend.renew(CLAIM);
        rig.loop.runTasks();
        assertThat(requests(AddressMessage.RTM_NEWADDR)).isEqualTo(renewals);
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EADDRNOTAVAIL", "ENODEV"})
    void addressThatIsNotThereAnyMoreIsReleased(Errno errno) {
        rig.hold(CLAIM);
        rig.kernel.refuse(AddressMessage.RTM_DELADDR, errno, "");
        rig.release(CLAIM);
    }

    @Test
    void primaryAddressStaysWhenItWouldTakeTheHostsAlong() {
        rig.kernel.remove(2, "192.0.2.1/24");
        rig.hold(CLAIM);
        rig.kernel.add(2, "192.0.2.1/24", 0, 0);
        rig.kernel.refuse(Ipv4Setting.RTM_SETLINK, Errno.EPERM, WORDS);
        assertThat(releaseFails())
                .hasMessageStartingWith("RTM_SETLINK eth0 promote_secondaries 1 failed with EPERM")
                .hasMessageContaining(WORDS);
        assertThat(rig.addresses()).containsExactly("2 192.0.2.100/24", OWN);
    }

    @Test
    void renewalWhoseAnswersAreLostIsMadeAgainTheNextTime() {
        rig.hold(CLAIM);
        rig.kernel.requests().loseMessages();
        rig.backend.renew(CLAIM);
        rig.loop.runTasks();
        rig.backend.renew(CLAIM);
        rig.loop.runTasks();
        assertThat(requests(AddressMessage.RTM_NEWADDR)).isEqualTo(6);
        rig.loop.turn();
        assertThat(rig.heard.heard()).isEmpty();
        rig.release(CLAIM);
        assertThat(rig.addresses()).containsExactly(OWN);
    }

    @Test
    void overrunInTheMiddleOfAReleaseTellsNothingWrong() {
        AddressClaim many = BackendRig.claim(
                51,
                IntStream.rangeClosed(1, 250)
                        .mapToObj(i -> "198.51.100." + i + "/24")
                        .toArray(String[]::new));
        rig.hold(many);
        rig.kernel.monitor().loseMessages();
        rig.kernel.remove(2, "198.51.100.9/24");
        rig.release(many);
        assertThat(rig.addresses()).containsExactly(OWN);
        rig.loop.turn();
        assertThat(rig.heard.heard()).isEmpty();
        rig.acquire(many);
        rig.loop.turn();
        assertThat(rig.addresses()).hasSize(251);
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void startSaysWhichTableCannotBeReadAndWhy() {
        FakeKernel kernel = new FakeKernel();
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.refuse(LinkMessage.RTM_GETLINK, Errno.EPERM, WORDS);
        assertThatThrownBy(() -> start(kernel))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("RTM_GETLINK failed with EPERM", WORDS);
        kernel.refuse(LinkMessage.RTM_GETLINK, null, "");
        kernel.refuse(AddressMessage.RTM_GETADDR, Errno.ENOMEM, "");
        assertThatThrownBy(() -> start(kernel)).hasMessageContaining("RTM_GETADDR failed with ENOMEM");
        kernel.refuse(AddressMessage.RTM_GETADDR, null, "");
        kernel.interruptDumps(20);
        assertThatThrownBy(() -> start(kernel)).hasMessageContaining("the table changed during each of 10 attempts");
    }

    @Test
    void tableThatChangesWhileItIsReadIsReadAgain() throws IOException {
        FakeKernel kernel = new FakeKernel();
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.interruptDumps(9);
        assertThat(start(kernel).table().link("eth0")).isPresent();
    }

    @Test
    void replyThatEndsTooSoonIsAnErrorAndNoWait() {
        NetlinkScript silent = new NetlinkScript(request -> List.of());
        ManualLoop loop = new ManualLoop();
        RouteFeed feed = new RouteFeed(loop, NetlinkScript.silent(), new NetlinkClient(silent));
        assertThatThrownBy(feed::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("RTM_GETLINK failed with ETIMEDOUT (110)");
    }

    private static RouteFeed start(FakeKernel kernel) throws IOException {
        RouteFeed feed = new RouteFeed(new ManualLoop(), kernel.monitor(), new NetlinkClient(kernel.requests()));
        feed.start();
        return feed;
    }
}
