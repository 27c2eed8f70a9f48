package org.vrrp4j.linux.route;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressListener;

/** One registered claim: what of it we hold, and what its listener has been told. */
final class ClaimRecord {
    private AddressClaim claim;
    private final AddressListener listener;
    // The interface number that each held address was put on: the interface may have another name by now.
    private final Map<VirtualAddress, Integer> held = new HashMap<>();
    private final Map<Integer, MacAddress> announcedMacs = new HashMap<>();
    private final Map<AddressMessage, VirtualAddress> adoptable = new HashMap<>();
    private final Set<AddressMessage> leftovers = new HashSet<>();
    private final Set<String> charges = new HashSet<>();
    private String neighbour;
    private final Set<VirtualAddress> vanished = new HashSet<>();
    private final Set<VirtualAddress> toldLost = new HashSet<>();
    private boolean toldForeign;
    private boolean refusedForForeign;
    private boolean renewalAsked;
    private boolean renewalRefused;
    private boolean renewalFailed;
    private List<NetlinkMessage> renewals;
    private long renewalsVersion;
    private long leasedNanos;
    private long leaseSeconds;
    private boolean ended;

    ClaimRecord(AddressClaim claim, AddressListener listener) {
        this.claim = claim;
        this.listener = listener;
    }

    AddressClaim claim() {
        return claim;
    }

    /** From now on the claim is another one of the same router; what is held and not in it has been released. */
    void onChanged(AddressClaim next) {
        renewals = null;
        claim = next;
    }

    /** What it has charge of, or waits for. */
    Set<String> charges() {
        return charges;
    }

    /** A living node on this host has charge: in words. */
    void onNeighbour(String words) {
        neighbour = words;
    }

    void onNeighbourGone() {
        neighbour = null;
    }

    boolean hasNeighbour() {
        return neighbour != null;
    }

    /**
     * An address that a dead predecessor left behind is not somebody else's, and will go if it is not acquired.
     *
     * @param asWanted whether it can be taken over as it is
     */
    void onLeftover(VirtualAddress address, AddressMessage entry, boolean asWanted) {
        leftovers.add(entry);
        if (asWanted) {
            adoptable.put(entry, address);
        }
    }

    void forgetLeftovers() {
        leftovers.clear();
        adoptable.clear();
    }

