package org.vrrp4j.linux.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkScript;
import org.vrrp4j.model.IpAddresses;

/** Tables of nftables behind scripted netlink channels: batches are carried out whole or not at all. */
public final class FakeFilter {
    /** Adds a table. */
    public static final int NEWTABLE = 0xa00;

    /** Deletes a table. */
    public static final int DELTABLE = 0xa02;

    /** Adds a set. */
    public static final int NEWSET = 0xa09;

    private static final int GETTABLE = 0xa01;
    private static final int NEWSETELEM = 0xa0c;
    private static final int BATCH_BEGIN = 0x10;
    private static final int BATCH_END = 0x11;
    private static final int INET = 1;
    private static final int HEADER_BYTES = 4;

    private final List<String> journal;
    private final Map<String, List<String>> tables = new TreeMap<>();
    private final Map<Integer, NetlinkMessage> refusals = new LinkedHashMap<>();
    private final List<NetlinkMessage> batch = new ArrayList<>();
    private final NetlinkScript requests = new NetlinkScript(this::answer);
    private final NetlinkScript monitor = NetlinkScript.silent();
    private boolean refused;
    private boolean silent;

    /** Notes what is done in a list. */
    public FakeFilter(List<String> journal) {
        this.journal = journal;
    }

    /** The channel for requests. */
    public NetlinkScript requests() {
        return requests;
    }

    /** The channel that tells of changes. */
    public NetlinkScript monitor() {
        return monitor;
    }

    /** What is there: the tables, and the addresses in their sets. */
    public Map<String, List<String>> tables() {
        return Map.copyOf(tables);
    }

    /** Refuses every message of a type with these words, and so every batch with one. */
    public void refuse(int type, Errno errno, String words) {
        refusals.put(type, NetlinkScript.refusal(new NetlinkMessage(type, 0, ByteBuffer.allocate(0)), errno, words));
    }

    /** Takes a refusal back. */
    public void allow(int type) {
        refusals.remove(type);
    }

    /** Does what it is asked, and answers nothing. */
    public void setSilent(boolean value) {
        silent = value;
    }

    /** Somebody adds a table. */
    public void add(String table) {
        tables.put(table, new ArrayList<>());
    }

    /** Somebody deletes a table, and the kernel tells it. */
    public void delete(String table) {
        tables.remove(table);
        monitor.tell(table(DELTABLE, table));
    }

    private static NetlinkMessage table(int type, String name) {
        ByteBuffer out = ByteBuffer.allocate(64).put(new byte[] {INET, 0, 0, 0});
        new AttributeWriter(out).putText(1, name);
        return new NetlinkMessage(type, 0, out.flip());
    }

    private List<NetlinkMessage> answer(NetlinkMessage request) {
        if (request.type() == GETTABLE) {
            return dump();
        }
        switch (request.type()) {
            case BATCH_BEGIN -> {
                batch.clear();
                refused = false;
                return List.of();
            }
            case BATCH_END -> {
                if (!refused) {
                    carryOutBatch();
                }
                return List.of();
            }
            default -> {
                batch.add(request);
                return silent ? List.of() : judge(request);
            }
        }
    }

    private List<NetlinkMessage> judge(NetlinkMessage request) {
        NetlinkMessage refusal = refusals.get(request.type());
        boolean missing = request.type() == DELTABLE && batch.size() == 1 && !tables.containsKey(name(request));
        if (missing) {
            refusal = NetlinkScript.refusal(request, Errno.ENOENT, "");
        }
        refused |= refusal != null;
        if (refusal != null) {
            return List.of(refusal);
        }
        return refused ? List.of() : List.of(NetlinkScript.success(request));
    }

    private List<NetlinkMessage> dump() {
        if (refusals.containsKey(GETTABLE)) {
            return List.of(refusals.get(GETTABLE));
        }
        List<NetlinkMessage> answers = new ArrayList<>();
        tables.keySet().forEach(name -> answers.add(table(NEWTABLE, name)));
        answers.add(NetlinkScript.done());
        return answers;
    }

    /** Refuses dumps. */
    public void refuseDumps(Errno errno) {
        refuse(GETTABLE, errno, "");
    }

    private void carryOutBatch() {
        String table = name(batch.get(0));
        batch.forEach(this::carryOut);
        journal.add(tables.containsKey(table) ? "filter " + tables.get(table) : "no filter");
    }

    private void carryOut(NetlinkMessage message) {
        String table = name(message);
        switch (message.type()) {
            case NEWTABLE -> tables.putIfAbsent(table, new ArrayList<>());
            case DELTABLE -> {
                tables.remove(table);
                monitor.tell(table(DELTABLE, table));
            }
            case NEWSETELEM -> tables.get(table).addAll(elements(message));
            default -> {}
        }
    }

    private static AttributeReader attributes(NetlinkMessage message) {
        ByteBuffer payload = message.payload();
        return new AttributeReader(
                payload.slice(payload.position() + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
    }

    private static String name(NetlinkMessage message) {
        AttributeReader attributes = attributes(message);
        attributes.next();
        return attributes.text();
    }

    private static List<String> elements(NetlinkMessage message) {
        List<String> addresses = new ArrayList<>();
        AttributeReader attributes = attributes(message);
        while (attributes.next()) {
            if (attributes.type() == 3) {
                AttributeReader list = attributes.nested();
                while (list.next()) {
                    AttributeReader key = list.nested();
                    key.next();
                    AttributeReader value = key.nested();
                    value.next();
                    addresses.add(IpAddresses.text(IpAddresses.of(value.bytes())));
                }
            }
        }
        return addresses;
    }
}
