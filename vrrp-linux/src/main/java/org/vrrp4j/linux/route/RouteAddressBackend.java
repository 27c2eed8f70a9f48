package org.vrrp4j.linux.route;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.model.Fault;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;

/**
 * Puts virtual addresses on interfaces through rtnetlink, with a lifetime after which the kernel takes them away by
 * itself. Every stage is complete when it is returned: a request takes the kernel some microseconds.
 *
 * <p><b>Leftovers.</b> Our addresses carry the tag 112 (IFA_PROTO; {@code ip address} shows {@code proto 112}) and end
 * by themselves. One that is found at {@link #register}, while no living node on this host has charge of it
 * ({@link Charges}), is certainly what a dead predecessor left behind. A claim that is acquired within the same turn of
 * the loop takes it over as it is, without a gap; everything else goes, also what is in no claim any more. Kernels
 * before 5.18 do not keep the tag: there a leftover counts as somebody else's until its lifetime ends, within seconds,
 * while what we hold is known without it.
 *
 * <p><b>Neighbours.</b> Of a virtual router, and of an address, one node on a host has charge, from {@link #register}
 * to {@link #unregister}. Another one that is to have the same tells it as a foreign address, names the process that
 * has charge, and waits: it hears from the kernel when that ends or dies, and takes charge then.
 *
 * <p><b>Primary and secondary addresses</b> (IPv4). When the primary address of a subnet goes, or its lifetime ends,
 * the kernel takes the secondary ones along, unless {@code net.ipv4.conf.*.promote_secondaries} is set; a virtual
 * address that goes with it is told as lost, so its router puts it back. It is the primary one then, and an address
 * that the host gets back would be secondary to it: it would not be what the host sends from any more, and would go
 * with the virtual one. So a virtual address never stays the primary one above one of the host: it is taken away and
 * put back at once, as a secondary one. No release takes others' addresses along: promote_secondaries is set for its
 * moment if it is needed.
 *
 * <p><b>Somebody removes an address</b>, an interface is flushed, deleted or moved away, or an IPv6 address goes as its
 * interface goes down: told as lost at once, from the kernel's own message. After an overrun everything is read anew,
 * and the differences are told.
 */
