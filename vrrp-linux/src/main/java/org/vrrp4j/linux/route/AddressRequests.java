package org.vrrp4j.linux.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.spi.AddressClaim;

/**
 * The requests by which virtual addresses come and go, made such that the addresses of the host itself do not suffer.
 *
 * <ul>
 *   <li>IPv4: the kernel takes the secondary addresses of a subnet along with its primary one. A virtual address that
 *       is primary is therefore deleted with {@link Ipv4Setting#PROMOTE_SECONDARIES} set for the moment, if others
 *       would go too.
 *   <li>IPv6: an address brings the route of its prefix, which ends with the address: if the host has got that prefix
 *       from a router (RFC 4862), its own route would from then on last as long as our lease. A virtual address in a
 *       prefix of the host itself comes without.
 *   <li>On a macvlan this is so with IPv4 too, and the prefix is that of the interface below: otherwise the host would
 *       send from the virtual address. A link-local one has its prefix on every interface.
 *   <li>IPv6: for each request about an address the kernel goes through all groups of the interface and all addresses
 *       of the host, which was measured to take some 0.2 milliseconds with 4,000. Leases of many addresses are
 *       therefore longer than asked for: a second for each 50, so that renewing them takes a few percent of the time.
 *   <li>IPv6: of several addresses that fit, new connections come from the one that was added last. A virtual address
 *       is deprecated from the beginning unless it is {@link VirtualAddress#preferred()}: it is answered for, and new
 *       connections come from it only if the host has no other that fits.
 * </ul>
 */
final class AddressRequests {
    /** Of so many IPv6 addresses each lasts a second longer. */
    static final int IPV6_ADDRESSES_A_SECOND = 50;

    private final RouteFeed feed;
    private final NetlinkClient client;
    private final Predicate<AddressMessage> virtual;
    private final IntSupplier ipv6Addresses;
    private final Runnable settle;
    private long claimChanges;
    private long ownVersion = -1;
    private List<AddressMessage> own = List.of();

    /**
     * On a started feed.
     *
     * @param virtual which addresses are virtual ones
     * @param ipv6Addresses how many of these are IPv6 ones, held or not
     * @param settle to be called before anything is put or deleted: returns when no renewal is under way
     */
    AddressRequests(
            RouteFeed feed,
            NetlinkClient client,
            Predicate<AddressMessage> virtual,
            IntSupplier ipv6Addresses,
            Runnable settle) {
        this.settle = settle;
        this.feed = feed;
        this.client = client;
        this.virtual = virtual;
        this.ipv6Addresses = ipv6Addresses;
    }

    /** Other addresses than before count as virtual. */
    void onClaimsChanged() {
        claimChanges++;
    }

    /** Another number than before says that {@link #message} may make another message than before of the same. */
    long version() {
        return claimChanges + feed.table().hostShape();
    }

    /** Returns what has been put there. */
    AddressMessage put(AddressClaim claim, VirtualAddress address, int interfaceIndex, int flags)
            throws LinuxException {
        AddressMessage entry = message(claim, address, interfaceIndex);
        settle.run();
        client.execute(operation("RTM_NEWADDR", entry), AddressMessage.RTM_NEWADDR, flags, entry.encode());
        return entry;
    }

    /**
     * Puts all of these there, in one go, each whatever becomes of the others.
     *
     * @param flags those of the request of an entry
     * @return the refusals, by the number of the entry
     * @throws LinuxException if the kernel does not take the requests or its answers are lost
     */
    SortedMap<Integer, LinuxException> putAll(List<AddressMessage> entries, ToIntFunction<AddressMessage> flags)
            throws LinuxException {
        settle.run();
        return client.executeAll(
                number -> operation("RTM_NEWADDR", entries.get(number)),
                entries.stream()
                        .map(entry ->
                                new NetlinkMessage(AddressMessage.RTM_NEWADDR, flags.applyAsInt(entry), entry.encode()))
                        .toList());
    }

    /** What puts an address there again with what has changed; to be sent often. */
    NetlinkMessage renewal(AddressMessage entry) {
        int flags = NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_REPLACE;
        return new NetlinkMessage(AddressMessage.RTM_NEWADDR, flags, entry.encode());
    }

    /** A {@link #renewal} in errors. */
    String operation(NetlinkMessage renewal) {
        return operation("RTM_NEWADDR", AddressMessage.decode(renewal.payload()).orElseThrow());
    }

    /** Like {@link #deleteAll}, of one. */
    void delete(AddressMessage entry) throws LinuxException {
        for (LinuxException failure : deleteAll(List.of(entry))) {
            throw failure;
        }
    }

    /**
     * Deletes addresses, in one go; success for one that is not there. Of a subnet the primary address goes last: were
     * it the first, the kernel would have to make each of the others the primary one in its turn.
     *
     * @return the refusals
     */
    List<LinuxException> deleteAll(List<AddressMessage> entries) {
        settle.run();
        // An earlier deletion may have made one of them a primary one.
        feed.catchUp();
        Set<AddressMessage> going =
                entries.stream().flatMap(entry -> there(entry).stream()).collect(Collectors.toSet());
        List<AddressMessage> staying = secondaries(entry -> !going.contains(entry));
        List<AddressMessage> together = new ArrayList<>(entries);
        together.removeIf(entry -> takesAlong(entry, staying));
        together.sort(Comparator.comparing(this::isPrimary));
        List<LinuxException> refusals = new ArrayList<>();
        try {
            refusals.addAll(client.executeAll(
                    number -> operation("RTM_DELADDR", together.get(number)),
                    AddressMessage.RTM_DELADDR,
                    0,
                    together.stream().map(AddressMessage::encode).toList()));
        } catch (LinuxException e) {
            // which of them have gone is not known
            together.forEach(entry -> tryDelete(entry, this::deleteAlone, refusals));
        }
        entries.stream()
                .filter(entry -> takesAlong(entry, staying))
                .forEach(entry -> tryDelete(entry, this::deletePromoting, refusals));
        // Gone already, or gone together with its interface.
        refusals.removeIf(refusal -> refusal.is(Errno.EADDRNOTAVAIL) || refusal.is(Errno.ENODEV));
        return refusals;
    }

