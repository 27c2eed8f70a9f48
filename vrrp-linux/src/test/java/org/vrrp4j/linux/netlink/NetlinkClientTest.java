package org.vrrp4j.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;

class NetlinkClientTest {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int TYPE = 20;

    private final Deque<List<NetlinkMessage>> answers = new ArrayDeque<>();
    private final NetlinkScript kernel = new NetlinkScript(request -> answers.isEmpty() ? List.of() : answers.remove());
    private final NetlinkClient client = new NetlinkClient(kernel);

    private static NetlinkMessage entry(int flags) {
        return new NetlinkMessage(TYPE, NetlinkMessage.NLM_F_MULTI | flags, NOTHING);
    }

    private static NetlinkMessage request() {
        return new NetlinkMessage(TYPE, 0, NOTHING);
    }

    @Test
    void requestAsksForAnAnswerAndHasItsOwnNumber() throws Exception {
        answers.add(List.of(NetlinkScript.success(request())));
        answers.add(List.of(NetlinkScript.success(request())));
        client.execute("first", TYPE, NetlinkMessage.NLM_F_EXCL, NOTHING);
        client.execute("second", TYPE, 0, NOTHING);
        assertThat(kernel.requests())
                .extracting(NetlinkMessage::flags, NetlinkMessage::sequence)
                .containsExactly(tuple(0x205, 1), tuple(0x005, 2));
    }

    @Test
    void refusalNamesOperationNumberAndTheKernelsWords() {
        answers.add(List.of(NetlinkScript.refusal(request(), Errno.EEXIST, "ipv4: Address already assigned")));
        assertThatThrownBy(() -> client.execute("RTM_NEWADDR 192.0.2.100/24 dev eth0", TYPE, 0, NOTHING))
                .isInstanceOf(LinuxException.class)
                .hasMessage("RTM_NEWADDR 192.0.2.100/24 dev eth0 failed with EEXIST (17): File exists"
                        + " (ipv4: Address already assigned)");
    }

    @Test
    void answerToAnotherRequestIsPassedOver() throws Exception {
        kernel.tell(NetlinkScript.refusal(request(), Errno.EPERM, "").withSequence(99));
        answers.add(List.of(NetlinkScript.success(request())));
        client.execute("first", TYPE, 0, NOTHING);
    }

    @Test
    void severalRequestsGoAtOnceAndOnlyTheLastAsksForAnAnswer() throws Exception {
        answers.add(List.of());
        answers.add(List.of());
        answers.add(List.of(NetlinkScript.success(request())));
        assertThat(client.executeAll(number -> "no " + number, TYPE, 0, List.of(NOTHING, NOTHING, NOTHING)))
                .isEmpty();
        assertThat(kernel.batches()).isEqualTo(1);
        assertThat(kernel.requests())
                .extracting(NetlinkMessage::flags, NetlinkMessage::sequence)
                .containsExactly(tuple(0x001, 1), tuple(0x001, 2), tuple(0x005, 3));
        assertThat(client.executeAll(number -> "no " + number, TYPE, 0, List.of()))
                .isEmpty();
        assertThat(kernel.batches()).isEqualTo(1);
    }

    @Test
    void eachRefusalOfSeveralIsTold() throws Exception {
        answers.add(List.of(NetlinkScript.refusal(request(), Errno.EPERM, "")));
        answers.add(List.of());
        answers.add(List.of(NetlinkScript.refusal(request(), Errno.ENODEV, "")));
        assertThat(client.executeAll(number -> "no " + number, TYPE, 0, List.of(NOTHING, NOTHING, NOTHING)))
                .extracting(LinuxException::operation, LinuxException::errno)
                .containsExactly(tuple("no 0", Errno.EPERM.number()), tuple("no 2", Errno.ENODEV.number()));
    }

    @Test
    void manyRequestsGoInSeveralPartsSoThatTheirAnswersFitIntoTheQueue() throws Exception {
        List<ByteBuffer> payloads = Collections.nCopies(600, NOTHING);
        payloads.forEach(payload -> answers.add(List.of(NetlinkScript.refusal(request(), Errno.ENOENT, ""))));
        assertThat(client.executeAll(number -> "no " + number, TYPE, 0, payloads))
                .hasSize(600)
                .last()
                .extracting(LinuxException::operation)
                .isEqualTo("no 599");
        assertThat(kernel.batches()).isEqualTo(3);
    }

    @Test
    void answersOfABatchMayComeInAnyDatagramsAndBetweenOthers() throws Exception {
        kernel.tell(
                NetlinkScript.refusal(request(), Errno.EPERM, "").withSequence(99),
                NetlinkScript.refusal(request(), Errno.ENODEV, "first words").withSequence(1));
        kernel.tell(entry(0).withSequence(2));
        kernel.tell(
                NetlinkScript.refusal(request(), Errno.EEXIST, "").withSequence(2),
                NetlinkScript.success(request()).withSequence(3));
        assertThat(client.executeAll(number -> "no " + number, TYPE, 0, List.of(NOTHING, NOTHING, NOTHING)))
                .extracting(LinuxException::getMessage)
                .containsExactly(
                        "no 0 failed with ENODEV (19): No such device (first words)",
                        "no 1 failed with EEXIST (17): File exists");
    }

