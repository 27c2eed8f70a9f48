package org.vrrp4j.linux.holder;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.packet.AddressHolder;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressListener;

/**
 * An address backend that also hears when another host claims an address while it is held, and tells it as {@link
 * AddressListener#onOtherHolder}. Left out are the MAC addresses of this host, as when a bridge sends an announcement
 * back, and that of the virtual router, which is whoever is master; and interfaces without neighbours.
 */
public final class WatchedAddressBackend implements AddressBackend {
    private final AddressBackend backend;
    private final HolderWatch watch;
    private final RouteFeed feed;
    private final Map<RouterId, Registered> routers = new HashMap<>();
    private boolean updating;
    private boolean closed;

    private static final class Registered {
        private final AddressListener listener;
        private AddressClaim claim;
        private boolean held;

        Registered(AddressClaim claim, AddressListener listener) {
            this.claim = claim;
            this.listener = listener;
        }
    }

    /**
     * On a started feed, which stays the caller's.
     *
     * @param backend becomes the new one's, to close with it
     * @param watch becomes the new one's, to close with it
     */
    public WatchedAddressBackend(AddressBackend backend, HolderWatch watch, RouteFeed feed) {
        this.backend = backend;
        this.watch = watch;
        this.feed = feed;
        watch.tell(this::onClaim);
    }

    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        CompletionStage<Void> stage = backend.register(claim, listener);
        routers.put(claim.router(), new Registered(claim, listener));
        return stage;
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        return backend.acquire(claim).whenComplete((nothing, failure) -> update(claim, failure == null));
    }

    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        Registered router = routers.get(from.router());
        boolean held = router != null && router.held;
        return backend.change(from, to).whenComplete((nothing, failure) -> update(to, held && failure == null));
    }

    @Override
    public void renew(AddressClaim claim) {
        backend.renew(claim);
    }

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        update(claim, false);
        return backend.release(claim);
    }

    @Override
    public void unregister(AddressClaim claim) {
        backend.unregister(claim);
        routers.remove(claim.router());
        updateSoon();
    }

    private void update(AddressClaim claim, boolean held) {
        Registered router = routers.get(claim.router());
        if (router != null) {
            router.claim = claim;
            router.held = held;
            updateSoon();
        }
    }

    /** Once for all that change hands in a moment: a filter of many addresses takes the kernel a while. */
    private void updateSoon() {
        if (!updating && !closed) {
            updating = true;
            watch.later(this::listen);
        }
    }

    private void listen() {
        updating = false;
        if (closed) {
            return;
        }
        for (int index : watch.interfaces()) {
            if (feed.table().link(index).isEmpty()) {
                watch.forget(index);
            }
        }
        Map<HolderWatch.Place, Set<InetAddress>> wanted = new HashMap<>();
        for (Registered router : routers.values()) {
            List<VirtualAddress> held = router.held ? router.claim.addresses() : List.of();
            for (VirtualAddress address : held) {
                feed.table()
                        .link(router.claim.deviceOf(address))
                        .filter(LinkMessage::hasNeighbours)
                        .map(link -> new HolderWatch.Place(link.index(), IpFamily.of(address.address())))
                        .ifPresent(place -> wanted.computeIfAbsent(place, none -> new HashSet<>())
                                .add(address.address()));
            }
        }
        watch.listenFor(wanted);
    }

    private void onClaim(int interfaceIndex, AddressHolder holder) {
        if (feed.table().hasMac(holder.mac())) {
            return;
        }
        String device = feed.table().nameOf(interfaceIndex);
        for (Registered router : List.copyOf(routers.values())) {
            boolean virtual = holder.mac().equals(MacAddress.virtualRouter(router.claim.router()));
            for (VirtualAddress address : router.claim.addresses()) {
                if (router.held
                        && !virtual
                        && address.address().equals(holder.address())
                        && router.claim.deviceOf(address).equals(device)) {
                    router.listener.onOtherHolder(address, holder.mac());
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        routers.clear();
        backend.close();
        watch.close();
    }
}
