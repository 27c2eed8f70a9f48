package org.vrrp4j.linux.filter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkMessage;

/**
 * The messages of nftables ({@code linux/netfilter/nf_tables.h}): a header of netfilter, then attributes whose numbers
 * are in network order.
 *
 * <pre>
 * +---------------+---------------+-------------------------------+
 * |  Family (8)   |   Version, 0  |  Subsystem or 0 (16, network) |
 * +---------------+---------------+-------------------------------+
 * |                          Attributes                           |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class NftablesMessage {
    static final int NEWTABLE = 0xa00;
    static final int GETTABLE = 0xa01;
    static final int DELTABLE = 0xa02;
    static final int NEWCHAIN = 0xa03;
    static final int DELCHAIN = 0xa05;
    static final int NEWRULE = 0xa06;
    static final int DELRULE = 0xa08;
    static final int NEWSET = 0xa09;
    static final int DELSET = 0xa0b;
    static final int NEWSETELEM = 0xa0c;
    static final int DELSETELEM = 0xa0e;

    /** In a rule that looks at both families. */
    static final int NFPROTO_INET = 1;

    static final int NFPROTO_IPV4 = 2;
    static final int NFPROTO_IPV6 = 10;

    private static final int BATCH_BEGIN = 0x10;
    private static final int BATCH_END = 0x11;
    private static final int SUBSYSTEM = 10;
    private static final int HEADER_BYTES = 4;
    private static final int BYTES = 512;
    private static final int ELEMENT_BYTES = 32;
    private static final int NAME_BYTES = 16;
    private static final int LOCAL_IN = 1;
    /** Before the usual filters, and where keepalived has its own. */
    private static final int PRIORITY = -1;

    private static final int NLA_LIST_ELEM = 1;
    private static final int NFTA_DATA_VALUE = 1;
    private static final int NFTA_DATA_VERDICT = 2;
    private static final int NFT_REG_VERDICT = 0;
    private static final int NFT_REG_1 = 1;
    private static final int META_IIFNAME = 6;
    private static final int META_NFPROTO = 15;
    private static final int META_L4PROTO = 16;
    private static final int NETWORK_HEADER = 1;
    private static final int TRANSPORT_HEADER = 2;
    private static final int NF_DROP = 0;
    private static final int NF_ACCEPT = 1;

    private NftablesMessage() {}

    static NetlinkMessage begin() {
        return new NetlinkMessage(BATCH_BEGIN, 0, header(0, SUBSYSTEM, 0).flip());
    }

    static NetlinkMessage end() {
        return new NetlinkMessage(BATCH_END, 0, header(0, SUBSYSTEM, 0).flip());
    }

    private static ByteBuffer header(int family, int resource, int room) {
        return ByteBuffer.allocate(HEADER_BYTES + room)
                .order(ByteOrder.BIG_ENDIAN)
                .put((byte) family)
                .put((byte) 0)
                .putShort((short) resource);
    }

    private static NetlinkMessage message(int type, int flags, int room, Consumer<AttributeWriter> content) {
        ByteBuffer out = header(NFPROTO_INET, 0, room);
        content.accept(new AttributeWriter(out));
        return new NetlinkMessage(type, flags, out.flip());
    }

    private static void putNumber(AttributeWriter attributes, int type, int value) {
        attributes.put(type, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    static NetlinkMessage newTable(String table) {
        return message(NEWTABLE, NetlinkMessage.NLM_F_CREATE, BYTES, out -> {
            out.putText(1, table);
            putNumber(out, 2, 0);
        });
    }

    static NetlinkMessage deleteTable(String table) {
        return message(DELTABLE, 0, BYTES, out -> out.putText(1, table));
    }

    /** A request for all tables of the family. */
    static ByteBuffer encodeDump() {
        return header(NFPROTO_INET, 0, 0).flip();
    }

    /** A chain of packets for this host. */
    static NetlinkMessage newInputChain(String table, String chain) {
        return message(NEWCHAIN, NetlinkMessage.NLM_F_CREATE, BYTES, out -> {
            out.putText(1, table).putText(3, chain).putNested(4, hook -> {
                putNumber(hook, 1, LOCAL_IN);
                putNumber(hook, 2, PRIORITY);
            });
            putNumber(out, 5, NF_ACCEPT);
            out.putText(7, "filter");
        });
    }

    /**
     * A set of addresses.
     *
     * @param id refers to it within the batch
     * @param type how {@code nft} shows it: 7 for IPv4, 8 for IPv6
     */
    static NetlinkMessage newSet(String table, String set, int id, int type, int addressBytes) {
        return message(NEWSET, NetlinkMessage.NLM_F_CREATE, BYTES, out -> {
            out.putText(1, table).putText(2, set);
            putNumber(out, 3, 0);
            putNumber(out, 4, type);
            putNumber(out, 5, addressBytes);
            putNumber(out, 10, id);
        });
    }

    static NetlinkMessage newElements(String table, String set, int id, List<byte[]> values) {
        return message(NEWSETELEM, NetlinkMessage.NLM_F_CREATE, BYTES + ELEMENT_BYTES * values.size(), out -> {
            out.putText(1, table).putText(2, set);
            putNumber(out, 4, id);
            out.putNested(
                    3,
                    list -> values.forEach(value -> list.putNested(
                            NLA_LIST_ELEM, element -> element.putNested(1, key -> key.put(NFTA_DATA_VALUE, value)))));
        });
    }

    /** A rule of several expressions, the last of which decides. */
    static NetlinkMessage newRule(String table, String chain, List<Consumer<AttributeWriter>> expressions) {
        // the order of the rules is that of the batch: append
        return message(
                NEWRULE,
                NetlinkMessage.NLM_F_CREATE | 0x800,
                2 * BYTES,
                out -> out.putText(1, table)
                        .putText(2, chain)
                        .putNested(
                                4,
                                list -> expressions.forEach(expression -> list.putNested(NLA_LIST_ELEM, expression))));
    }

    private static Consumer<AttributeWriter> expression(String name, Consumer<AttributeWriter> data) {
        return out -> out.putText(1, name).putNested(2, data);
    }

    private static Consumer<AttributeWriter> meta(int key) {
        return expression("meta", data -> {
            putNumber(data, 2, key);
            putNumber(data, 1, NFT_REG_1);
        });
    }

    private static Consumer<AttributeWriter> payload(int base, int offset, int length) {
        return expression("payload", data -> {
            putNumber(data, 1, NFT_REG_1);
            putNumber(data, 2, base);
            putNumber(data, 3, offset);
            putNumber(data, 4, length);
        });
    }

    private static Consumer<AttributeWriter> equal(byte... value) {
        return expression("cmp", data -> {
            putNumber(data, 1, NFT_REG_1);
            putNumber(data, 2, 0);
            data.putNested(3, inner -> inner.put(NFTA_DATA_VALUE, value));
        });
    }

    /** Goes on if the packet is of this family. */
    static List<Consumer<AttributeWriter>> isFamily(int nfproto) {
        return List.of(meta(META_NFPROTO), equal((byte) nfproto));
    }

    /** Goes on if the packet is ICMPv6 of this type. */
    static List<Consumer<AttributeWriter>> isIcmpv6(int protocol, int type) {
        return List.of(meta(META_L4PROTO), equal((byte) protocol), payload(TRANSPORT_HEADER, 0, 1), equal((byte) type));
    }

    /** Goes on if the packet came in by this interface. */
    static List<Consumer<AttributeWriter>> cameBy(String device) {
        byte[] name = Arrays.copyOf(device.getBytes(StandardCharsets.UTF_8), NAME_BYTES);
        return List.of(meta(META_IIFNAME), equal(name));
    }

    /** Goes on if the packet is for this address, which stands there in its header. */
    static List<Consumer<AttributeWriter>> isFor(int offset, byte[] address) {
        return List.of(payload(NETWORK_HEADER, offset, address.length), equal(address));
    }

    /** Goes on if the packet is for one of a set. */
    static List<Consumer<AttributeWriter>> isForOneOf(int offset, int addressBytes, String set, int id) {
        return List.of(payload(NETWORK_HEADER, offset, addressBytes), expression("lookup", data -> {
            data.putText(1, set);
            putNumber(data, 2, NFT_REG_1);
            putNumber(data, 4, id);
        }));
    }

    static Consumer<AttributeWriter> drop() {
        return verdict(NF_DROP);
    }

    static Consumer<AttributeWriter> accept() {
        return verdict(NF_ACCEPT);
    }

    private static Consumer<AttributeWriter> verdict(int code) {
        return expression("immediate", data -> {
            putNumber(data, 1, NFT_REG_VERDICT);
            data.putNested(2, value -> value.putNested(NFTA_DATA_VERDICT, verdict -> putNumber(verdict, 1, code)));
        });
    }

    /** Whether a message tells that something has gone from a table. */
    static boolean isDeletion(NetlinkMessage message) {
        return switch (message.type()) {
            case DELTABLE, DELCHAIN, DELRULE, DELSET, DELSETELEM -> true;
            default -> false;
        };
    }

    /** The name of the table that a message is about, attribute 1 in all kinds; empty if it is damaged. */
    static String table(NetlinkMessage message) {
        ByteBuffer payload = message.payload();
        if (payload.remaining() >= HEADER_BYTES && payload.get(payload.position()) == NFPROTO_INET) {
            AttributeReader attributes = new AttributeReader(
                    payload.slice(payload.position() + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
            while (attributes.next()) {
                if (attributes.type() == 1) {
                    return attributes.text();
                }
            }
        }
        return "";
    }
}
