package org.vrrp4j.examples.cloud;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;

/**
 * Assigns virtual addresses to this machine by an HTTP API: {@code PUT /addresses/A/instances/I} assigns an address to
 * an instance, whoever had it; {@code DELETE} of the same ends that, and does nothing if another one has it by now.
 *
 * <p>A request takes as long as the cloud likes, and advertisements go on meanwhile. A cloud has no leases: what a
 * dead process had stays assigned until a peer assigns it to itself, or the process is started again.
 */
public final class CloudAddressBackend implements AddressBackend {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI api;
    private final String instance;
    /** What each router has, or is getting. */
    private final Map<RouterId, Set<InetAddress>> assigned = new ConcurrentHashMap<>();
    /** When the last operation of each router is over, however it ended. */
    private final Map<RouterId, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /**
     * For one machine.
     *
     * @param api where the API is, such as {@code https://cloud.example/v1}
     * @param instance what the cloud calls this machine
     */
    public CloudAddressBackend(URI api, String instance) {
        this.api = api;
        this.instance = instance;
    }

    /** What a dead predecessor of this process had is given up: this router is no master yet. */
    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        return refusal(claim).orElseGet(() -> after(claim.router(), () -> forAll(addresses(claim), this::delete)));
    }

    /** Routes and filters are the business of the machine's kernel, not of this API. */
    private static Optional<CompletionStage<Void>> refusal(AddressClaim claim) {
        try {
            claim.requireAddressesOnly("this cloud's address backend");
            return Optional.empty();
        } catch (AddressException e) {
            return Optional.of(CompletableFuture.failedFuture(e));
        }
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        Optional<CompletionStage<Void>> refusal = refusal(claim);
        return refusal.isPresent() ? refusal.get() : assign(claim);
    }

    private CompletionStage<Void> assign(AddressClaim claim) {
        return change(claim.router(), addresses(claim), addresses(claim));
    }

    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        Optional<CompletionStage<Void>> refusal = refusal(to);
        if (refusal.isPresent()) {
            return release(from).thenCompose(done -> refusal.get());
        }
        Set<InetAddress> wanted = assigned.containsKey(from.router()) ? addresses(to) : Set.of();
        return change(from.router(), wanted, addresses(to));
    }

    /** Assigns what is wanted, gives up what else the router has, and gives up everything if that fails. */
    private CompletionStage<Void> change(RouterId router, Set<InetAddress> wanted, Set<InetAddress> claimed) {
        return after(router, () -> {
            Set<InetAddress> gone = new HashSet<>(assigned.getOrDefault(router, Set.of()));
            gone.removeAll(wanted);
            Set<InetAddress> all = new HashSet<>(claimed);
            all.addAll(gone);
            if (!wanted.isEmpty()) {
                assigned.put(router, all);
            }
            return forAll(wanted, this::put)
                    .thenCompose(done -> forAll(gone, this::delete))
                    .thenRun(() -> assigned.computeIfPresent(router, (key, before) -> wanted))
                    .exceptionallyCompose(failure -> {
                        assigned.remove(router);
                        return forAll(all, this::delete)
                                .exceptionally(also -> null)
                                .thenCompose(done -> CompletableFuture.failedFuture(failure));
                    });
        });
    }

    /** Nothing: a cloud keeps what it has assigned. */
    @Override
    public void renew(AddressClaim claim) {}

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        return after(claim.router(), () -> {
            assigned.remove(claim.router());
            return forAll(addresses(claim), this::delete);
        });
    }

    @Override
    public void unregister(AddressClaim claim) {
        assigned.remove(claim.router());
    }

    /** Returns before the cloud has answered; requests are made by threads that end with the JVM. */
    @Override
    public void close() {
        for (RouterId router : Set.copyOf(last.keySet())) {
            after(router, () -> {
                Set<InetAddress> left = assigned.remove(router);
                return left == null ? CompletableFuture.completedFuture(null) : forAll(left, this::delete);
            });
        }
    }

    /** Does one thing after the other for each router, so that the cloud hears them in order. */
    private CompletionStage<Void> after(RouterId router, Supplier<CompletionStage<Void>> operation) {
        CompletableFuture<Void> before = last.getOrDefault(router, CompletableFuture.completedFuture(null));
        CompletableFuture<Void> done =
                before.thenCompose(nothing -> operation.get()).toCompletableFuture();
        last.put(router, done.exceptionally(failure -> null));
        return done;
    }

    private static Set<InetAddress> addresses(AddressClaim claim) {
        return claim.addresses().stream().map(VirtualAddress::address).collect(Collectors.toUnmodifiableSet());
    }

    private static CompletionStage<Void> forAll(
            Set<InetAddress> addresses, Function<InetAddress, CompletableFuture<Void>> request) {
        return CompletableFuture.allOf(addresses.stream().map(request).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> put(InetAddress address) {
        return send("assign", address, builder -> builder.PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private CompletableFuture<Void> delete(InetAddress address) {
        return send("give up", address, HttpRequest.Builder::DELETE);
    }

    private CompletableFuture<Void> send(
            String what, InetAddress address, Function<HttpRequest.Builder, HttpRequest.Builder> method) {
        URI target = URI.create(api + "/addresses/" + address.getHostAddress() + "/instances/" + instance);
        HttpRequest request =
                method.apply(HttpRequest.newBuilder(target).timeout(TIMEOUT)).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((response, failure) -> {
            if (failure != null) {
                throw failed(what, address, failure.getMessage(), failure);
            }
            if (response.statusCode() / 100 != 2) {
                throw failed(what, address, "HTTP status " + response.statusCode() + " " + response.body(), null);
            }
            return null;
        });
    }

    private static CompletionException failed(String what, InetAddress address, String why, Throwable cause) {
        String message = "could not " + what + " " + address.getHostAddress() + " in the cloud: " + why;
        IOException failure = new AddressException(Fault.ADDRESS_FAILED, message, cause);
        return new CompletionException(failure);
    }
}
