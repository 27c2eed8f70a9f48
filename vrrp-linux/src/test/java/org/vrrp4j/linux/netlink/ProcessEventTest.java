package org.vrrp4j.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.linux.netlink.ProcessEvent.Kind;

/** What Linux 6.18 has sent, on x86-64 and so in little-endian order, while a program ran another one. */
class ProcessEventTest {
    private static final String HEAD = "0100000001000000020000000000000028000000";
    private static final String FORK = "01000000000000008a8f92a1061f0000" + "15590000155900003e5900003e590000";
    private static final String THREAD = "01000000000000008a8f92a1061f0000" + "15590000155900003f5900003e590000";
    private static final String EXEC = "0200000000000000b3619ca1061f0000" + "3e5900003e590000";
    private static final String COMM = "0002000000000000b3619ca1061f0000" + "3e5900003e590000" + "74727565";
    private static final String COMM_OF_THREAD = "0002000000000000b3619ca1061f0000" + "3f5900003e590000" + "74727565";
    private static final String EXIT =
            "00000080000000008d2da4a1061f0000" + "3e5900003e59000000000000110000001559000015590000";
    private static final String USER = "04000000000000008d2da4a1061f0000" + "3e5900003e590000";
    private static final String ANSWER = "0000000000000000061490a1061f0000" + "01000000";
    private static final int EVENT_BYTES = 40;

    private static NetlinkMessage message(String head, String event) {
        byte[] bytes = HexFormat.of().parseHex(head + event);
        ByteBuffer padded = ByteBuffer.allocate(20 + EVENT_BYTES).put(bytes).rewind();
        return new NetlinkMessage(NetlinkMessage.NLMSG_DONE, 0, padded);
    }

    @ParameterizedTest
    @CsvSource({
        FORK + ", FORKED, 22846, 22805",
        EXEC + ", CHANGED, 22846, 0",
        COMM + ", CHANGED, 22846, 0",
        EXIT + ", ENDED, 22846, 0",
        ANSWER + ", ANSWERED, 1, 0"
    })
    void whatBecomesOfAProcessIsRead(String event, Kind kind, int process, int parent) {
        assertThat(ProcessEvent.decode(message(HEAD, event))).contains(new ProcessEvent(kind, process, parent));
    }

    @Test
    void threadsAndOtherEventsAreOfNoInterest() {
        assertThat(ProcessEvent.decode(message(HEAD, THREAD))).isEmpty();
        assertThat(ProcessEvent.decode(message(HEAD, COMM_OF_THREAD))).isEmpty();
        assertThat(ProcessEvent.decode(message(HEAD, USER))).isEmpty();
        String ofSomebodyElse = HEAD.replaceFirst("01", "05");
        assertThat(ProcessEvent.decode(message(ofSomebodyElse, EXEC))).isEmpty();
    }

    @Test
    void aMessageThatIsCutOffTellsNothing() {
        ByteBuffer whole = message(HEAD, EXEC).payload();
        for (int length = 0; length < whole.capacity(); length++) {
            NetlinkMessage cut = new NetlinkMessage(
                    NetlinkMessage.NLMSG_DONE,
                    0,
                    whole.duplicate().limit(length).slice());
            assertThat(ProcessEvent.decode(cut)).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void theRequestIsThatOfTheConnector() {
        ByteBuffer request = ProcessEvent.request(true).payload();
        assertThat(request.remaining()).isEqualTo(24);
        request.order(ByteOrder.nativeOrder());
        assertThat(request.getInt()).isEqualTo(1);
        assertThat(request.getInt()).isEqualTo(1);
        assertThat(request.getLong()).isZero();
        assertThat(request.getShort()).isEqualTo((short) 4);
        assertThat(request.getShort()).isZero();
        assertThat(request.getInt()).isEqualTo(1);
        assertThat(ProcessEvent.request(false).payload().getInt(20)).isEqualTo(2);
    }
}
