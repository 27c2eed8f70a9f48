package org.vrrp4j.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.sim.Occurrence.Operation;
import org.vrrp4j.sim.Occurrence.Stage;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;

/** Leases addresses of a host to one process, as fast and as reliably as the host's {@link BackendConditions} say. */
final class SimulatedBackend implements AddressBackend {

    /** A claim and what is known of it. */
    private static final class Charge {
        private AddressClaim claim;
        private final AddressListener listener;
        private boolean held;
        private boolean busy;
        private boolean foreign;

        Charge(AddressClaim claim, AddressListener listener) {
            this.claim = claim;
            this.listener = listener;
        }
    }

    private interface Work {
        void run() throws AddressException;
    }

    private final SimulatedProcess process;
    private final SimulatedHost host;
    private final Timeline timeline;
    private final Map<RouterId, Charge> charges = new LinkedHashMap<>();
    private boolean closed;

    SimulatedBackend(SimulatedProcess process) {
        this.process = process;
        this.host = process.host();
        this.timeline = host.timeline();
    }

    /** The routes of what is held. */
    List<VirtualRoute> routes() {
        return charges.values().stream()
                .filter(charge -> charge.held)
                .flatMap(charge -> charge.claim.resources().routes().stream())
                .toList();
    }

    /** Whether an operation is under way. */
    boolean isBusy(RouterId router) {
        Charge charge = charges.get(router);
        return charge != null && charge.busy;
    }

    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        Charge charge = new Charge(claim, listener);
        return answer(charge, () -> {
            charges.put(claim.router(), charge);
            removeLeftovers(claim);
            lookForForeign(charge);
        });
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        return operate(claim, Operation.ACQUIRE, claim, charge -> {
            leaseAll(claim);
            charge.held = true;
        });
    }

    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        Charge known = charges.get(from.router());
        if (!process.isAlive() || known == null) {
            return CompletableFuture.completedFuture(null);
        }
        known.claim = to;
        if (!known.held) {
            return answer(known, () -> {
                removeLeftovers(to);
                lookForForeign(known);
            });
        }
        return operate(to, Operation.CHANGE, from, charge -> {
            removeLeftovers(to);
            List<VirtualAddress> gone = new ArrayList<>(from.addresses());
            gone.removeAll(to.addresses());
            gone.forEach(address -> removeOwn(from, address, "no longer configured"));
            leaseAll(to);
        });
    }

    private void removeLeftovers(AddressClaim claim) {
        for (VirtualAddress address : claim.addresses()) {
            HostAddresses addresses = kernel(claim, address);
            InetAddress virtual = address.address();
            if (addresses != null
                    && addresses.has(virtual)
                    && !addresses.isForeignTo(virtual, process)
                    && !addresses.isLeasedTo(virtual, process)) {
                addresses.remove(virtual, "left behind by a dead predecessor");
            }
        }
    }

    /** The addresses of the interface that an address belongs to; null if there is none. */
    private HostAddresses kernel(AddressClaim claim, VirtualAddress address) {
        SimulatedInterface nic = host.nicOf(claim.router(), address);
        return nic == null ? null : nic.kernel();
    }

    private boolean isForeign(AddressClaim claim, VirtualAddress address) {
        HostAddresses addresses = kernel(claim, address);
        return addresses != null && addresses.isForeignTo(address.address(), process);
    }

    private void leaseAll(AddressClaim claim) throws AddressException {
        for (VirtualAddress address : claim.addresses()) {
            if (kernel(claim, address) == null) {
                throw new AddressException(
                        Fault.ADDRESS_FAILED, "there is no interface " + claim.deviceOf(address), null);
            }
            if (isForeign(claim, address)) {
                throw new AddressException(
                        Fault.FOREIGN_ADDRESS, address + " is on " + host + " already, remove it there", null);
            }
        }
        for (VirtualAddress address : claim.addresses()) {
            kernel(claim, address).lease(address.address(), process, claim.lease());
        }
    }

    @Override
    public void renew(AddressClaim claim) {
        Charge charge = charges.get(claim.router());
        if (process.isAlive() && charge != null && charge.held) {
            for (VirtualAddress address : claim.addresses()) {
                kernel(claim, address).renew(address.address(), process, claim.lease());
            }
        }
    }

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        return operate(claim, Operation.RELEASE, claim, charge -> removeAll(claim, "released"));
    }

    private interface ChargeWork {
        void run(Charge charge) throws AddressException;
    }

    private CompletionStage<Void> operate(
            AddressClaim claim, Operation operation, AddressClaim before, ChargeWork work) {
        Charge charge = charges.get(claim.router());
        if (!process.isAlive() || charge == null) {
            return CompletableFuture.completedFuture(null);
        }
        occur(claim, operation, Stage.BEGUN);
        if (operation == Operation.RELEASE) {
            charge.held = false;
        }
        return answer(charge, () -> {
            try {
                failByChance(operation);
                work.run(charge);
                occur(claim, operation, Stage.DONE);
            } catch (AddressException e) {
                if (operation == Operation.RELEASE) {
                    abandon(claim);
                } else {
                    charge.held = false;
                    removeAll(before, "the others of its claim could not be changed");
                    removeAll(claim, "the others of its claim could not be acquired");
                }
                occur(claim, operation, Stage.FAILED);
                throw e;
            }
        });
    }

    private void failByChance(Operation operation) throws AddressException {
        double failure = host.backendConditions().failure();
        if (failure > 0 && timeline.random().nextDouble() < failure) {
            throw new AddressException(Fault.ADDRESS_FAILED, operation + " failed, as it was told to", null);
        }
    }

    /**
     * What the kernel does takes place after the delay, even while the process stalls; the process hears of it later.
     */
    private CompletionStage<Void> answer(Charge charge, Work work) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        long delay = host.backendConditions().delay().toNanos();
        if (delay == 0) {
            perform(work, answer);
            return answer;
        }
        charge.busy = true;
        timeline.after(delay, () -> {
            if (closed || !process.isAlive()) {
                return;
            }
            CompletableFuture<Void> performed = new CompletableFuture<>();
            perform(work, performed);
            process.tell(() -> {
                charge.busy = false;
                performed.whenComplete((nothing, failure) -> complete(answer, failure));
            });
        });
        return answer;
    }

    private static void perform(Work work, CompletableFuture<Void> answer) {
        try {
            work.run();
            answer.complete(null);
        } catch (AddressException e) {
            answer.completeExceptionally(e);
        }
    }

    private static void complete(CompletableFuture<Void> answer, Throwable failure) {
        if (failure == null) {
            answer.complete(null);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private void abandon(AddressClaim claim) {
        for (VirtualAddress address : claim.addresses()) {
            kernel(claim, address).abandon(address.address(), process);
        }
    }

    private void removeAll(AddressClaim claim, String why) {
        claim.addresses().forEach(address -> removeOwn(claim, address, why));
    }

    private void removeOwn(AddressClaim claim, VirtualAddress address, String why) {
        HostAddresses addresses = kernel(claim, address);
        if (addresses != null && addresses.isLeasedTo(address.address(), process)) {
            addresses.remove(address.address(), why);
        }
    }

    /** Somebody else put an address on the host or took it away. */
    void onForeignChange() {
        List.copyOf(charges.values()).forEach(this::lookForForeign);
    }

    private void lookForForeign(Charge charge) {
        List<VirtualAddress> found = new ArrayList<>(charge.claim.addresses());
        found.removeIf(address -> !isForeign(charge.claim, address));
        if (!found.isEmpty() && !charge.foreign) {
            charge.foreign = true;
            VirtualAddress first = found.get(0);
            String where = "on " + charge.claim.deviceOf(first);
            process.tell(() -> charge.listener.onForeignAddress(first, where));
        } else if (found.isEmpty() && charge.foreign) {
            charge.foreign = false;
            process.tell(charge.listener::onForeignAddressGone);
        }
    }

    /** An address has left an interface, but not because of us. */
    void onVanished(SimulatedInterface nic, InetAddress address) {
        for (Charge charge : List.copyOf(charges.values())) {
            for (VirtualAddress own : charge.claim.addresses()) {
                boolean here = charge.claim.deviceOf(own).equals(nic.name());
                if (charge.held && here && own.address().equals(address)) {
                    process.tell(() -> charge.listener.onAddressLost(own));
                }
            }
        }
    }

    @Override
    public void unregister(AddressClaim claim) {
        Charge charge = charges.remove(claim.router());
        if (charge != null && process.isAlive()) {
            end(charge);
        }
    }

    @Override
    public void close() {
        if (!closed && process.isAlive()) {
            charges.values().forEach(this::end);
        }
        closed = true;
        charges.clear();
    }

    private void end(Charge charge) {
        removeAll(charge.claim, "its charge ended");
        if (charge.busy) {
            // nobody could ask for a release, as the answer to what was asked for before has not been read
            occur(charge.claim, Operation.RELEASE, Stage.DONE);
        }
    }

    private void occur(AddressClaim claim, Operation operation, Stage stage) {
        host.network().occur(new Occurrence.BackendOperation(host, claim.router(), operation, stage));
    }
}
