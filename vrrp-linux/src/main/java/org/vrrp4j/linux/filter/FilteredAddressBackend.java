package org.vrrp4j.linux.filter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkChannel;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.route.Charges;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.EventLoop;

/**
 * An address backend whose claims may have addresses that do not accept packets: a table of the packet filter is there
 * before their addresses are, and goes after them. A claim whose addresses answer costs nothing.
 *
 * <p><b>Failure:</b> a host that cannot filter is told at register, with {@link Fault#ADDRESS_FAILED}, and not when the
 * router takes over.
 */
public final class FilteredAddressBackend implements AddressBackend {
    private static final Logger LOG = LoggerFactory.getLogger(FilteredAddressBackend.class);
    private static final String PREFIX = "vrrp4j-";

    private final AddressBackend backend;
    private final EventLoop loop;
    private final Charges charges;
    private final Opener opener;
    private final Map<RouterId, Set<AddressClaim>> filtered = new HashMap<>();
    private final Set<RouterId> held = new HashSet<>();
    private NetlinkClient client;
    private AcceptFilter filter;
    private NetlinkChannel monitor;
    private EventLoop.Watch watch = () -> {};
    private boolean swept;
    private boolean closed;

    /** Opens channels to the packet filter. */
    public interface Opener {
        /**
         * In the network namespace of the loop.
         *
         * @param groups {@link NetlinkSocket#NFNLGRP_NFTABLES} to hear of changes, 0 for requests
         * @throws LinuxException if the kernel refuses
         */
        NetlinkChannel open(int groups) throws LinuxException;
    }

    /**
     * For one node.
     *
     * @param backend becomes the new one's, to close with it
     * @param charges stay the caller's
     */
    public FilteredAddressBackend(AddressBackend backend, EventLoop loop, Charges charges, Opener opener) {
        this.backend = backend;
        this.loop = loop;
        this.charges = charges;
        this.opener = opener;
    }

