package org.vrrp4j.linux.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;

/**
 * Puts virtual addresses on interfaces through rtnetlink, with a lifetime after which the kernel takes them away by
 * itself. Every stage is complete when it is returned: a request takes the kernel some microseconds.
 *
 * <p>Our addresses carry the tag 112 ({@code ip address} shows {@code proto 112}); one that is found with it at
 * {@link #register} is what a dead predecessor left, and goes. Kernels before 5.18 do not keep the tag: there a
 * leftover counts as somebody else's until its lifetime ends, within seconds, while what we hold is known without it.
 *
 * <p>An address with the tag that comes up later, and not from us, belongs to another node on this host and counts as
 * somebody else's too.
 *
 * <p>When the last primary address of a subnet goes, the kernel takes the secondary ones along, unless
 * {@code net.ipv4.conf.*.promote_secondaries} is set; a virtual address that goes with it is told as lost.
 */
public final class RouteAddressBackend implements AddressBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RouteAddressBackend.class);
    private static final int ADD = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;
    private static final int ADD_OR_EXTEND = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_REPLACE;

    private final RouteFeed feed;
    private final NetlinkClient client;
    private final List<ClaimRecord> records = new ArrayList<>();

    /** On a started feed; feed and client stay the caller's. */
    public RouteAddressBackend(RouteFeed feed, NetlinkClient client) {
        this.feed = feed;
        this.client = client;
        feed.follow(new RouteFeed.Follower() {
            @Override
            public void onAddressGone(AddressMessage address) {
                records.forEach(record -> record.onAddressGone(address));
            }

            @Override
            public void onTable() {
                List.copyOf(records).forEach(record -> record.judge(feed.table()));
            }
        });
    }

    /** Whether an entry is ours or would be, so that it is no address of the host itself. */
    public boolean isVirtual(AddressMessage entry) {
        return entry.protocol() == AddressMessage.PROTOCOL_VRRP
                || records.stream().anyMatch(record -> record.contains(entry.address()));
    }

    /**
     * Like {@code ip address show} and {@code ip address del ADDRESS dev LINK} for each leftover of ours.
     *
     * @throws IllegalArgumentException if the claim or one of its addresses is registered already, or the lease is
     *     shorter than a second
     */
    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        feed.checkThread();
        checkClaim(claim, null);
        feed.catchUp();
        ClaimRecord record = new ClaimRecord(claim, listener);
        records.add(record);
        AddressException failure = null;
        try {
            removeLeftovers(record);
        } catch (LinuxException e) {
            failure = failed(e);
        }
        feed.catchUp();
        record.judge(feed.table());
        // An address that is virtual now may have been an interface's own until now.
        feed.tellSoon();
        return stage(failure);
    }

    private void removeLeftovers(ClaimRecord record) throws LinuxException {
        for (VirtualAddress address : record.claim().addresses()) {
            if (record.holds(address)) {
                continue;
            }
            for (AddressMessage entry : feed.table().find(address.address())) {
                if (entry.protocol() == AddressMessage.PROTOCOL_VRRP) {
                    delete(entry);
                    LOG.info(
                            "Removed {} from {}: left behind by a node that is no more",
                            entry.cidr(),
                            feed.table().nameOf(entry.interfaceIndex()));
                }
            }
        }
    }

    private void checkClaim(AddressClaim claim, ClaimRecord own) {
        if (claim.lease().toSeconds() < 1) {
            throw new IllegalArgumentException("lease must be at least 1 s: lease=" + claim.lease());
        }
        for (ClaimRecord other : records) {
            if (other == own) {
                continue;
            }
            if (other.claim().router().equals(claim.router())) {
                throw new IllegalArgumentException("virtual router is registered already: " + claim.router());
            }
            for (VirtualAddress address : claim.addresses()) {
                if (other.contains(address.address())) {
                    throw new IllegalArgumentException("virtual address belongs to two virtual routers: " + address
                            + " of " + other.claim().router() + " and " + claim.router());
                }
            }
        }
    }

    /** Like {@code ip address add ADDRESS dev LINK label LABEL scope SCOPE valid_lft LEASE preferred_lft LEASE}. */
    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        feed.checkThread();
        ClaimRecord record = registered(claim);
        feed.catchUp();
        try {
            acquireAll(record);
        } catch (AddressException e) {
            return refused(record, e);
        }
        record.onRenewal(true);
        feed.catchUp();
        return stage(null);
    }

    private ClaimRecord registered(AddressClaim claim) {
        return recordOf(claim)
                .orElseThrow(() -> new IllegalArgumentException("claim is not registered: " + claim.router()));
    }

    private void acquireAll(ClaimRecord record) throws AddressException {
        checkNotForeign(record);
        for (VirtualAddress address : record.claim().addresses()) {
            acquire(record, address);
        }
    }

    private CompletionStage<Void> refused(ClaimRecord record, AddressException failure) {
        if (failure.fault() == Fault.FOREIGN_ADDRESS) {
            record.onRefusedForForeign();
        }
        tryRelease(record, record.claim().addresses()).forEach(failure::addSuppressed);
        feed.catchUp();
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
        checkClaim(to, record);
        feed.catchUp();
        boolean held = record.holdsAny();
        List<VirtualAddress> gone = new ArrayList<>(from.addresses());
        gone.removeAll(to.addresses());
        List<LinuxException> failures = tryRelease(record, gone);
        record.onChanged(to);
        feed.catchUp();
        try {
            removeLeftovers(record);
            feed.catchUp();
            if (held) {
                acquireAll(record);
                record.onAllInPlace();
            }
        } catch (LinuxException e) {
            return refused(record, failed(e));
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

    private void checkNotForeign(ClaimRecord record) throws AddressException {
        ClaimRecord.Foreign foreign = record.foreign(feed.table()).orElse(null);
        if (foreign != null) {
            throw new AddressException(
                    Fault.FOREIGN_ADDRESS, "somebody else has put " + foreign.where() + " on this host", null);
        }
    }

    private void acquire(ClaimRecord record, VirtualAddress address) throws AddressException {
        String device = record.claim().deviceOf(address);
        LinkMessage link = feed.table()
                .link(device)
                .orElseThrow(() -> new AddressException(
                        Fault.ADDRESS_FAILED, "no interface " + device + " to put " + address + " on", null));
        boolean known = record.holds(address, link.index());
        try {
            put(record.claim(), address, link.index(), known ? ADD_OR_EXTEND : ADD);
        } catch (LinuxException e) {
            if (e.is(Errno.EEXIST)) {
                throw new AddressException(Fault.FOREIGN_ADDRESS, e.getMessage(), e);
            }
            throw failed(e);
        }
        feed.table().add(message(record.claim(), address, link.index()));
        record.onAcquired(address, link.index());
    }

    /** Like {@code ip address replace ADDRESS dev LINK valid_lft LEASE preferred_lft LEASE}. */
    @Override
    public void renew(AddressClaim claim) {
        feed.checkThread();
        recordOf(claim).ifPresent(this::renew);
    }

    private void renew(ClaimRecord record) {
        // A lost address is its router's to put back.
        List<AddressMessage> entries = record.claim().addresses().stream()
                .filter(address -> record.holds(address) && !record.isToldLost(address))
                .map(address -> message(record.claim(), address, record.indexOf(address)))
                .toList();
        List<LinuxException> failures;
        try {
            failures = client.executeAll(
                    number -> operation("RTM_NEWADDR", entries.get(number)),
                    AddressMessage.RTM_NEWADDR,
                    NetlinkMessage.NLM_F_REPLACE,
                    entries.stream().map(AddressMessage::encode).toList());
        } catch (LinuxException e) {
            failures = List.of(e);
        }
        if (record.onRenewal(failures.isEmpty())) {
            String first = failures.get(0).getMessage();
            LOG.warn("Cannot renew the lease of {}: {}", record.claim().router(), first);
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
        AddressException failure = failed(failures.get(0));
        failures.stream().skip(1).forEach(failure::addSuppressed);
        return stage(failure);
    }

    /** Takes away what is held; an address that stays is not renewed any more and so ends with its lease. */
    private List<LinuxException> tryRelease(ClaimRecord record, List<VirtualAddress> addresses) {
        List<LinuxException> failures = new ArrayList<>();
        for (VirtualAddress address : addresses) {
            if (record.holds(address)) {
                AddressMessage entry = message(record.claim(), address, record.indexOf(address));
                record.onReleased(address);
                try {
                    delete(entry);
                } catch (LinuxException e) {
                    failures.add(e);
                }
            }
        }
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
        List.copyOf(records).forEach(this::end);
    }

    private void end(ClaimRecord record) {
        record.onRegistrationEnded();
        records.remove(record);
        for (LinuxException failure : tryRelease(record, record.claim().addresses())) {
            LOG.warn(
                    "An address of {} stays until its lease ends: {}",
                    record.claim().router(),
                    failure.getMessage());
        }
    }

    private Optional<ClaimRecord> recordOf(AddressClaim claim) {
        return records.stream().filter(record -> record.claim().equals(claim)).findFirst();
    }

    private static CompletionStage<Void> stage(AddressException failure) {
        return failure == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(failure);
    }

    private void put(AddressClaim claim, VirtualAddress address, int interfaceIndex, int flags) throws LinuxException {
        AddressMessage entry = message(claim, address, interfaceIndex);
        client.execute(operation("RTM_NEWADDR", entry), AddressMessage.RTM_NEWADDR, flags, entry.encode());
    }

    private void delete(AddressMessage entry) throws LinuxException {
        try {
            client.execute(operation("RTM_DELADDR", entry), AddressMessage.RTM_DELADDR, 0, entry.encode());
        } catch (LinuxException e) {
            // Gone already, or gone together with its interface.
            if (!e.is(Errno.EADDRNOTAVAIL) && !e.is(Errno.ENODEV)) {
                throw e;
            }
        }
    }

    private static AddressMessage message(AddressClaim claim, VirtualAddress virtual, int interfaceIndex) {
        InetAddress address = virtual.address();
        return new AddressMessage(
                address,
                virtual.prefixLength(),
                interfaceIndex,
                virtual.scope(),
                IpFamily.of(address) == IpFamily.IPV6 ? AddressMessage.IFA_F_NODAD : 0,
                AddressMessage.PROTOCOL_VRRP,
                virtual.label(),
                claim.lease().toSeconds());
    }

    private String operation(String type, AddressMessage entry) {
        return type + " " + entry.cidr() + " dev " + feed.table().nameOf(entry.interfaceIndex());
    }

    private static AddressException failed(LinuxException cause) {
        return new AddressException(Fault.ADDRESS_FAILED, cause.getMessage(), cause);
    }
}