    private interface Deletion {
        void run(AddressMessage entry) throws LinuxException;
    }

    private static void tryDelete(AddressMessage entry, Deletion deletion, List<LinuxException> refusals) {
        try {
            deletion.run(entry);
        } catch (LinuxException e) {
            refusals.add(e);
        }
    }

    private void deletePromoting(AddressMessage entry) throws LinuxException {
        int index = entry.interfaceIndex();
        String name = feed.table().nameOf(index);
        if (Ipv4Setting.PROMOTE_SECONDARIES.read(client, index) != 0) {
            deleteAlone(entry);
            return;
        }
        Ipv4Setting.PROMOTE_SECONDARIES.set(client, index, name, 1);
        try {
            deleteAlone(entry);
        } finally {
            Ipv4Setting.PROMOTE_SECONDARIES.set(client, index, name, 0);
        }
    }

    private void deleteAlone(AddressMessage entry) throws LinuxException {
        client.execute(operation("RTM_DELADDR", entry), AddressMessage.RTM_DELADDR, 0, entry.encode());
    }

    /** The IPv4 addresses that are not the primary ones of their subnets, of these. */
    List<AddressMessage> secondaries(Predicate<AddressMessage> which) {
        return feed.table().addresses().stream()
                .filter(entry -> entry.has(AddressMessage.IFA_F_SECONDARY))
                .filter(entry -> IpFamily.of(entry.address()) == IpFamily.IPV4)
                .filter(which)
                .toList();
    }

    /** Whether an address is the primary one of a subnet in which there is one of these secondary ones. */
    boolean takesAlong(AddressMessage entry, List<AddressMessage> secondaries) {
        return !secondaries.isEmpty()
                && isPrimary(entry)
                && secondaries.stream().anyMatch(other -> other.isInSubnetOf(entry));
    }

    private boolean isPrimary(AddressMessage entry) {
        return IpFamily.of(entry.address()) == IpFamily.IPV4
                && there(entry)
                        .filter(there -> !there.has(AddressMessage.IFA_F_SECONDARY))
                        .isPresent();
    }

    /** The entry of the table, with the kernel's flags. */
    private Optional<AddressMessage> there(AddressMessage entry) {
        return feed.table().find(entry.interfaceIndex(), entry.address(), entry.prefixLength());
    }

    /** For how long the addresses of a claim are put in place. */
    long leaseSeconds(AddressClaim claim) {
        long asked = claim.lease().toSeconds();
        return claim.router().family() == IpFamily.IPV4
                ? asked
                : Math.max(asked, ipv6Addresses.getAsInt() / IPV6_ADDRESSES_A_SECOND);
    }

    /** An address as it is put in place now. */
    AddressMessage message(AddressClaim claim, VirtualAddress virtualAddress, int interfaceIndex) {
        InetAddress address = virtualAddress.address();
        long lease = leaseSeconds(claim);
        boolean ipv6 = IpFamily.of(address) == IpFamily.IPV6;
        AddressMessage entry = new AddressMessage(
                address,
                virtualAddress.prefixLength(),
                interfaceIndex,
                virtualAddress.scope(),
                ipv6 ? AddressMessage.IFA_F_NODAD : 0,
                AddressMessage.PROTOCOL_VRRP,
                virtualAddress.label(),
                lease,
                ipv6 && !virtualAddress.preferred() ? 0 : lease);
        return isInSubnetOfHost(claim, entry)
                ? entry.withFlags(entry.flags() | AddressMessage.IFA_F_NOPREFIXROUTE)
                : entry;
    }

    /** Whether the interface has an own address in the subnet, be the virtual one on a macvlan beside it. */
    private boolean isInSubnetOfHost(AddressClaim claim, AddressMessage entry) {
        boolean ipv6 = IpFamily.of(entry.address()) == IpFamily.IPV6;
        if (claim.virtualMac().isEmpty() || entry.address().isLinkLocalAddress()) {
            return ipv6 && own().stream().anyMatch(entry::isInSubnetOf);
        }
        int base = feed.table()
                .link(claim.router().interfaceName())
                .map(LinkMessage::index)
                .orElse(0);
        AddressMessage beside = entry.onInterface(base);
        return own().stream().anyMatch(beside::isInSubnetOf);
    }

    /** The addresses of the host itself, read again when one of them has come or gone: acquiring asks often. */
    private List<AddressMessage> own() {
        if (ownVersion != version()) {
            ownVersion = version();
            own = feed.table().addresses().stream().filter(virtual.negate()).toList();
        }
        return own;
    }

    private String operation(String type, AddressMessage entry) {
        return type + " " + entry.cidr() + " dev " + feed.table().nameOf(entry.interfaceIndex());
    }
}
