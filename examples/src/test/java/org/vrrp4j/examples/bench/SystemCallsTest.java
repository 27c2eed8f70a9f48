package org.vrrp4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SystemCallsTest {
    private static final String OUTPUT = """
            2350;;raw_syscalls:sys_enter;9876543;100.00;;
            170;;syscalls:sys_enter_io_uring_enter;9876543;100.00;;
            <not counted>;;syscalls:sys_enter_sendmsg;0;100.00;;
            """;

    @Test
    void countsOfPerfAreASecond() throws IOException {
        assertThat(SystemCalls.parse(OUTPUT, 10)).isEqualTo(new SystemCalls(235, 17, 0));
    }

    @Test
    void anEventThatPerfDoesNotKnowIsNoZero() {
        String refused = OUTPUT.replace("<not counted>;;syscalls:sys_enter_sendmsg", "event syntax error");
        assertThatThrownBy(() -> SystemCalls.parse(refused, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sys_enter_sendmsg");
        assertThatThrownBy(() -> SystemCalls.parse(OUTPUT.replace("170", "<not supported>"), 10))
                .isInstanceOf(IOException.class);
    }
}
