package org.vrrp4j.linux.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkChannel;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.route.Charges;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.EventLoop;

/**
 * An address backend whose claims may have routes and rules: addresses come first, then routes, then rules; they go in
 * the opposite order. All or none: if a route is refused, the addresses are given up too.
 *
 * <p><b>Failure:</b> {@link Fault#ADDRESS_FAILED} with the kernel's own words, or with the route that is in the way;
 * the router tries again after a while.
 */
public final class RoutingAddressBackend implements AddressBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RoutingAddressBackend.class);

    private final AddressBackend backend;
    private final RoutingKernel kernel;
    private final RoutingWatch watch;
    private final Charges charges;
    private final Map<RouterId, Registered> routers = new HashMap<>();
    private boolean swept;

    private static final class Registered {
        private final AddressListener listener;
        private AddressClaim claim;
        private final Map<Object, RoutingKernel.Entry> held = new LinkedHashMap<>();
        private final Set<String> charged = new LinkedHashSet<>();
        private boolean inPlace;

        Registered(AddressClaim claim, AddressListener listener) {
            this.claim = claim;
            this.listener = listener;
        }
    }

    /**
     * What it talks to the kernel by, each opened when it is needed first.
     *
     * @param requests for requests about routes and rules
     * @param monitor hears of routes and rules
     */
    public record Channels(Opener requests, Opener monitor) {

        /** Opens a channel. */
        public interface Opener {
            /**
             * In the network namespace of the loop.
             *
             * @throws LinuxException if the kernel refuses
             */
            NetlinkChannel open() throws LinuxException;
        }

        /** Sockets of the kernel. */
        public static Channels ofKernel() {
            return new Channels(
                    NetlinkSocket::openStrict, () -> NetlinkSocket.openMonitor(NetlinkSocket.RTMGRP_ROUTING));
        }
    }

    /**
     * On a started feed.
     *
     * @param backend becomes the new one's, to close with it
     * @param feed tells of interfaces and addresses; stays the caller's
     * @param charges stay the caller's
     */
    public RoutingAddressBackend(
            AddressBackend backend, EventLoop loop, RouteFeed feed, Channels channels, Charges charges) {
        this(
                backend,
                new RoutingKernel(
                        channels.requests(),
                        name -> feed.table().link(name).map(LinkMessage::index).orElse(0)),
                new RoutingWatch(loop, channels.monitor()),
                charges);
        feed.followChanges(watch::doubt);
    }

    /** All but the charges become the new backend's, to close with it. */
    RoutingAddressBackend(AddressBackend backend, RoutingKernel kernel, RoutingWatch watch, Charges charges) {
        this.backend = backend;
        this.kernel = kernel;
        this.watch = watch;
        this.charges = charges;
        watch.tell(this::verify, this::onReplaced);
    }

    /** @throws IllegalArgumentException if another claim has one of its routes or rules */
    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        checkFree(claim);
        if (!swept) {
            swept = true;
            sweep();
        }
        CompletionStage<Void> stage = backend.register(claim.addressesOnly(), listener);
        Registered router = new Registered(claim, listener);
        routers.put(claim.router(), router);
        try {
            prepare(router);
        } catch (LinuxException e) {
            return CompletableFuture.failedFuture(failed(e));
        }
        return stage;
    }

    private void checkFree(AddressClaim claim) {
        if (claim.resources().routes().isEmpty() && claim.resources().rules().isEmpty()) {
            // of thousands of routers hardly one has any, and each would be compared with all others
            return;
        }
        for (Registered other : routers.values()) {
            RouterResources theirs = other.claim.resources();
            if (!other.claim.router().equals(claim.router())
                    && (!Collections.disjoint(theirs.routes(), claim.resources().routes())
                            || !Collections.disjoint(
                                    theirs.rules(), claim.resources().rules()))) {
                throw new IllegalArgumentException("a virtual route or rule belongs to two virtual routers: "
                        + other.claim.router() + " and " + claim.router());
            }
        }
    }

    /** Listens if there is something to listen for, and has charge, so that another node knows whose they are. */
    private void prepare(Registered router) throws LinuxException {
        RouterResources resources = router.claim.resources();
        if (!resources.routes().isEmpty() || !resources.rules().isEmpty()) {
            watch.open();
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (VirtualRoute route : resources.routes()) {
            wanted.add(RoutingKernel.charge(route));
        }
        for (VirtualRule rule : resources.rules()) {
            wanted.add(kernel.entry(rule).charge());
        }
        for (String name : List.copyOf(router.charged)) {
            if (!wanted.contains(name)) {
                router.charged.remove(name);
                charges.giveBack(name);
            }
        }
        for (String name : wanted) {
            if (router.charged.add(name)) {
                // who else has it stands in the error when it is in the way
                charges.take(name, () -> router.charged.remove(name));
            }
        }
    }

    /** What a dead predecessor left behind has our tag, and nobody alive has charge of it. */
    private void sweep() {
        try {
            for (RoutingKernel.Entry entry : kernel.ours()) {
                if (charges.isFree(entry.charge())) {
                    kernel.delete(entry);
                    LOG.info("Removed {}: left behind by a node that is no more", entry.words());
                }
            }
        } catch (LinuxException e) {
            LOG.warn("Cannot remove routes and rules that a dead node may have left behind: {}", e.getMessage());
        }
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        return backend.acquire(claim.addressesOnly()).thenCompose(nothing -> putAll(claim));
    }

    private CompletionStage<Void> putAll(AddressClaim claim) {
        Registered router = routers.get(claim.router());
        if (router == null) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            for (VirtualRoute route : claim.resources().routes()) {
                put(router, route, kernel.entry(route));
            }
            for (VirtualRule rule : claim.resources().rules()) {
                put(router, rule, kernel.entry(rule));
            }
        } catch (LinuxException e) {
            return giveUp(router, failed(e));
        } catch (AddressException e) {
            return giveUp(router, e);
        }
        router.inPlace = true;
        return CompletableFuture.completedFuture(null);
    }

    private void put(Registered router, Object wanted, RoutingKernel.Entry entry)
            throws LinuxException, AddressException {
        boolean known = router.held.containsKey(wanted);
        if (!kernel.put(entry) && !known) {
            String what = entry.isRoute()
                    ? "a route to the same destination, with the same table, TOS and metric"
                    : "the same rule";
            throw new AddressException(
                    Fault.ADDRESS_FAILED,
                    "cannot put " + entry.words() + ": " + what + " is there already, and not ours: remove it, or give"
                            + " ours another " + (entry.isRoute() ? "metric" : "preference"),
                    null);
        }
        router.held.put(wanted, entry);
    }

    private CompletionStage<Void> giveUp(Registered router, AddressException failure) {
        removeAll(router).forEach(failure::addSuppressed);
        return backend.release(router.claim.addressesOnly()).handle((nothing, other) -> {
            if (other != null) {
                failure.addSuppressed(other);
            }
            throw new CompletionException(failure);
        });
    }

    private List<LinuxException> removeAll(Registered router) {
        return remove(router, List.copyOf(router.held.keySet()));
    }

    /** The last first. */
    private List<LinuxException> remove(Registered router, List<Object> which) {
        router.inPlace = false;
        List<LinuxException> failures = new ArrayList<>();
        List<Object> backwards = new ArrayList<>(which);
        Collections.reverse(backwards);
        for (Object wanted : backwards) {
            RoutingKernel.Entry entry = router.held.remove(wanted);
            try {
                kernel.delete(entry);
            } catch (LinuxException e) {
                failures.add(e);
            }
        }
        return failures;
    }

    /** What is in both stays where it is; an address that changes may take a route along, which is put back. */
    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        Registered router = routers.get(from.router());
        if (router == null) {
            return backend.change(from.addressesOnly(), to.addressesOnly());
        }
        checkFree(to);
        boolean held = router.inPlace;
        Set<Object> wanted = new HashSet<>(to.resources().routes());
        wanted.addAll(to.resources().rules());
        List<Object> gone = new ArrayList<>(router.held.keySet());
        gone.removeAll(wanted);
        remove(router, gone).forEach(RoutingAddressBackend::warn);
        router.claim = to;
        try {
            prepare(router);
        } catch (LinuxException e) {
            warn(e);
        }
        return backend.change(from.addressesOnly(), to.addressesOnly())
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        removeAll(router).forEach(RoutingAddressBackend::warn);
                    }
                })
                .thenCompose(nothing -> held ? putAll(to) : CompletableFuture.completedFuture(null));
    }

    private static void warn(LinuxException failure) {
        LOG.warn("A route or rule stays: {}", failure.getMessage());
    }

    @Override
    public void renew(AddressClaim claim) {
        backend.renew(claim.addressesOnly());
    }

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        Registered router = routers.get(claim.router());
        List<LinuxException> failures = router == null ? List.of() : removeAll(router);
        CompletionStage<Void> stage = backend.release(claim.addressesOnly());
        if (failures.isEmpty()) {
            return stage;
        }
        AddressException failure = failed(failures.get(0));
        return stage.handle((nothing, other) -> {
            throw new CompletionException(failure);
        });
    }

    /** Puts everything that is held in place once more: what that succeeds for had been lost. */
    private void verify() {
        for (Registered router : List.copyOf(routers.values())) {
            for (RoutingKernel.Entry entry : List.copyOf(router.held.values())) {
                if (router.inPlace && entry.tracked()) {
                    verify(router, entry);
                }
            }
        }
    }

    private void verify(Registered router, RoutingKernel.Entry entry) {
        boolean lost;
        try {
            lost = kernel.put(entry);
        } catch (LinuxException e) {
            LOG.debug("{} is lost and cannot be put back now: {}", entry.words(), e.getMessage());
            lost = true;
        }
        if (lost) {
            router.listener.onRoutingLost(entry.words());
        }
    }

    /** Somebody has put another one in its place, which is his. */
    private void onReplaced(String charge) {
        for (Registered router : List.copyOf(routers.values())) {
            router.held.entrySet().stream()
                    .filter(entry -> entry.getValue().charge().equals(charge))
                    .filter(entry -> entry.getValue().tracked())
                    .findFirst()
                    .ifPresent(entry -> {
                        String words = entry.getValue().words();
                        router.held.remove(entry.getKey());
                        router.listener.onRoutingLost(words);
                    });
        }
    }

    @Override
    public void unregister(AddressClaim claim) {
        Registered router = routers.remove(claim.router());
        if (router != null) {
            end(router);
        }
        backend.unregister(claim.addressesOnly());
    }

    private void end(Registered router) {
        removeAll(router).forEach(RoutingAddressBackend::warn);
        List.copyOf(router.charged).forEach(charges::giveBack);
        router.charged.clear();
    }

    @Override
    public void close() {
        routers.values().forEach(this::end);
        routers.clear();
        watch.close();
        backend.close();
        kernel.close();
    }

    private static AddressException failed(LinuxException cause) {
        return new AddressException(Fault.ADDRESS_FAILED, cause.getMessage(), cause);
    }
}
