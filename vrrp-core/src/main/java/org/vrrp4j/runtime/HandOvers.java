package org.vrrp4j.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.HandOverResult;
import org.vrrp4j.model.HandOverResult.Outcome;
import org.vrrp4j.model.Role;
import org.vrrp4j.protocol.RouterMachine;

/** The hand-overs of one router that have been asked for and not answered yet. On the loop's thread. */
final class HandOvers {
    private final RouterMachine machine;
    private final List<CompletableFuture<Outcome>> waiting = new ArrayList<>();

    HandOvers(RouterMachine machine) {
        this.machine = machine;
    }

    /**
     * Hands over unless there is a reason not to. Completes when the addresses are gone and the peers told, or with the
     * reason.
     *
     * @param forced even if no peer was ever heard
     * @param start tells the machine
     */
    CompletionStage<HandOverResult> ask(RouterConfig config, boolean forced, Runnable start) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        if (machine.role() != Role.MASTER) {
            outcome.complete(Outcome.NOT_MASTER);
        } else if (!forced && !machine.hasHeardPeer()) {
            outcome.complete(Outcome.NO_PEER_HEARD);
        } else {
            waiting.add(outcome);
            start.run();
        }
        return outcome.thenApply(result -> new HandOverResult(config.id(), config.name(), result));
    }

    /** Answers those that are done. */
    void proceed() {
        if (!waiting.isEmpty() && !machine.isLeaving()) {
            List<CompletableFuture<Outcome>> done = List.copyOf(waiting);
            waiting.clear();
            done.forEach(outcome -> outcome.complete(Outcome.DONE));
        }
    }
}
