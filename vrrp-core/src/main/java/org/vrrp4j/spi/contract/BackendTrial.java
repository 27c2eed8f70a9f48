package org.vrrp4j.spi.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;

/** One backend in one world: calls it on its loop, and notes what it tells. */
final class BackendTrial implements AddressListener, AutoCloseable {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final int VRID = 51;

    private final BackendWorld world;
    private final AddressBackend backend;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private boolean closed;

    /** Something that becomes true. */
    interface Condition {
        boolean holds() throws IOException;
    }

    BackendTrial(BackendWorld world) throws IOException {
        this.world = world;
        this.backend = onLoop(world::open);
    }

    BackendWorld world() {
        return world;
    }

    VirtualAddress address(int index) {
        return world.addresses().get(index);
    }

    /** A claim of VRID 51 with some of the world's addresses. */
    AddressClaim claim(int... indexes) {
        return claimOf(VRID, indexes);
    }

    AddressClaim claimOf(int vrid, int... indexes) {
        List<VirtualAddress> some =
                IntStream.of(indexes).mapToObj(this::address).toList();
        RouterId router =
                new RouterId(world.interfaceName(), vrid, IpFamily.of(address(0).address()));
        return new AddressClaim(router, some, LEASE);
    }

    /** A claim of VRID 51 with the world's first address and some of these routes. */
    AddressClaim claimWith(List<VirtualRoute> routes) {
        AddressClaim plain = claim(0);
        return new AddressClaim(plain.router(), new RouterResources(plain.addresses(), routes, List.of(), true), LEASE);
    }

    void register(AddressClaim claim) throws IOException {
        succeeds("register", backend -> backend.register(claim, this));
    }

    void acquire(AddressClaim claim) throws IOException {
        succeeds("acquire", backend -> backend.acquire(claim));
    }

    void release(AddressClaim claim) throws IOException {
        succeeds("release", backend -> backend.release(claim));
    }

    void change(AddressClaim from, AddressClaim to) throws IOException {
        succeeds("change", backend -> backend.change(from, to));
    }

    /** Calls the backend without waiting for its answer. */
    <T> T call(Function<AddressBackend, T> operation) throws IOException {
        return onLoop(() -> operation.apply(backend));
    }

    void run(Consumer<AddressBackend> operation) throws IOException {
        onLoop(() -> {
            operation.accept(backend);
            return null;
        });
    }

    void closeBackend() throws IOException {
        closed = true;
        run(AddressBackend::close);
    }

    private void succeeds(String what, Function<AddressBackend, CompletionStage<Void>> operation) throws IOException {
        Throwable failure = outcome(what, operation);
        if (failure != null) {
            throw new AssertionError(what + " must succeed, but failed: " + failure, failure);
        }
    }

    /** Demands that an operation fails, as an AddressException with a fault. */
    void fails(String what, Fault fault, Function<AddressBackend, CompletionStage<Void>> operation) throws IOException {
        Throwable failure = outcome(what, operation);
        demand(failure != null, what + " must fail with " + fault + ", but succeeded");
        demand(
                failure instanceof AddressException e && e.fault() == fault,
                what + " must fail with an AddressException of " + fault + ", but failed with " + failure);
        demand(failure.getMessage() != null, what + " must say what failed, but its exception has no message");
    }

    /** How an operation ended: with its exception or null. */
    private Throwable outcome(String what, Function<AddressBackend, CompletionStage<Void>> operation)
            throws IOException {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        run(backend -> operation.apply(backend).whenComplete((nothing, failure) -> failed.complete(failure)));
        until(what + " is answered", failed::isDone);
        Throwable failure = failed.join();
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Demands that exactly these addresses are in place. */
    void holds(AddressClaim... claims) throws IOException {
        Set<InetAddress> expected = new HashSet<>();
        for (AddressClaim claim : claims) {
            claim.addresses().forEach(address -> expected.add(address.address()));
        }
        Set<InetAddress> found = world.held();
        demand(found.equals(expected), "in place must be " + expected + ", but found " + found);
    }

    /** Demands that exactly these of the world's routes are in place. */
    void holdsRoutes(AddressClaim claim, List<VirtualRoute> routes) throws IOException {
        Set<VirtualRoute> found = world.heldRoutes();
        demand(
                found.equals(Set.copyOf(routes)),
                "routes in place of " + claim.router() + " must be " + routes + ", but found " + found);
    }

    /** Demands that something becomes true, and lets time pass meanwhile. */
    void until(String what, Condition condition) throws IOException {
        long start = world.loop().nanoTime();
        while (!condition.holds()) {
            demand(world.loop().nanoTime() - start < PATIENCE_NANOS, "within 10 s, " + what + ": it did not happen");
            world.pass();
        }
    }

    /** Lets what is under way come to an end. */
    void rest() {
        for (int i = 0; i < 20; i++) {
            world.pass();
        }
    }

    /** What the listener has been told so far: {@code LOST}, {@code FOREIGN} and an address, or {@code GONE}. */
    List<String> told() {
        return told;
    }

    static void demand(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    private <T> T onLoop(Callable<T> task) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        world.loop().execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        until("the loop runs what it is given", result::isDone);
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new AssertionError("a method of the backend must not throw: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void onForeignAddress(VirtualAddress address, String where) {
        told.add("FOREIGN " + address.address().getHostAddress());
    }

    @Override
    public void onForeignAddressGone() {
        told.add("GONE");
    }

    @Override
    public void onAddressLost(VirtualAddress address) {
        told.add("LOST " + address.address().getHostAddress());
    }

    /** A matter of interfaces, which not every backend has. */
    @Override
    public void onMacChanged() {}

    @Override
    public void onRoutingLost(String what) {
        told.add("LOST " + what);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closeBackend();
        }
    }
}
