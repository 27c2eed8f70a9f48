package org.vrrp4j.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.spi.EventLoop;

/** Kernels that have no io_uring for us. */
class UringAvailabilityTest {

    /** A kernel that answers a set-up with this, and whose rings must not be touched. */
    private static final class Refusing implements UringCalls {
        private final int answer;
        private int closed;

        Refusing(int answer) {
            this.answer = answer;
        }

        @Override
        public int setup(int entries, long parameters) {
            return answer;
        }

        @Override
        public int enter(int fd, int submitted, int wanted, int flags) {
            throw new AssertionError("there is no ring");
        }

        @Override
        public long map(int fd, long offset, long bytes) {
            return -Errno.ENOMEM.number();
        }

        @Override
        public void unmap(long address, long bytes) {
            throw new AssertionError("nothing was mapped");
        }

        @Override
        public void close(int fd) {
            closed++;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "38, ENOSYS, Linux 5.17 or newer and a profile that allows io_uring_setup",
        "1, EPERM, io_uring",
        "13, EACCES, io_uring",
        "12, ENOMEM, ulimit -l",
        "24, EMFILE, Too many open files"
    })
    void aRefusalIsNamedWithItsRemedy(int errno, String name, String remedy) {
        Optional<String> reason = UringAvailability.unavailability(new Refusing(-errno));

        assertThat(reason.orElseThrow())
                .startsWith("io_uring_setup failed with " + name)
                .contains(remedy);
    }

    @Test
    void aKernelBeforeTheOneThatIsNeededIsToldByItsFeatures() {
        // it sets a ring up, and leaves the features at 0
        Refusing old = new Refusing(7);

        assertThat(UringAvailability.unavailability(old).orElseThrow()).contains("Linux 5.17 or newer is needed");
        assertThat(old.closed).isEqualTo(1);
    }

    @Test
    void queuesAreNotOpenedWhereThereIsNoRing() {
        EventLoop loop = new NoLoop();

        assertThatThrownBy(() -> KernelQueues.open(loop, new Refusing(-Errno.EPERM.number())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("io_uring_setup failed with EPERM (1)");
    }

    /** Only its clock is asked. */
    private static final class NoLoop implements EventLoop {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean inEventLoop() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            throw new AssertionError("nothing is to be done");
        }

        @Override
        public Scheduled schedule(long deadlineNanos, Runnable task) {
            throw new AssertionError("nothing is to be done");
        }

        @Override
        public Watch watch(int fileDescriptor, Runnable onReadable) {
            throw new AssertionError("there is nothing to watch");
        }

        @Override
        public void close() {
            // there is no thread
        }
    }
}
