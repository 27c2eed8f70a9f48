package org.vrrp4j.linux.macvlan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.Charges;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.EventLoop;

/**
 * An address backend that puts the addresses of routers with a virtual MAC address on interfaces that it makes for
 * them. Claims without one pass through.
 *
 * <p>The interface is made at {@link #register}, or when the one below comes, and removed at {@link #unregister}; it is
 * up from {@link #acquire} to {@link #release}. If somebody deletes it, it is made anew with its addresses; one that is
 * there under its name and not ours is told as a foreign address, and left alone.
 *
 * <p><b>Leftovers.</b> Ours is a macvlan whose alias says so ({@code ip link} shows {@code alias vrrp4j eth0/51 ...}).
 * One that is found at {@link #register}, and that no living node on this host has charge of, is what a dead
 * predecessor left behind: one of a router of ours is used as it is, all others go.
 *
 * <p>To be down is a promise (see the package), and takes the kernel some milliseconds, off the loop. IPv4 addresses go
 * before it, as a macvlan without them is silent. With IPv6 addresses the kernel also leaves multicast groups, which it
 * would tell from the virtual MAC address: they go after it.
 */
public final class VirtualMacAddressBackend implements AddressBackend {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualMacAddressBackend.class);
    private static final Path IPV6_SETTINGS = Path.of("/proc/sys/net/ipv6/conf");
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final AddressBackend backend;
    private final RouteFeed feed;
    private final Charges charges;
    private final SlowRequests slow;
    private final VirtualLinks links;
    private final Map<RouterId, VirtualLink> byRouter = new LinkedHashMap<>();
    private boolean sweeping;
    private boolean closed;

    /**
     * On a started feed, which stays the caller's, as does its client.
     *
     * @param backend for the addresses; becomes the new one's, to close with it
     * @param slowClient another client, for requests off the loop; becomes the new one's, to close with it
     * @param executor runs these requests
     * @param charges of the interfaces; become the new one's, to close with it
     * @param ownership hears which interfaces are ours
     */
    public VirtualMacAddressBackend(
            AddressBackend backend,
            EventLoop loop,
            RouteFeed feed,
            NetlinkClient client,
            NetlinkClient slowClient,
            Executor executor,
            Charges charges,
            Ownership ownership) {
        this(backend, feed, client, new SlowRequests(loop, slowClient, executor), charges, ownership, IPV6_SETTINGS);
    }

    VirtualMacAddressBackend(
            AddressBackend backend,
            RouteFeed feed,
            NetlinkClient client,
            SlowRequests slow,
            Charges charges,
            Ownership ownership,
            Path ipv6Settings) {
        this.backend = backend;
        this.feed = feed;
        this.charges = charges;
        this.slow = slow;
        links = new VirtualLinks(feed, client, slow, ownership, ipv6Settings);
        feed.follow(new RouteFeed.Follower() {
            @Override
            public void onAddressGone(AddressMessage address) {
                // addresses are the other backend's
            }

            @Override
            public void onTable() {
                List.copyOf(byRouter.values()).forEach(VirtualLink::reconcile);
            }
        });
    }

    /** Whether an interface has been made by this class, in whichever process. */
    public static boolean isOurs(LinkMessage link) {
        return LinkAlias.of(link).isPresent();
    }

    /** Why no interface with another MAC address can be made on this one; empty if nothing speaks against it. */
    public static Optional<String> obstacle(LinkMessage base) {
        return VirtualLinks.obstacle(base);
    }

    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        feed.catchUp();
        sweepSoon();
        if (claim.virtualMac().isEmpty()) {
            return backend.register(claim, listener);
        }
        VirtualLink link = new VirtualLink(links, claim, listener);
        byRouter.put(claim.router(), link);
        takeCharge(link);
        CompletionStage<Void> registered = backend.register(claim, link);
        try {
            link.ensureThere();
        } catch (AddressException e) {
            LOG.debug("{} is not there yet", link.name(), e);
        }
        feed.tellSoon();
        return registered.thenCompose(
                nothing -> link.failure().map(this::failed).orElse(DONE));
    }

    private CompletionStage<Void> failed(AddressException failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private static String chargeOf(String interfaceName) {
        return "interface " + interfaceName;
    }

    private void takeCharge(VirtualLink link) {
        try {
            Optional<String> owner = charges.take(chargeOf(link.name()), () -> onFree(link));
            link.onCharge(owner.map(other ->
                            "interface " + link.name() + " is in the charge of another node on this host, " + other)
                    .orElse(null));
        } catch (LinuxException e) {
            LOG.warn("Cannot tell whether another node has charge of {}: {}", link.name(), e.getMessage());
        }
    }

    private void onFree(VirtualLink link) {
        if (byRouter.containsValue(link)) {
            takeCharge(link);
            feed.catchUp();
            feed.tellSoon();
        }
    }

    /** After the routers that are being registered now: what is of none of them then goes. */
    private void sweepSoon() {
        if (!sweeping) {
            sweeping = true;
            feed.soon(this::sweep);
        }
    }

    private void sweep() {
        sweeping = false;
        feed.catchUp();
        for (LinkMessage link : feed.table().links()) {
            boolean used = byRouter.values().stream().anyMatch(own -> own.name().equals(link.name()));
            if (!used && LinkAlias.of(link).isPresent() && isInNobodysCharge(link.name())) {
                links.remove(link).thenRun(() -> charges.giveBack(chargeOf(link.name())));
                LOG.info("Removed interface {}: left behind by a node that is no more", link.name());
            }
        }
    }

    private boolean isInNobodysCharge(String name) {
        try {
            boolean free = charges.take(chargeOf(name), () -> {}).isEmpty();
            if (!free) {
                charges.giveBack(chargeOf(name));
            }
            return free;
        } catch (LinuxException e) {
            LOG.warn("Cannot tell whether somebody has charge of {}: {}", name, e.getMessage());
            return false;
        }
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        VirtualLink link = byRouter.get(claim.router());
        return link == null ? backend.acquire(claim) : link.whenIdle(() -> acquire(claim, link));
    }

    private CompletionStage<Void> acquire(AddressClaim claim, VirtualLink link) {
        try {
            if (!link.up()) {
                return link.whenIdle(() -> acquire(claim, link));
            }
        } catch (AddressException e) {
            link.down();
            return failed(e);
        }
        return backend.acquire(claim).whenComplete((nothing, failure) -> {
            if (failure != null) {
                link.down();
            }
        });
    }

    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        VirtualLink link = byRouter.get(from.router());
        return link == null ? backend.change(from, to) : link.whenIdle(() -> change(link, from, to));
    }

    private CompletionStage<Void> change(VirtualLink link, AddressClaim from, AddressClaim to) {
        try {
            link.onChanged(to);
        } catch (IOException e) {
            // an address of the new family is refused then, in the kernel's words
            LOG.warn("{}: {}", to.router(), e.getMessage());
        }
        return backend.change(from, to);
    }

    @Override
    public void renew(AddressClaim claim) {
        backend.renew(claim);
    }

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        VirtualLink link = byRouter.get(claim.router());
        if (link == null) {
            return backend.release(claim);
        }
        if (link.families().contains(IpFamily.IPV6)) {
            return link.down().thenCompose(nothing -> backend.release(claim));
        }
        CompletionStage<Void> released = backend.release(claim);
        link.down();
        return released;
    }

    @Override
    public void unregister(AddressClaim claim) {
        backend.unregister(claim);
        VirtualLink link = byRouter.remove(claim.router());
        if (link != null) {
            feed.catchUp();
            link.end().thenRun(() -> giveBack(link));
        }
    }

    private void giveBack(VirtualLink link) {
        if (!closed) {
            charges.giveBack(chargeOf(link.name()));
        }
    }

    @Override
    public void close() {
        backend.close();
        feed.catchUp();
        byRouter.values().forEach(VirtualLink::end);
        byRouter.clear();
        slow.close();
        closed = true;
        charges.close();
    }
}
