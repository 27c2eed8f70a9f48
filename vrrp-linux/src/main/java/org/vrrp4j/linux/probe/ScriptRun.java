package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.ProbeResult;

/** One run of a program: it reads on what it writes, keeps the beginning, and kills it with its children if told to. */
final class ScriptRun implements Runnable, Probe.Run {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    private static final long LOOK_MILLIS = 20;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int KEPT_BYTES = 200;

    private final Source source;
    private final Consumer<ProbeResult> answer;
    private final StringBuilder output = new StringBuilder();
    private final byte[] buffer = new byte[8192];
    private volatile Process process;
    private volatile boolean cancelled;

    /** What makes the process ready to start. */
    interface Source {
        ProcessBuilder builder() throws IOException, InterruptedException;
    }

    ScriptRun(Source source, Consumer<ProbeResult> answer) {
        this.source = source;
        this.answer = answer;
    }

    @Override
    public void run() {
        ProbeResult result;
        try {
            process = source.builder().start();
            result = follow();
        } catch (IOException | InterruptedException e) {
            result = ProbeResult.failed(String.valueOf(e.getMessage()));
        }
        answer.accept(result);
    }

    /** The signal goes out at once: this JVM may be about to end. */
    @Override
    public void cancel() {
        cancelled = true;
        if (process != null) {
            signalGroup(SIGTERM);
        }
    }

    private ProbeResult follow() throws IOException, InterruptedException {
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            read();
            if (cancelled) {
                kill();
                return ProbeResult.failed("killed");
            }
        }
        read();
        int status = process.exitValue();
        String text = output.toString().strip();
        return new ProbeResult(
                status == 0,
                status == 0 ? "" : "exit status " + status + (text.isEmpty() ? "" : ": " + firstLine(text)));
    }

    /** Never waits: a process that the program left behind may keep the other end open. */
    private void read() throws IOException {
        InputStream in = process.getInputStream();
        for (int available = in.available(); available > 0; available = in.available()) {
            int count = in.read(buffer, 0, Math.min(available, buffer.length));
            if (count <= 0) {
                return;
            }
            int kept = Math.min(count, KEPT_BYTES - Math.min(KEPT_BYTES, output.length()));
            output.append(new String(buffer, 0, kept, StandardCharsets.UTF_8));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
    }

    /** Asks first, forces after two seconds, and again as long as anything is left. */
    private void kill() throws InterruptedException {
        List<ProcessHandle> left = new ArrayList<>(process.descendants().toList());
        left.add(process.toHandle());
        signalGroup(SIGTERM);
        left.forEach(ProcessHandle::destroy);
        long begun = System.nanoTime();
        while (left.stream().anyMatch(ProcessHandle::isAlive)) {
            Thread.sleep(LOOK_MILLIS);
            if (System.nanoTime() - begun >= GRACE_NANOS) {
                process.descendants().filter(child -> !left.contains(child)).forEach(left::add);
                signalGroup(SIGKILL);
                left.forEach(ProcessHandle::destroyForcibly);
                begun = System.nanoTime();
            }
        }
    }

    /** Only while the leader lives, or has not been waited for: afterwards the number may be somebody else's. */
    private void signalGroup(int signal) {
        if (process.isAlive()) {
            Libc.kill((int) -process.pid(), signal);
        }
    }
}
