package org.vrrp4j.linux.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.model.Fault;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;

/** Notes in a list what it is asked for, and does it or fails. */
public final class RecordingBackend implements AddressBackend {
    private final List<String> journal;
    private String failing = "";

    /** One that succeeds. */
    public RecordingBackend(List<String> journal) {
        this.journal = journal;
    }

    /** From now on this fails: {@code acquire}, {@code change} or {@code release}; nothing does with an empty text. */
    public void fail(String operation) {
        failing = operation;
    }

    private CompletionStage<Void> run(String operation) {
        journal.add(operation);
        return operation.equals(failing)
                ? CompletableFuture.failedFuture(
                        new AddressException(Fault.ADDRESS_FAILED, operation + " does not work", null))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        return run("register");
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        return run("acquire");
    }

    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        return run("change");
    }

    @Override
    public void renew(AddressClaim claim) {
        run("renew");
    }

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        return run("release");
    }

    @Override
    public void unregister(AddressClaim claim) {
        run("unregister");
    }

    @Override
    public void close() {
        run("close");
    }
}
