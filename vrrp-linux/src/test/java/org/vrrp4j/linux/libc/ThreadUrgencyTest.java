package org.vrrp4j.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThreadUrgencyTest {
    private static final int NICE_FIELD = 16;
    private static final int POLICY_FIELD = 38;
    private static final int SCHED_FIFO = 1;

    @Test
    @DisplayName("the calling thread is nicer to nobody if it may be so, and what it starts is as nice as before")
    void inheritance() throws InterruptedException {
        AtomicBoolean raised = new AtomicBoolean();
        AtomicLong own = new AtomicLong();
        AtomicLong child = new AtomicLong();
        Thread urgent = new Thread(() -> {
            raised.set(ThreadUrgency.raise());
            own.set(nice());
            CompletableFuture<Long> inner = new CompletableFuture<>();
            new Thread(() -> inner.complete(nice())).start();
            child.set(inner.join());
        });
        urgent.start();
        urgent.join();
        assertThat(own.get()).isEqualTo(raised.get() ? -10 : nice());
        assertThat(child.get()).isEqualTo(nice());
    }

    @Test
    @DisplayName("a thread that insists is a real-time one if it may be so, and goes on as it was before")
    void insistence() throws InterruptedException {
        AtomicBoolean insisted = new AtomicBoolean();
        AtomicLong policy = new AtomicLong();
        AtomicLong policyAfter = new AtomicLong();
        AtomicLong niceBefore = new AtomicLong();
        AtomicLong niceAfter = new AtomicLong();
        Thread urgent = new Thread(() -> {
            ThreadUrgency.raise();
            niceBefore.set(nice());
            insisted.set(ThreadUrgency.insist());
            policy.set(field(POLICY_FIELD));
            ThreadUrgency.goOn();
            policyAfter.set(field(POLICY_FIELD));
            niceAfter.set(nice());
        });
        urgent.start();
        urgent.join();
        assertThat(policy.get()).isEqualTo(insisted.get() ? SCHED_FIFO : 0);
        assertThat(policyAfter.get()).isZero();
        assertThat(niceAfter.get()).isEqualTo(niceBefore.get());
    }

    private static long nice() {
        return field(NICE_FIELD);
    }

    /** Behind the name, which may have spaces in it. */
    private static long field(int index) {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[index]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