    boolean isLeftover(VirtualAddress address, int interfaceIndex) {
        return adoptable.entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue().equals(address) && entry.getKey().interfaceIndex() == interfaceIndex);
    }

    boolean holdsAny() {
        return !held.isEmpty();
    }

    boolean holds(VirtualAddress address) {
        return held.containsKey(address);
    }

    boolean holds(VirtualAddress address, int interfaceIndex) {
        return held.getOrDefault(address, 0) == interfaceIndex;
    }

    /** Whether an entry of the table is a held address. */
    boolean holds(AddressMessage entry) {
        return claim.addresses().stream()
                .anyMatch(address -> isEntryOf(address, entry) && holds(address, entry.interfaceIndex()));
    }

    /** The interface number of a held address. */
    int indexOf(VirtualAddress address) {
        return held.get(address);
    }

    void onAcquired(VirtualAddress address, int interfaceIndex) {
        renewals = null;
        held.put(address, interfaceIndex);
        toldLost.remove(address);
    }

    void onReleased(VirtualAddress address) {
        renewals = null;
        held.remove(address);
        vanished.remove(address);
        toldLost.remove(address);
    }

    /** Every address is in place. */
    void onAcquired() {
        renewalFailed = false;
    }

    /** Every address has just been put: one that the kernel took along with a removed one is back already. */
    void onAllInPlace() {
        vanished.clear();
        renewalFailed = false;
    }

    /** An address has been away only because we put it anew. */
    void onPutAnew(VirtualAddress address) {
        vanished.remove(address);
    }

    /** Whether the listener knows that a held address is not there. */
    boolean isToldLost(VirtualAddress address) {
        return toldLost.contains(address);
    }

    /** An acquisition failed for a foreign address, of whose end the listener must therefore hear. */
    void onRefusedForForeign() {
        refusedForForeign = true;
    }

    void onRegistrationEnded() {
        ended = true;
    }

    /** Notes that an address has gone, even if a renewal brings it back before the listener is told. */
    void onAddressGone(AddressMessage gone) {
        renewals = null;
        leftovers.removeIf(entry -> isSameEntry(entry, gone));
        adoptable.keySet().removeIf(entry -> isSameEntry(entry, gone));
        held.forEach((address, interfaceIndex) -> {
            if (isEntryOf(address, gone) && interfaceIndex == gone.interfaceIndex()) {
                vanished.add(address);
                toldLost.remove(address);
            }
        });
    }

    /** The requests that renew what is held; a lost address is its router's to put back. */
    List<NetlinkMessage> renewals(AddressRequests requests) {
        if (renewals == null || renewalsVersion != requests.version()) {
            renewalsVersion = requests.version();
            renewals = claim.addresses().stream()
                    .filter(address -> holds(address) && !isToldLost(address))
                    .map(address -> requests.renewal(requests.message(claim, address, indexOf(address))))
                    .toList();
        }
        return renewals;
    }

    /** From now on the lease of what is held is so long. */
    void onLeased(long now, long seconds) {
        leasedNanos = now;
        leaseSeconds = seconds;
    }

    /**
     * Whether its lease is to be renewed now. One that is longer than asked for is renewed when a quarter of it has
     * passed, or up to a half: not those of all claims at once.
     */
    boolean isRenewalDue(long now) {
        long quarter = TimeUnit.SECONDS.toNanos(leaseSeconds) / 4;
        return leaseSeconds <= claim.lease().toSeconds()
                || now - leasedNanos >= quarter + quarter * claim.router().vrid() / 256;
    }

    /** Whether no renewal waits for its turn yet; from now on one does. */
    boolean onRenewalAsked() {
        boolean first = !renewalAsked;
        renewalAsked = true;
        renewalRefused = false;
        return first;
    }

    /** Something of the renewal has failed; returns whether this is the first failure since the last success. */
    boolean onRenewalRefused() {
        boolean first = !renewalFailed;
        renewalRefused = true;
        renewalFailed = true;
        return first;
    }

    void onRenewalEnded() {
        renewalAsked = false;
        renewalFailed = renewalRefused;
    }

    /** The first entry of an address that we do not hold. */
    Optional<Foreign> foreign(InterfaceTable table) {
        if (neighbour != null && !claim.addresses().isEmpty()) {
            return Optional.of(new Foreign(claim.addresses().get(0), neighbour));
        }
        for (VirtualAddress address : claim.addresses()) {
            Optional<Foreign> found = holds(address) ? Optional.empty() : foreign(table, address);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Foreign> foreign(InterfaceTable table, VirtualAddress address) {
        List<AddressMessage> entries = table.find(address.address());
        String place = entries.isEmpty() ? "" : ClaimRecords.place(claim, address);
        return entries.stream()
                .filter(entry -> table.placeOf(entry).equals(place))
                .filter(entry -> leftovers.stream().noneMatch(leftover -> isSameEntry(leftover, entry)))
                .findFirst()
                .map(entry -> new Foreign(address, where(table, entry)));
    }

    private static String where(InterfaceTable table, AddressMessage entry) {
        String text = "somebody else has put " + entry.cidr() + " on " + table.nameOf(entry.interfaceIndex());
        return entry.isOurs() ? text + ", another vrrp4j node it seems" : text;
    }

    /** Tells the listener what has changed since it was last told. */
    void judge(InterfaceTable table) {
        for (VirtualAddress address : claim.addresses()) {
            if (!ended && isLost(table, address)) {
                listener.onAddressLost(address);
            }
        }
        if (!ended) {
            judgeForeign(foreign(table).orElse(null));
        }
        if (!ended && isMacChanged(table)) {
            listener.onMacChanged();
        }
    }

    /** Compares with what was there at the last call, of the interfaces that have held addresses. */
    private boolean isMacChanged(InterfaceTable table) {
        boolean changed = false;
        announcedMacs.keySet().retainAll(held.values());
        for (int index : Set.copyOf(held.values())) {
            MacAddress mac = table.link(index).flatMap(LinkMessage::mac).orElse(null);
            if (mac != null) {
                MacAddress before = announcedMacs.put(index, mac);
                changed |= before != null && !before.equals(mac);
            }
        }
        return changed;
    }

    private void judgeForeign(Foreign foreign) {
        if (foreign != null && !toldForeign) {
            toldForeign = true;
            listener.onForeignAddress(foreign.address(), foreign.where());
        } else if (foreign == null && (toldForeign || refusedForForeign)) {
            toldForeign = false;
            refusedForForeign = false;
            listener.onForeignAddressGone();
        }
    }

    private boolean isLost(InterfaceTable table, VirtualAddress address) {
        if (!holds(address)) {
            return false;
        }
        boolean there = table.find(indexOf(address), address.address(), address.prefixLength())
                .isPresent();
        boolean lost = (vanished.remove(address) || !there) && toldLost.add(address);
        renewals = lost ? null : renewals;
        return lost;
    }

    private static boolean isEntryOf(VirtualAddress address, AddressMessage entry) {
        return address.address().equals(entry.address()) && address.prefixLength() == entry.prefixLength();
    }

    private static boolean isSameEntry(AddressMessage a, AddressMessage b) {
        return a.address().equals(b.address())
                && a.prefixLength() == b.prefixLength()
                && a.interfaceIndex() == b.interfaceIndex();
    }

    /** An address of the claim that somebody else has put on this host, or another node has charge of: in words. */
    record Foreign(VirtualAddress address, String where) {}
}
