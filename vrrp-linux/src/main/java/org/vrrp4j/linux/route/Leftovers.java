package org.vrrp4j.linux.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/**
 * Tells what a dead predecessor left behind from what a living neighbour holds: both have our tag, but only the living
 * has charge. What is left behind is taken over by a claim that acquires it at once, and removed otherwise.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final RouteFeed feed;
    private final AddressRequests requests;
    private final Charges charges;
    private final ClaimRecords records;
    private final Set<ClaimRecord> unjudged;
    private boolean sweeping;
    private boolean uncertain;

    /**
     * On the records of now.
     *
     * @param unjudged to which those are added that have more to tell than the table
     */
    Leftovers(
            RouteFeed feed,
            AddressRequests requests,
            Charges charges,
            ClaimRecords records,
            Set<ClaimRecord> unjudged) {
        this.feed = feed;
        this.requests = requests;
        this.charges = charges;
        this.records = records;
        this.unjudged = unjudged;
    }

    private static Set<String> names(AddressClaim claim) {
        Set<String> names = new HashSet<>();
        // each node has static resources of its own
        if (!claim.router().equals(RouterId.NODE)) {
            names.add(claim.router().toString());
        }
        claim.addresses().forEach(address -> names.add(ClaimRecords.place(claim, address)));
        return names;
    }

    /**
     * Takes charge of the addresses of a claim and of its virtual router. All or nothing, so that no two nodes wait for
     * each other. If a living neighbour has charge, the record knows it, until the neighbour has ended.
     */
    void takeCharge(ClaimRecord record) {
        if (record.hasNeighbour()) {
            giveBack(record);
            record.onNeighbourGone();
        }
        Set<String> wanted = names(record.claim());
        List<String> before = List.copyOf(record.charges());
        before.stream().filter(name -> !wanted.contains(name)).forEach(name -> giveBack(record, name));
        wanted.removeAll(record.charges());
        for (String name : wanted) {
            record.charges().add(name);
            try {
                Optional<String> owner = charges.take(name, () -> onFree(record));
                if (owner.isPresent()) {
                    String what = name.equals(record.claim().router().toString()) ? "virtual router " + name : name;
                    record.onNeighbour(what + " is in the charge of another node on this host, " + owner.get());
                    List.copyOf(record.charges()).stream()
                            .filter(other -> !other.equals(name))
                            .forEach(other -> giveBack(record, other));
                    return;
                }
            } catch (LinuxException e) {
                onUncertain(e);
            }
        }
    }

    private void onFree(ClaimRecord record) {
        if (records.all().contains(record)) {
            LOG.info("{}: the other node has ended", record.claim().router());
            feed.catchUp();
            takeCharge(record);
            find(record);
            unjudged.add(record);
            feed.tellSoon();
        }
    }

    private void onUncertain(LinuxException cause) {
        if (!uncertain) {
            uncertain = true;
            LOG.warn(
                    "Cannot tell what a dead node left behind from what a living one holds;"
                            + " it counts as somebody else's until its lease ends: {}",
                    cause.getMessage());
        }
    }

    /** Gives back everything that a record has charge of. */
    void giveBack(ClaimRecord record) {
        List.copyOf(record.charges()).forEach(name -> giveBack(record, name));
    }

    private void giveBack(ClaimRecord record, String name) {
        record.charges().remove(name);
        charges.giveBack(name);
    }

    /** Notes which addresses of a claim are there already and may be taken over; all others are removed soon. */
    void find(ClaimRecord record) {
        if (uncertain || record.hasNeighbour()) {
            return;
        }
        for (VirtualAddress address : record.claim().addresses()) {
            for (AddressMessage entry : feed.table().find(address.address())) {
                boolean same = ClaimRecords.place(record.claim(), address)
                        .equals(feed.table().placeOf(entry));
                if (same && entry.isOurs() && !record.holds(address)) {
                    record.onLeftover(address, entry, isAsWanted(record.claim(), address, entry));
                }
            }
        }
        sweepSoon();
    }

    private boolean isAsWanted(AddressClaim claim, VirtualAddress address, AddressMessage entry) {
        String device = claim.deviceOf(address);
        boolean ipv6 = IpFamily.of(address.address()) == IpFamily.IPV6;
        return feed.table().nameOf(entry.interfaceIndex()).equals(device)
                && entry.prefixLength() == address.prefixLength()
                && (ipv6 || entry.scope() == address.scope())
                && entry.label().orElse(device).equals(address.label().orElse(device));
    }

    /** After the routers that are being registered now have started: what they have not acquired by then goes. */
    private void sweepSoon() {
        if (!sweeping) {
            sweeping = true;
            feed.soon(this::sweep);
        }
    }

    private void sweep() {
        sweeping = false;
        feed.catchUp();
        List<AddressMessage> found = new ArrayList<>(feed.table().addresses());
        found.removeIf(entry -> !entry.isOurs() || !isLeftBehind(entry));
        for (LinuxException failure : requests.deleteAll(found)) {
            LOG.warn("An address that a dead node left behind stays until its lease ends: {}", failure.getMessage());
        }
        feed.catchUp();
        found.removeAll(feed.table().addresses());
        for (AddressMessage entry : found) {
            String name = feed.table().nameOf(entry.interfaceIndex());
            LOG.info("Removed {} from {}: left behind by a node that is no more", entry.cidr(), name);
        }
        records.all().forEach(ClaimRecord::forgetLeftovers);
        unjudged.addAll(records.all());
        feed.tellSoon();
    }

    private boolean isLeftBehind(AddressMessage entry) {
        return records.with(entry)
                .map(record -> !record.hasNeighbour() && !record.holds(entry))
                .orElseGet(() -> isInNobodysCharge(feed.table().placeOf(entry)));
    }

    private boolean isInNobodysCharge(String name) {
        try {
            return charges.isFree(name);
        } catch (LinuxException e) {
            onUncertain(e);
            return false;
        }
    }
}
