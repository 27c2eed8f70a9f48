package org.vrrp4j.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.socket.PreparedMessage;
import org.vrrp4j.linux.socket.PreparedMessages;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.spi.QueuedTimes;

/** Kernels that refuse a ring or its memory: what was taken is given back. */
class KernelQueuesTest {
    private static final QueuedTimes TIMES = new QueuedTimes(10_000_000, 10_000_000, 20_000_000, 50_000_000);

    private final ManualLoop loop = new ManualLoop();
    private final FakeUring kernel = new FakeUring();

    @ParameterizedTest
    @EnumSource(names = {"EPERM", "ENOSYS", "ENOMEM"})
    void whereRingsAreRefusedThereAreNoQueues(Errno errno) {
        kernel.refuseRings(errno);

        assertThatThrownBy(() -> KernelQueues.open(loop, kernel))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("io_uring_setup failed with " + errno.name());
        assertThat(loop.watches()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aRingWithoutItsMemoryIsGivenBack(int mapping) {
        kernel.refuseMemory(mapping);

        assertThatThrownBy(() -> KernelQueues.open(loop, kernel))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("mmap of io_uring failed with ENOMEM");
        assertThat(kernel.held()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"EPERM", "ENOSYS", "ENOMEM"})
    void aFurtherRingThatIsRefusedLeavesTheOthers(Errno errno) throws IOException {
        List<PreparedMessage> messages = List.of(PreparedMessages.of(1));
        try (KernelQueues queues = KernelQueues.open(loop, kernel)) {
            for (int i = 0; i < 32; i++) {
                assertThat(queues.queue(messages, TIMES, () -> {})).isPresent();
            }
            kernel.refuseRings(errno);
            assertThat(queues.queue(messages, TIMES, () -> {})).isEmpty();
            assertThat(kernel.held()).as("a ring and its two mappings").isEqualTo(3);
        }
        assertThat(kernel.held()).isZero();
    }

    @Test
    void anAdvertisementThatIsMoreThanARingIsNotQueued() throws IOException {
        List<PreparedMessage> many = new ArrayList<>();
        while (KernelQueue.fits(many.size() + 1)) {
            many.add(PreparedMessages.of(1));
        }
        assertThat(many).hasSize(253);
        try (KernelQueues queues = KernelQueues.open(loop, kernel)) {
            assertThat(queues.queue(many, TIMES, () -> {})).isPresent();
            many.add(PreparedMessages.of(1));
            assertThat(queues.queue(many, TIMES, () -> {})).isEmpty();
        }
    }
}
