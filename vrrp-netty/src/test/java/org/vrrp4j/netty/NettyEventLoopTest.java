package org.vrrp4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.netty.NettyTransportProviderTest.NoNative;
import org.vrrp4j.spi.EventLoop;

/** The loop keeps the contract of {@link EventLoop}. */
class NettyEventLoopTest {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final long MANY_SECONDS = TimeUnit.SECONDS.toNanos(600);

    private EventLoop loop;

    @BeforeEach
    void start() {
        NoNative.abortIfMissing();
        loop = NettyEventLoop.start("vrrp-test");
    }

    @AfterEach
    void close() {
        if (loop != null) {
            loop.close();
        }
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(10, TimeUnit.SECONDS);
    }

    @Test
    void runsTasksInOrderOnOneDaemonThreadOfThatName() throws Exception {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> seen.add(number));
        }
        String thread = onLoop(() ->
                Thread.currentThread().getName() + " " + Thread.currentThread().isDaemon() + " " + loop.inEventLoop());
        assertThat(thread).startsWith("vrrp-test").endsWith("true true");
        assertThat(seen).hasSize(100).isSorted();
        assertThat(loop.inEventLoop()).isFalse();
    }

    @Test
    void runsAnOverdueTaskAtOnceAndTasksInTheOrderOfTheirDeadlines() throws Exception {
        List<String> seen = new ArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        onLoop(() -> {
            long now = loop.nanoTime();
            loop.schedule(now + 20_000_000, () -> {
                seen.add("later");
                last.complete(null);
            });
            loop.schedule(now + 10_000_000, () -> seen.add("soon"));
            loop.schedule(now - 1, () -> seen.add("overdue"));
            return null;
        });
        last.get(10, TimeUnit.SECONDS);
        assertThat(seen).containsExactly("overdue", "soon", "later");
    }

    @Test
    void aTimerRunsOnTimeAndNotAtATimeItWasMovedFrom() throws Exception {
        CompletableFuture<Long> lateness = new CompletableFuture<>();
        onLoop(() -> {
            long deadline = loop.nanoTime() + 30_000_000;
            EventLoop.Timer timer = loop.newTimer(() -> lateness.complete(loop.nanoTime() - deadline));
            timer.arm(loop.nanoTime() + MANY_SECONDS);
            timer.arm(loop.nanoTime() + 1_000_000);
            timer.arm(deadline);
            return null;
        });
        assertThat(lateness.get(10, TimeUnit.SECONDS)).isNotNegative();
    }

    @Test
    void whatIsReadableIsReadBeforeATimerRunsThatIsDueToo() throws Exception {
        List<String> seen = new ArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        try (Mailbox mailbox = new Mailbox("vrrp4j-before-timers")) {
            onLoop(() -> {
                loop.watch(mailbox.fd(), () -> {
                    mailbox.receive();
                    seen.add("packet");
                });
                loop.schedule(loop.nanoTime(), () -> {
                    seen.add("timer");
                    last.complete(null);
                });
                mailbox.send(1);
                return null;
            });
            last.get(10, TimeUnit.SECONDS);
            assertThat(seen).containsExactly("packet", "timer");
        }
    }

    @Test
    void aLoopThatStaysAwakeServesDescriptorsTimersAndTasksOfOtherThreadsAllTheSame() throws Exception {
        CompletableFuture<Void> packet = new CompletableFuture<>();
        CompletableFuture<Void> timer = new CompletableFuture<>();
        try (Mailbox mailbox = new Mailbox("vrrp4j-awake")) {
            onLoop(() -> {
                loop.stayAwake(loop.nanoTime() + 19_000_000);
                loop.watch(mailbox.fd(), () -> {
                    mailbox.receive();
                    packet.complete(null);
                });
                loop.schedule(loop.nanoTime() + 1_000_000, () -> timer.complete(null));
                return null;
            });
            mailbox.send(1);
            assertThat(onLoop(loop::inEventLoop)).isTrue();
            packet.get(10, TimeUnit.SECONDS);
            timer.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void onlyTheThreadOfTheLoopSchedules() {
        assertThatThrownBy(() -> loop.schedule(loop.nanoTime(), () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Thread.currentThread().getName());
    }

    @Test
    void aCancelledTaskDoesNotRun() throws Exception {
        List<String> seen = new ArrayList<>();
        CompletableFuture<Void> after = new CompletableFuture<>();
        onLoop(() -> {
            EventLoop.Scheduled cancelled = loop.schedule(loop.nanoTime() + 5_000_000, () -> seen.add("cancelled"));
            loop.schedule(loop.nanoTime() + 10_000_000, () -> after.complete(null));
            cancelled.cancel();
            return null;
        });
        after.get(10, TimeUnit.SECONDS);
        assertThat(seen).isEmpty();
    }

    @Test
    void aReadableDescriptorIsToldUntilTheWatchIsClosed() throws Exception {
        try (Mailbox mailbox = new Mailbox("vrrp4j-readable")) {
            CompletableFuture<Integer> received = new CompletableFuture<>();
            EventLoop.Watch watch = onLoop(() -> loop.watch(mailbox.fd(), () -> received.complete(mailbox.receive())));
            mailbox.send(7);
            assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(7);

            onLoop(() -> {
                watch.close();
                watch.close();
                mailbox.send(8);
                return null;
            });
            assertThat(onLoop(mailbox::receive)).isEqualTo(8);
        }
    }

    @Test
    void aThrowingReaderDoesNotEndTheLoop() throws Exception {
        try (Mailbox mailbox = new Mailbox("vrrp4j-throwing")) {
            onLoop(() -> loop.watch(mailbox.fd(), () -> {
                throw new IllegalStateException("reader of packet " + mailbox.receive());
            }));
            mailbox.send(1);
            assertThat(onLoop(loop::inEventLoop)).isTrue();
        }
    }

    @Test
    void aClosedLoopRefusesTasks() {
        loop.close();
        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aClosedLoopDoesNotWaitForFarTimers() throws Exception {
        onLoop(() -> loop.schedule(loop.nanoTime() + MANY_SECONDS, () -> {}));
        loop.close();
        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    /** A datagram socket that sends to itself. */
    private static final class Mailbox implements AutoCloseable {
        private final SocketFd socket;
        private final ByteBuffer address;
        private final ByteBuffer data = ByteBuffer.allocateDirect(1);

        Mailbox(String name) throws LinuxException {
            socket = SocketFd.open("mailbox", AF_UNIX, SOCK_DGRAM, 0);
            byte[] path = name.getBytes(StandardCharsets.US_ASCII);
            // struct sockaddr_un with an abstract name: a zero byte first
            address = ByteBuffer.allocateDirect(3 + path.length).order(ByteOrder.nativeOrder());
            address.putShort((short) AF_UNIX).put((byte) 0).put(path);
            byte[] bytes = new byte[address.capacity()];
            address.get(0, bytes);
            socket.bind(bytes);
        }

        int fd() {
            return socket.fd();
        }

        void send(int value) throws LinuxException {
            data.put(0, (byte) value);
            socket.send(Libc.address(data), 1, Libc.address(address), address.capacity());
        }

        int receive() {
            try {
                return socket.receive(Libc.address(data), 1) == 1 ? data.get(0) : -1;
            } catch (LinuxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