public final class RouteAddressBackend implements AddressBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RouteAddressBackend.class);

    private final RouteFeed feed;
    private final AddressRequests requests;
    private final Acquisition acquisition;
    private final Renewals renewals;
    private final Leftovers leftovers;
    private final Charges charges;
    private final ClaimRecords records;
    private final Set<ClaimRecord> unjudged = new LinkedHashSet<>();
    private long judgedShape;

    /** With one client for everything, on the loop. */
    public RouteAddressBackend(RouteFeed feed, NetlinkClient client, Charges charges) {
        this(feed, client, client, Runnable::run, charges);
    }

    /**
     * On a started feed; feed, clients and executor stay the caller's, the charges are closed with the backend.
     *
     * @param renewing what renews leases; of these the feed need not hear
     * @param executor on whose threads it does so, one at a time
     */
    public RouteAddressBackend(
            RouteFeed feed, NetlinkClient client, NetlinkClient renewing, Executor executor, Charges charges) {
        this.feed = feed;
        this.charges = charges;
        records = new ClaimRecords(feed.table());
        requests = new AddressRequests(feed, client, this::isVirtual, records::ipv6Addresses, this::settle);
        acquisition = new Acquisition(feed, requests);
        renewals = new Renewals(feed, requests, renewing, executor);
        leftovers = new Leftovers(feed, requests, charges, records, unjudged);
        feed.follow(new RouteFeed.Follower() {
            @Override
            public void onAddress(AddressMessage address) {
                records.with(address).ifPresent(unjudged::add);
            }

            @Override
            public void onAddressGone(AddressMessage address) {
                records.with(address).ifPresent(record -> {
                    record.onAddressGone(address);
                    unjudged.add(record);
                });
            }

            @Override
            public void onMuch() {
                unjudged.addAll(records.all());
            }

            @Override
            public void onTable() {
                yieldPrimaries();
                List<ClaimRecord> judged = List.copyOf(unjudged);
                unjudged.clear();
                judged.forEach(record -> record.judge(feed.table()));
            }
        });
    }

    private void settle() {
        renewals.settle();
    }

    /** Whether an entry is ours or would be, so that it is no address of the host itself. */
    public boolean isVirtual(AddressMessage entry) {
        return entry.protocol() == AddressMessage.PROTOCOL_VRRP
                || records.with(entry).isPresent();
    }

    /**
     * Like {@code ip address show}, and {@code ip address del ADDRESS dev LINK} for each leftover that is not acquired.
     *
     * @throws IllegalArgumentException if the claim or one of its addresses is registered already, or the lease is
     *     shorter than a second
     */
    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        feed.checkThread();
        AddressException refusal = refusal(claim);
        if (refusal != null) {
            return stage(refusal);
        }
        checkClaim(claim, null);
        feed.catchUp();
        ClaimRecord record = new ClaimRecord(claim, listener);
        records.add(record);
        requests.onClaimsChanged();
        leftovers.takeCharge(record);
        leftovers.find(record);
        record.judge(feed.table());
        // An address that is virtual now may have been an interface's own until now.
        feed.tellSoon();
        return stage(null);
    }

    private static AddressException refusal(AddressClaim claim) {
        try {
            claim.requireAddressesOnly("RouteAddressBackend alone");
            return null;
        } catch (AddressException e) {
            return e;
        }
    }

    /** A virtual address gives the first place in its subnet to an address of the host itself. */
    private void yieldPrimaries() {
        if (judgedShape == feed.table().shape()) {
            return;
        }
        List<AddressMessage> others = requests.secondaries(entry -> !isVirtual(entry));
        for (ClaimRecord record : others.isEmpty() ? List.<ClaimRecord>of() : records.all()) {
            for (VirtualAddress address : record.claim().addresses()) {
                if (record.holds(address) && !record.isToldLost(address)) {
                    AddressMessage entry = requests.message(record.claim(), address, record.indexOf(address));
                    if (requests.takesAlong(entry, others)) {
                        yieldPrimary(record, address, entry);
                    }
                }
            }
        }
        judgedShape = feed.table().shape();
    }

    private void yieldPrimary(ClaimRecord record, VirtualAddress address, AddressMessage entry) {
        String router = record.claim().router().toString();
        try {
            requests.delete(entry);
            requests.put(record.claim(), address, record.indexOf(address), Acquisition.ADD);
            feed.catchUp();
            record.onPutAnew(address);
            LOG.info("{}: {} is secondary now to an address of the host itself", router, entry.cidr());
        } catch (LinuxException e) {
            LOG.warn("{}: cannot make {} secondary: {}", router, entry.cidr(), e.getMessage());
        }
    }

    private void checkClaim(AddressClaim claim, ClaimRecord own) {
        if (claim.lease().toSeconds() < 1) {
            throw new IllegalArgumentException("lease must be at least 1 s: lease=" + claim.lease());
        }
        if (records.of(claim.router()).filter(other -> other != own).isPresent()) {
            throw new IllegalArgumentException("virtual router is registered already: " + claim.router());
        }
        for (VirtualAddress address : claim.addresses()) {
            ClaimRecord other = records.with(claim, address).orElse(own);
            if (other != own) {
                throw new IllegalArgumentException("virtual address belongs to two virtual routers: " + address + " of "
                        + other.claim().router() + " and " + claim.router());
            }
        }
    }

    /** Like {@code ip address add ADDRESS dev LINK label LABEL scope SCOPE valid_lft LEASE preferred_lft LEASE}. */
    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        feed.checkThread();
        AddressException refusal = refusal(claim);
        if (refusal != null) {
            return stage(refusal);
        }
        ClaimRecord record = registered(claim);
        feed.catchUp();
        try {
            acquisition.putAll(record);
        } catch (AddressException e) {
            return refused(record, e);
        }
        record.onAcquired();
        feed.catchUp();
        return stage(null);
    }

    private ClaimRecord registered(AddressClaim claim) {
        return recordOf(claim)
                .orElseThrow(() -> new IllegalArgumentException("claim is not registered: " + claim.router()));
    }

    private CompletionStage<Void> refused(ClaimRecord record, AddressException failure) {
        if (failure.fault() == Fault.FOREIGN_ADDRESS) {
            record.onRefusedForForeign();
        }
        tryRelease(record, record.claim().addresses()).forEach(failure::addSuppressed);
        feed.catchUp();
        unjudged.add(record);
        feed.tellSoon();
        return stage(failure);
    }

    /**
     * Like {@code ip address del} for what goes, then {@code ip address add} for what comes and {@code ip address
     * replace} for what stays. An address with another prefix length, device, label or scope is another one: it goes
     * and comes.
     *
     * @throws IllegalArgumentException if the old claim is not registered, or an address of the new one belongs to
     *     another router
     */
    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        feed.checkThread();
        ClaimRecord record = registered(from);
        AddressException refusal = refusal(to);
        if (refusal != null) {
            CompletionStage<Void> stage = refused(record, refusal);
            record.onChanged(to);
            return stage;
        }
        checkClaim(to, record);
        feed.catchUp();
        boolean held = record.holdsAny();
        List<VirtualAddress> gone = new ArrayList<>(from.addresses());
        gone.removeAll(to.addresses());
        List<LinuxException> failures = tryRelease(record, gone);
        records.change(record, to);
        requests.onClaimsChanged();
        feed.catchUp();
        leftovers.takeCharge(record);
        leftovers.find(record);
        try {
            if (held) {
                acquisition.putAll(record);
                record.onAllInPlace();
            }
        } catch (AddressException e) {
            return refused(record, e);
        }
        for (LinuxException failure : failures) {
            LOG.warn("An address of {} stays until its lease ends: {}", to.router(), failure.getMessage());
        }
        feed.catchUp();
        record.judge(feed.table());
        feed.tellSoon();
        return stage(null);
    }

    /**
     * Like {@code ip address replace ADDRESS dev LINK valid_lft LEASE preferred_lft LEASE}, at the end of this turn of
     * the loop.
     */
    @Override
    public void renew(AddressClaim claim) {
        feed.checkThread();
        ClaimRecord record = records.get(claim.router());
        if (record != null && record.claim().equals(claim)) {
            renewals.add(record);
        }
    }

    /** Like {@code ip address del ADDRESS dev LINK}. */
    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        feed.checkThread();
        List<LinuxException> failures = recordOf(claim)
                .map(record -> tryRelease(record, claim.addresses()))
                .orElse(List.of());
        feed.catchUp();
        if (failures.isEmpty()) {
            return stage(null);
        }
        AddressException failure = Acquisition.failed(failures.get(0));
        failures.stream().skip(1).forEach(failure::addSuppressed);
        return stage(failure);
    }

    /** Takes away what is held; an address that stays is not renewed any more and so ends with its lease. */
    private List<LinuxException> tryRelease(ClaimRecord record, List<VirtualAddress> addresses) {
        List<VirtualAddress> held = addresses.stream().filter(record::holds).toList();
        List<LinuxException> failures = requests.deleteAll(held.stream()
                .map(address -> requests.message(record.claim(), address, record.indexOf(address)))
                .toList());
        held.forEach(record::onReleased);
        return failures;
    }

    @Override
    public void unregister(AddressClaim claim) {
        feed.checkThread();
        recordOf(claim).ifPresent(this::end);
        feed.tellSoon();
    }

    @Override
    public void close() {
        feed.checkThread();
        settle();
        List.copyOf(records.all()).forEach(this::end);
        charges.close();
    }

    private void end(ClaimRecord record) {
        record.onRegistrationEnded();
        records.remove(record);
        requests.onClaimsChanged();
        for (LinuxException failure : tryRelease(record, record.claim().addresses())) {
            LOG.warn(
                    "An address of {} stays until its lease ends: {}",
                    record.claim().router(),
                    failure.getMessage());
        }
        leftovers.giveBack(record);
    }

    private Optional<ClaimRecord> recordOf(AddressClaim claim) {
        return records.of(claim.router()).filter(record -> record.claim().equals(claim));
    }

    private static CompletionStage<Void> stage(AddressException failure) {
        return failure == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(failure);
    }
}
