package org.vrrp4j.runtime;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.EventLoop;

/**
 * One router's dealings with the address backend: answers come back as inputs on the loop, however the backend gives
 * them, and so does what others do to the addresses.
 */
final class AddressOperations implements AddressListener {
    private final AddressBackend backend;
    private AddressClaim claim;
    private final BackendCalls calls;
    private final Consumer<Input> inputs;

    AddressOperations(AddressBackend backend, AddressClaim claim, EventLoop loop, Consumer<Input> inputs) {
        this.backend = backend;
        this.claim = claim;
        this.calls = new BackendCalls(loop);
        this.inputs = inputs;
    }

    /** Answers with what starts the router. */
    void register(Supplier<Input> started) {
        calls.call(() -> backend.register(claim, this), failure -> {
            if (failure != null) {
                inputs.accept(new Input.FaultRaised(fault(failure), BackendCalls.message(failure)));
            }
            inputs.accept(started.get());
        });
    }

    void acquire() {
        calls.call(
                () -> backend.acquire(claim),
                failure -> inputs.accept(
                        failure == null
                                ? new Input.AddressesAcquired()
                                : new Input.AcquireFailed(fault(failure), BackendCalls.message(failure))));
    }

    void change(AddressClaim next) {
        AddressClaim before = claim;
        claim = next;
        calls.call(
                () -> backend.change(before, next),
                failure -> inputs.accept(
                        failure == null
                                ? new Input.AddressesChanged()
                                : new Input.AcquireFailed(fault(failure), BackendCalls.message(failure))));
    }

    void renew() {
        backend.renew(claim);
    }

    void release(Consumer<String> onFailure) {
        calls.call(() -> backend.release(claim), failure -> {
            if (failure != null) {
                onFailure.accept(BackendCalls.message(failure));
            }
            inputs.accept(new Input.AddressesReleased());
        });
    }

    void unregister() {
        backend.unregister(claim);
    }

    @Override
    public void onForeignAddress(VirtualAddress address, String where) {
        hear(new Input.FaultRaised(Fault.FOREIGN_ADDRESS, address + ": " + where));
    }

    @Override
    public void onForeignAddressGone() {
        hear(new Input.FaultCleared(Fault.FOREIGN_ADDRESS));
    }

    @Override
    public void onAddressLost(VirtualAddress address) {
        hear(new Input.AddressVanished(address.address()));
    }

    @Override
    public void onRoutingLost(String what) {
        hear(new Input.RoutingVanished(what));
    }

    @Override
    public void onMacChanged() {
        hear(new Input.MacChanged());
    }

    @Override
    public void onOtherHolder(VirtualAddress address, MacAddress holder) {
        hear(new Input.OtherHolderHeard(address.address(), holder));
    }

    /** A backend may tell on any thread. */
    private void hear(Input input) {
        calls.onLoop(() -> inputs.accept(input));
    }

    private static Fault fault(Throwable failure) {
        return failure instanceof AddressException e ? e.fault() : Fault.ADDRESS_FAILED;
    }
}
