package org.vrrp4j;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.ProbeResult;

/** Calls a function of the application on a thread of its own, one for each run. */
final class HealthProbe implements Probe {
    private final String name;
    private final Callable<Boolean> function;
    private final AtomicBoolean busy = new AtomicBoolean();

    HealthProbe(String name, Callable<Boolean> function) {
        this.name = name;
        this.function = Objects.requireNonNull(function, "function");
    }

    @Override
    public Run start(Consumer<ProbeResult> answer) {
        if (!busy.compareAndSet(false, true)) {
            answer.accept(ProbeResult.failed("a run from before a change of configuration has not ended"));
            return () -> {};
        }
        Thread thread = new Thread(
                () -> {
                    ProbeResult result = call();
                    busy.set(false);
                    answer.accept(result);
                },
                "vrrp-check-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    private ProbeResult call() {
        try {
            return Boolean.TRUE.equals(function.call()) ? ProbeResult.PASSED : ProbeResult.failed("not well");
        } catch (Throwable e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            return ProbeResult.failed(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        }
    }
}
