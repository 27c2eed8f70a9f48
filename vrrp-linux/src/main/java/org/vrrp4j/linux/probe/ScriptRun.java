package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.vrrp4j.linux.process.CommandProcess;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.ProbeResult;

/** One run of a program, which is killed with its children if told to. */
final class ScriptRun implements Runnable, Probe.Run {
    private final Source source;
    private final Consumer<ProbeResult> answer;
    private volatile CommandProcess process;
    private volatile boolean cancelled;

    /** What starts the program. */
    interface Source {
        CommandProcess start() throws IOException, InterruptedException;
    }

    ScriptRun(Source source, Consumer<ProbeResult> answer) {
        this.source = source;
        this.answer = answer;
    }

    @Override
    public void run() {
        ProbeResult result;
        try {
            process = source.start();
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
            process.askToEnd();
        }
    }

    private ProbeResult follow() throws InterruptedException {
        OptionalInt status = process.await(() -> cancelled);
        if (cancelled) {
            process.end();
            return ProbeResult.failed("killed");
        }
        if (status.getAsInt() == 0) {
            return new ProbeResult(true, "");
        }
        String text = process.firstLine();
        return ProbeResult.failed("exit status " + status.getAsInt() + (text.isEmpty() ? "" : ": " + text));
    }
}
