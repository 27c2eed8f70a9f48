package org.vrrp4j.linux.guard;

import java.util.concurrent.CompletionStage;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressListener;

/**
 * An address backend whose held addresses a guard knows. It is told of an address only once that is in place, so that
 * it never takes away what somebody else has put there.
 */
public final class GuardedAddressBackend implements AddressBackend {
    private final AddressBackend backend;
    private final AddressGuard guard;

    /** Both become the new backend's, to close with it. */
    public GuardedAddressBackend(AddressBackend backend, AddressGuard guard) {
        this.backend = backend;
        this.guard = guard;
    }

    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        return backend.register(claim, listener);
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        return backend.acquire(claim).whenComplete((nothing, failure) -> update(claim, failure == null));
    }

    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        boolean held = guard.protects(from.router());
        return backend.change(from, to).whenComplete((nothing, failure) -> update(to, held && failure == null));
    }

    private void update(AddressClaim claim, boolean held) {
        if (held) {
            guard.protect(claim);
        } else {
            guard.release(claim.router());
        }
    }

    @Override
    public void renew(AddressClaim claim) {
        backend.renew(claim);
    }

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        return backend.release(claim).whenComplete((nothing, failure) -> guard.release(claim.router()));
    }

    @Override
    public void unregister(AddressClaim claim) {
        backend.unregister(claim);
        guard.release(claim.router());
    }

    /** The guard last: if the process dies meanwhile, the rest of the addresses goes as well. */
    @Override
    public void close() {
        backend.close();
        guard.close();
    }
}