    /** The name of a router's table: {@code nft list table inet vrrp4j-eth0/51}. */
    static String table(RouterId router) {
        return PREFIX + router;
    }

    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        if (!swept) {
            swept = true;
            sweep();
        }
        CompletionStage<Void> stage = backend.register(claim, listener);
        try {
            if (!claim.resources().accept()) {
                prepare(claim);
            }
            return stage;
        } catch (LinuxException e) {
            return CompletableFuture.failedFuture(failed(e));
        }
    }

    /**
     * Removes what a dead predecessor left behind: nobody alive has charge of its virtual router. Also where no router
     * filters any more, as its addresses are to answer now.
     */
    private void sweep() {
        try {
            for (String table : filter().tables()) {
                if (table.startsWith(PREFIX)) {
                    sweep(table);
                }
            }
        } catch (LinuxException e) {
            LOG.debug("cannot look for tables of the packet filter that a dead node may have left behind", e);
        }
    }

    private void sweep(String table) throws LinuxException {
        if (charges.isFree(table.substring(PREFIX.length()))) {
            filter.remove(table);
            LOG.info("Removed the packet filter's table inet {}: left behind by a node that is no more", table);
        }
    }

    private AcceptFilter filter() throws LinuxException {
        if (filter == null) {
            client = new NetlinkClient(opener.open(0));
            filter = new AcceptFilter(client);
        }
        return filter;
    }

    /** Opens the filter, and tries whether it does what will be wanted of it. */
    private void prepare(AddressClaim claim) throws LinuxException {
        listen();
        if (!filtered.containsKey(claim.router())) {
            filter().put(table(claim.router()), places(List.of(claim)));
            filter().remove(table(claim.router()));
            forgetOwn();
        }
    }

    private void listen() throws LinuxException {
        if (monitor == null) {
            monitor = opener.open(NetlinkSocket.NFNLGRP_NFTABLES);
            try {
                watch = loop.watch(monitor.fd(), this::onReadable);
            } catch (IOException e) {
                LOG.warn("The packet filter is not watched: {}", e.getMessage());
            }
        }
    }

    private static Set<AcceptFilter.Place> places(Iterable<AddressClaim> claims) {
        Set<AcceptFilter.Place> places = new LinkedHashSet<>();
        for (AddressClaim claim : claims) {
            if (!claim.resources().accept()) {
                claim.addresses()
                        .forEach(address -> places.add(new AcceptFilter.Place(address, claim.deviceOf(address))));
            }
        }
        return places;
    }

    /** What a router's table is to drop: what is for the addresses of these claims. */
    private void use(RouterId router, AddressClaim... claims) throws LinuxException {
        Set<AddressClaim> wanted = new LinkedHashSet<>(List.of(claims));
        wanted.removeIf(claim -> claim.resources().accept());
        if (wanted.equals(filtered.getOrDefault(router, Set.of()))) {
            return;
        }
        if (wanted.isEmpty()) {
            filtered.remove(router);
            filter().remove(table(router));
        } else {
            listen();
            put(router, wanted);
        }
        forgetOwn();
    }

    private void put(RouterId router, Set<AddressClaim> wanted) throws LinuxException {
        try {
            filter().put(table(router), places(wanted));
        } catch (LinuxException e) {
            if (e.is(Errno.ENOBUFS) || e.is(Errno.ETIMEDOUT)) {
                // the answer is lost, so it may be there, and is to be removed then
                filtered.put(router, wanted);
            }
            throw e;
        }
        filtered.put(router, wanted);
    }

    private static CompletionStage<Void> failure(LinuxException cause) {
        return CompletableFuture.failedFuture(failed(cause));
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        try {
            use(claim.router(), claim);
        } catch (LinuxException e) {
            free(claim.router());
            return failure(e);
        }
        return backend.acquire(claim).whenComplete((nothing, failure) -> {
            if (failure == null) {
                held.add(claim.router());
            } else {
                free(claim.router());
            }
        });
    }

    private void useOrWarn(RouterId router, AddressClaim... claims) {
        try {
            use(router, claims);
        } catch (LinuxException e) {
            LOG.warn("{}: the packet filter stays as it is: {}", router, e.getMessage());
        }
    }

    /** The old addresses are filtered until they are gone, the new ones before they come. */
    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        RouterId router = to.router();
        try {
            if (held.contains(router)) {
                use(router, from, to);
            } else if (!to.resources().accept()) {
                prepare(to);
            }
        } catch (LinuxException e) {
            held.remove(router);
            return backend.change(from, to)
                    .handle((nothing, failure) -> nothing)
                    .thenCompose(nothing -> backend.release(to))
                    .thenCompose(nothing -> failure(e));
        }
        return backend.change(from, to).whenComplete((nothing, failure) -> {
            if (failure != null) {
                free(router);
            } else if (held.contains(router)) {
                useOrWarn(router, to);
            }
        });
    }

    @Override
    public void renew(AddressClaim claim) {
        backend.renew(claim);
    }

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        return backend.release(claim).whenComplete((nothing, failure) -> free(claim.router()));
    }

    @Override
    public void unregister(AddressClaim claim) {
        backend.unregister(claim);
        free(claim.router());
    }

    private void free(RouterId router) {
        held.remove(router);
        useOrWarn(router);
    }

    private void onReadable() {
        Set<String> hurt = new LinkedHashSet<>();
        boolean lost = drain(hurt);
        for (RouterId router : List.copyOf(filtered.keySet())) {
            if (!closed && (lost || hurt.contains(table(router)))) {
                putBack(router);
            }
        }
    }

    private void putBack(RouterId router) {
        try {
            filter.put(table(router), places(filtered.get(router)));
            forgetOwn();
            LOG.warn("{}: somebody removed the packet filter's table inet {}; put back", router, table(router));
        } catch (LinuxException e) {
            LOG.warn("{}: cannot put the packet filter back: {}", router, e.getMessage());
        }
    }

    /** What we have done ourselves has been told by the time that it is answered. */
    private void forgetOwn() {
        if (monitor != null) {
            drain(new LinkedHashSet<>());
        }
    }

    /** Answers whether messages were lost. */
    private boolean drain(Set<String> hurt) {
        while (true) {
            try {
                List<NetlinkMessage> messages = new ArrayList<>(monitor.receive());
                if (messages.isEmpty()) {
                    return false;
                }
                messages.stream()
                        .filter(NftablesMessage::isDeletion)
                        .map(NftablesMessage::table)
                        .forEach(hurt::add);
            } catch (LinuxException e) {
                return true;
            }
        }
    }

    /** The filter last, so that nothing answers meanwhile. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        backend.close();
        List.copyOf(filtered.keySet()).forEach(this::useOrWarn);
        watch.close();
        if (monitor != null) {
            monitor.close();
        }
        if (client != null) {
            client.close();
        }
    }

    private static AddressException failed(LinuxException cause) {
        return new AddressException(
                Fault.ADDRESS_FAILED,
                "cannot filter packets to the addresses, which are not to be accepted: " + cause.getMessage(),
                cause);
    }
}
