package org.vrrp4j.linux.filter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.model.IpFamily;

/** Tables of nftables that drop what is sent to some addresses of this host, but for neighbour discovery. */
final class AcceptFilter {
    private static final String CHAIN = "input";
    private static final String SET_IPV4 = "addresses";
    private static final String SET_IPV6 = "addresses6";
    private static final int TYPE_IPV4 = 7;
    private static final int TYPE_IPV6 = 8;
    private static final int DESTINATION_IPV4 = 16;
    private static final int DESTINATION_IPV6 = 24;
    private static final int ICMPV6 = 58;
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;

    private final NetlinkClient client;

    AcceptFilter(NetlinkClient client) {
        this.client = client;
    }

    /**
     * An address and the interface that it is on.
     *
     * @param address the address
     * @param device counts for link-local ones, which other interfaces may have too
     */
    record Place(VirtualAddress address, String device) {
        byte[] bytes() {
            return address.address().getAddress();
        }

        boolean isIpv4() {
            return IpFamily.of(address.address()) == IpFamily.IPV4;
        }

        boolean isLinkLocal() {
            return !isIpv4() && address.address().isLinkLocalAddress();
        }
    }

    /**
     * Lets a table drop what is for these addresses, in place of what it did before, if it was there: in one go.
     *
     * @throws LinuxException if the kernel refuses
     */
    void put(String table, Collection<Place> places) throws LinuxException {
        List<NetlinkMessage> batch = batch(table, places);
        batch.add(NftablesMessage.end());
        client.executeBatch("NFT_MSG_NEWTABLE inet " + table, batch);
    }

    /**
     * Whether the kernel would take that: a batch without its end is checked, and nothing comes of it.
     *
     * @throws LinuxException if the kernel refuses
     */
    void tryOut(String table, Collection<Place> places) throws LinuxException {
        List<NetlinkMessage> batch = batch(table, places);
        // the one before the last is answered
        batch.add(NftablesMessage.newTable(table));
        client.executeBatch("NFT_MSG_NEWTABLE inet " + table, batch);
    }

    private static List<NetlinkMessage> batch(String table, Collection<Place> places) {
        List<byte[]> ipv4 =
                places.stream().filter(Place::isIpv4).map(Place::bytes).toList();
        List<byte[]> ipv6 = places.stream()
                .filter(place -> !place.isIpv4() && !place.isLinkLocal())
                .map(Place::bytes)
                .toList();
        List<NetlinkMessage> batch = new ArrayList<>();
        batch.add(NftablesMessage.begin());
        // what is there already is deleted with all that is in it, which needs that it is there
        batch.add(NftablesMessage.newTable(table));
        batch.add(NftablesMessage.deleteTable(table));
        batch.add(NftablesMessage.newTable(table));
        batch.add(NftablesMessage.newInputChain(table, CHAIN));
        batch.add(acceptNeighbourDiscovery(table, NEIGHBOUR_SOLICITATION));
        batch.add(acceptNeighbourDiscovery(table, NEIGHBOUR_ADVERTISEMENT));
        if (!ipv4.isEmpty()) {
            batch.add(NftablesMessage.newSet(table, SET_IPV4, 1, TYPE_IPV4, IpFamily.IPV4.addressBytes()));
            batch.add(NftablesMessage.newElements(table, SET_IPV4, 1, ipv4));
            batch.add(rule(
                    table,
                    NftablesMessage.isFamily(NftablesMessage.NFPROTO_IPV4),
                    NftablesMessage.isForOneOf(DESTINATION_IPV4, IpFamily.IPV4.addressBytes(), SET_IPV4, 1),
                    NftablesMessage.drop()));
        }
        if (!ipv6.isEmpty()) {
            batch.add(NftablesMessage.newSet(table, SET_IPV6, 2, TYPE_IPV6, IpFamily.IPV6.addressBytes()));
            batch.add(NftablesMessage.newElements(table, SET_IPV6, 2, ipv6));
            batch.add(rule(
                    table,
                    NftablesMessage.isFamily(NftablesMessage.NFPROTO_IPV6),
                    NftablesMessage.isForOneOf(DESTINATION_IPV6, IpFamily.IPV6.addressBytes(), SET_IPV6, 2),
                    NftablesMessage.drop()));
        }
        for (Place place : places) {
            if (place.isLinkLocal()) {
                batch.add(dropLinkLocal(table, place));
            }
        }
        return batch;
    }

    private static NetlinkMessage acceptNeighbourDiscovery(String table, int type) {
        return rule(
                table,
                NftablesMessage.isFamily(NftablesMessage.NFPROTO_IPV6),
                NftablesMessage.isIcmpv6(ICMPV6, type),
                NftablesMessage.accept());
    }

    private static NetlinkMessage dropLinkLocal(String table, Place place) {
        List<Consumer<AttributeWriter>> conditions =
                new ArrayList<>(NftablesMessage.isFamily(NftablesMessage.NFPROTO_IPV6));
        conditions.addAll(NftablesMessage.cameBy(place.device()));
        return rule(table, conditions, NftablesMessage.isFor(DESTINATION_IPV6, place.bytes()), NftablesMessage.drop());
    }

    private static NetlinkMessage rule(
            String table,
            List<Consumer<AttributeWriter>> first,
            List<Consumer<AttributeWriter>> second,
            Consumer<AttributeWriter> verdict) {
        List<Consumer<AttributeWriter>> all = new ArrayList<>(first);
        all.addAll(second);
        all.add(verdict);
        return NftablesMessage.newRule(table, CHAIN, all);
    }

    /**
     * Removes a table; success if it is not there.
     *
     * @throws LinuxException if the kernel refuses
     */
    void remove(String table) throws LinuxException {
        try {
            client.executeBatch(
                    "NFT_MSG_DELTABLE inet " + table,
                    List.of(NftablesMessage.begin(), NftablesMessage.deleteTable(table), NftablesMessage.end()));
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    /**
     * The names of all tables of the family inet.
     *
     * @throws LinuxException if the kernel refuses
     */
    List<String> tables() throws LinuxException {
        ByteBuffer request = NftablesMessage.encodeDump();
        return client.dump("NFT_MSG_GETTABLE inet", NftablesMessage.GETTABLE, request).stream()
                .filter(message -> message.type() == NftablesMessage.NEWTABLE)
                .map(NftablesMessage::table)
                .toList();
    }
}
