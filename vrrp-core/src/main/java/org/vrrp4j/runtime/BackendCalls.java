package org.vrrp4j.runtime;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vrrp4j.spi.EventLoop;

/** Calls of an address backend, which may answer on any thread: its answers are taken on the loop's. */
final class BackendCalls {
    private final EventLoop loop;

    BackendCalls(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Calls the backend.
     *
     * @param answer takes what the operation failed with, or null if it did not
     */
    void call(Supplier<CompletionStage<Void>> operation, Consumer<Throwable> answer) {
        CompletionStage<Void> stage;
        try {
            stage = operation.get();
        } catch (RuntimeException e) {
            answer.accept(unwrap(e));
            return;
        }
        stage.whenComplete((nothing, failure) -> onLoop(() -> answer.accept(unwrap(failure))));
    }

    /** At once if this is the loop's thread. */
    void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What a failure says, or at least what it is. */
    static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
