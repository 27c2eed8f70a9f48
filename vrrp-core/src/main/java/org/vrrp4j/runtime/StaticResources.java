package org.vrrp4j.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.EventLoop;

/**
 * The static addresses, routes and rules of a node: there from its start to its end, put back when they are lost. What
 * cannot be put in place is tried again each second; that keeps no router from running. On the loop's thread.
 */
final class StaticResources implements AddressListener {
    private static final Logger LOG = LoggerFactory.getLogger(StaticResources.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final long RENEW_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final AddressBackend backend;
    private final EventLoop loop;
    private final BackendCalls calls;
    private AddressClaim claim = claim(RouterResources.of(List.of()));
    private RouterResources wanted;
    private EventLoop.Scheduled next = () -> {};
    private String failure = "";
    private boolean started;
    private boolean registered;
    private boolean busy;
    private boolean again;
    private boolean ended;

    StaticResources(AddressBackend backend, EventLoop loop, RouterResources resources) {
        this.backend = backend;
        this.loop = loop;
        this.calls = new BackendCalls(loop);
        this.wanted = resources;
    }

    private static AddressClaim claim(RouterResources resources) {
        return new AddressClaim(RouterId.NODE, resources, LEASE);
    }

    void start() {
        started = true;
        proceed();
    }

    /** From now on there are these; what stays is there all the time. */
    void change(RouterResources resources) {
        wanted = resources;
        proceed();
    }

    private void proceed() {
        if (!started || busy || ended || wanted.equals(claim.resources())) {
            return;
        }
        AddressClaim before = claim;
        claim = claim(wanted);
        if (registered) {
            attempt(() -> backend.change(before, claim).thenCompose(nothing -> backend.acquire(claim)));
        } else {
            registered = true;
            attempt(() -> backend.register(claim, this).thenCompose(nothing -> backend.acquire(claim)));
        }
    }

    private void acquire() {
        if (busy) {
            again = true;
        } else if (!ended) {
            attempt(() -> backend.acquire(claim));
        }
    }

    private void attempt(Supplier<CompletionStage<Void>> operation) {
        busy = true;
        calls.call(operation, this::onAnswer);
    }

    private void onAnswer(Throwable error) {
        busy = false;
        if (ended) {
            return;
        }
        next.cancel();
        if (error == null) {
            failure = "";
            next = loop.schedule(loop.nanoTime() + RENEW_NANOS, this::renew);
        } else {
            String message = BackendCalls.message(error);
            if (!failure.equals(message)) {
                failure = message;
                LOG.warn("Static addresses, routes and rules are not in place, trying again: {}", failure);
            }
            next = loop.schedule(loop.nanoTime() + RETRY_NANOS, this::acquire);
        }
        if (!wanted.equals(claim.resources())) {
            proceed();
        } else if (again) {
            again = false;
            acquire();
        }
    }

    private void renew() {
        backend.renew(claim);
        next = loop.schedule(loop.nanoTime() + RENEW_NANOS, this::renew);
    }

    /** Takes everything away. */
    void stop() {
        if (!ended) {
            ended = true;
            next.cancel();
            if (registered) {
                backend.unregister(claim);
            }
        }
    }

    private void onLost(String what) {
        calls.onLoop(() -> {
            LOG.warn("The static {} had been removed; putting it back", what);
            acquire();
        });
    }

    @Override
    public void onAddressLost(VirtualAddress address) {
        onLost("address " + address);
    }

    @Override
    public void onRoutingLost(String what) {
        onLost(what);
    }

    /** Acquiring says it. */
    @Override
    public void onForeignAddress(VirtualAddress address, String where) {}

    @Override
    public void onForeignAddressGone() {
        calls.onLoop(this::acquire);
    }
}
