package org.vrrp4j.linux.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.model.Fault;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;

/**
 * Puts the addresses of a claim in place, all in one go, and notes which of them are held then: also where others are
 * refused, so that what is there can be released.
 */
final class Acquisition {
    /** Fails if there is one already, which is somebody else's then. */
    static final int ADD = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;

    private static final int ADD_OR_EXTEND = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_REPLACE;

    private final RouteFeed feed;
    private final AddressRequests requests;

    Acquisition(RouteFeed feed, AddressRequests requests) {
        this.feed = feed;
        this.requests = requests;
    }

    /**
     * Like {@code ip address add}, or {@code replace} for what is held or was left behind.
     *
     * @throws AddressException if one of them is refused, or somebody else has put one there
     */
    void putAll(ClaimRecord record) throws AddressException {
        checkNotForeign(record);
        AddressClaim claim = record.claim();
        record.onLeased(feed.nanoTime(), requests.leaseSeconds(claim));
        List<VirtualAddress> addresses = claim.addresses();
        List<AddressMessage> entries = new ArrayList<>(addresses.size());
        Set<AddressMessage> known = new HashSet<>();
        for (VirtualAddress address : addresses) {
            int index = indexFor(claim, address);
            AddressMessage entry = requests.message(claim, address, index);
            entries.add(entry);
            if (record.holds(address, index) || record.isLeftover(address, index)) {
                known.add(entry);
            }
        }
        SortedMap<Integer, LinuxException> refusals;
        try {
            refusals = requests.putAll(entries, entry -> known.contains(entry) ? ADD_OR_EXTEND : ADD);
        } catch (LinuxException e) {
            for (int i = 0; i < entries.size(); i++) {
                // the answers are lost, so they may be there, and are to be released then
                record.onAcquired(addresses.get(i), entries.get(i).interfaceIndex());
            }
            throw failed(e);
        }
        for (int i = 0; i < entries.size(); i++) {
            if (!refusals.containsKey(i)) {
                feed.table().add(entries.get(i));
                record.onAcquired(addresses.get(i), entries.get(i).interfaceIndex());
            }
        }
        if (!refusals.isEmpty()) {
            throw failure(refusals.values());
        }
    }

    private void checkNotForeign(ClaimRecord record) throws AddressException {
        ClaimRecord.Foreign foreign = record.foreign(feed.table()).orElse(null);
        if (foreign != null) {
            throw new AddressException(Fault.FOREIGN_ADDRESS, foreign.where(), null);
        }
    }

    private int indexFor(AddressClaim claim, VirtualAddress address) throws AddressException {
        String device = claim.deviceOf(address);
        return feed.table()
                .link(device)
                .map(LinkMessage::index)
                .orElseThrow(() -> new AddressException(
                        Fault.ADDRESS_FAILED, "no interface " + device + " to put " + address + " on", null));
    }

    /** One that somebody else has put there meanwhile says the most: its end will be heard of. */
    private static AddressException failure(Collection<LinuxException> refusals) {
        LinuxException first = refusals.stream()
                .filter(refusal -> refusal.is(Errno.EEXIST))
                .findFirst()
                .orElseGet(() -> refusals.iterator().next());
        AddressException failure = first.is(Errno.EEXIST)
                ? new AddressException(Fault.FOREIGN_ADDRESS, first.getMessage(), first)
                : failed(first);
        refusals.stream().filter(other -> other != first).forEach(failure::addSuppressed);
        return failure;
    }

    /** A request that the kernel has not carried out, as the router is told it. */
    static AddressException failed(LinuxException cause) {
        return new AddressException(Fault.ADDRESS_FAILED, cause.getMessage(), cause);
    }
}