    @Test
    void batchWhoseLastAnswerIsMissingIsAnErrorAndNoWait() {
        answers.add(List.of(NetlinkScript.refusal(request(), Errno.ENODEV, "")));
        assertThatThrownBy(() -> client.executeAll(number -> "no " + number, TYPE, 0, List.of(NOTHING, NOTHING)))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("no 1 failed with ETIMEDOUT (110)");
    }

    @Test
    void overrunWithinAnAnswerIsAnErrorAndTheNextRequestIsNotConfusedByTheRest() throws Exception {
        kernel.loseMessages();
        kernel.tell(NetlinkScript.refusal(request(), Errno.EPERM, "").withSequence(1));
        assertThatThrownBy(() -> client.execute("first", TYPE, 0, NOTHING)).hasMessageContaining("ENOBUFS (105)");
        answers.add(List.of(NetlinkScript.success(request())));
        client.execute("second", TYPE, 0, NOTHING);
        answers.add(List.of(entry(0), NetlinkScript.done()));
        assertThat(client.dump("third", TYPE, NOTHING)).hasSize(1);
    }

    @Test
    void dumpWithoutAnEndIsAnErrorAndNoWait() {
        answers.add(List.of(entry(0), entry(0)));
        assertThatThrownBy(() -> client.dump("dump", TYPE, NOTHING))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("dump failed with ETIMEDOUT (110)");
    }

    @Test
    void dumpMayComeInSeveralDatagrams() throws Exception {
        kernel.tell(entry(0).withSequence(1));
        kernel.tell(entry(0).withSequence(1), NetlinkScript.done().withSequence(1));
        assertThat(client.dump("dump", TYPE, NOTHING)).hasSize(2);
    }

    @Test
    void missingAnswerIsAnErrorAndNoWait() {
        assertThatThrownBy(() -> client.execute("first", TYPE, 0, NOTHING))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("the kernel has not answered");
    }

    @Test
    void dumpEndsWithDone() throws Exception {
        answers.add(List.of(entry(0), entry(0), NetlinkScript.done()));
        assertThat(client.dump("dump", TYPE, NOTHING)).hasSize(2);
        assertThat(kernel.requests().get(0).flags()).isEqualTo(0x301);
    }

    @Test
    void interruptedDumpIsReadAnew() throws Exception {
        answers.add(List.of(entry(0), entry(NetlinkMessage.NLM_F_DUMP_INTR), NetlinkScript.done()));
        answers.add(List.of(entry(0), NetlinkScript.done()));
        assertThat(client.dump("dump", TYPE, NOTHING)).hasSize(1);
        assertThat(kernel.requests()).hasSize(2);
    }

    @Test
    void dumpThatIsAlwaysInterruptedFails() {
        for (int i = 0; i < 20; i++) {
            answers.add(List.of(entry(NetlinkMessage.NLM_F_DUMP_INTR), NetlinkScript.done()));
        }
        assertThatThrownBy(() -> client.dump("dump", TYPE, NOTHING))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("EBUSY");
        assertThat(kernel.requests()).hasSize(10);
    }

    @Test
    void errorAtTheEndOfADumpIsThrown() {
        ByteBuffer errno = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0, -Errno.EINVAL.number());
        answers.add(List.of(entry(0), new NetlinkMessage(NetlinkMessage.NLMSG_DONE, 0, errno)));
        assertThatThrownBy(() -> client.dump("dump", TYPE, NOTHING)).hasMessageContaining("EINVAL (22)");
    }

    @Test
    void refusedDumpIsThrown() {
        answers.add(List.of(NetlinkScript.refusal(request(), Errno.EOPNOTSUPP, "")));
        assertThatThrownBy(() -> client.dump("dump", TYPE, NOTHING)).hasMessageContaining("EOPNOTSUPP (95)");
    }

    @Test
    void wordsBehindAWholeRequestAreFound() {
        // error -22, the request's header with length 18, its two bytes and padding, NLMSGERR_ATTR_MSG "no"
        String little = "eaffffff" + "12000000" + "1400" + "0500" + "01000000" + "00000000" + "aabb0000" + "0700"
                + "0100" + "6e6f0000";
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex(little));
            NetlinkMessage message =
                    new NetlinkMessage(NetlinkMessage.NLMSG_ERROR, NetlinkError.NLM_F_ACK_TLVS, payload);
            assertThat(NetlinkError.decode(message)).isEqualTo(new NetlinkError(22, "no"));
        }
    }

    @Test
    void closeClosesTheChannel() {
        client.close();
        assertThat(kernel.isClosed()).isTrue();
    }
}
