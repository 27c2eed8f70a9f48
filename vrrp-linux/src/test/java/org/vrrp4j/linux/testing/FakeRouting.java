package org.vrrp4j.linux.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrp4j.config.IpPrefix;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkScript;
import org.vrrp4j.model.IpAddresses;

/**
 * Routes and rules of IPv4 behind scripted netlink channels. A route is called {@code route 198.51.100.0/24}, a rule by
 * its preference: {@code rule 500}.
 */
public final class FakeRouting {
    private static final int NEWROUTE = 24;
    private static final int DELROUTE = 25;
    private static final int GETROUTE = 26;
    private static final int NEWRULE = 32;
    private static final int DELRULE = 33;
    private static final int GETRULE = 34;
    private static final int OURS = 112;
    private static final int HEADER_BYTES = 12;
    private static final int RTA_DST = 1;
    private static final int FRA_PRIORITY = 6;
    private static final int FRA_PROTOCOL = 21;

    private final List<String> journal;
    private final Map<String, NetlinkMessage> entries = new LinkedHashMap<>();
    private final Map<String, NetlinkMessage> refusals = new HashMap<>();
    private final NetlinkScript requests = new NetlinkScript(this::answer);
    private final NetlinkScript monitor = NetlinkScript.silent();
    private boolean silent;
    private int interruptedDumps;

    /** Notes what is done in a list. */
    public FakeRouting(List<String> journal) {
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

    /** What is there. */
    public List<String> entries() {
        return List.copyOf(entries.keySet());
    }

    /** Refuses what is done: {@code add route 198.51.100.0/24}, {@code dump rules}. */
    public void refuse(String what, Errno errno, String words) {
        refusals.put(what, NetlinkScript.refusal(new NetlinkMessage(0, 0, ByteBuffer.allocate(0)), errno, words));
    }

    /** Takes a refusal back. */
    public void allow(String what) {
        refusals.remove(what);
    }

    /** Does what it is asked, and answers nothing. */
    public void setSilent(boolean value) {
        silent = value;
    }

    /** Interrupts this many dumps. */
    public void interruptDumps(int count) {
        interruptedDumps = count;
    }

    /** Somebody adds a route with this tag. */
    public void addRoute(String prefix, int protocol) {
        IpPrefix destination = IpPrefix.parse(prefix);
        ByteBuffer out = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        out.put((byte) 2).put((byte) destination.length()).put((byte) 0).put((byte) 0);
        out.put((byte) 254).put((byte) protocol).put((byte) 0).put((byte) 1).putInt(0);
        new AttributeWriter(out).put(RTA_DST, destination.address().getAddress());
        put(new NetlinkMessage(NEWROUTE, 0, out.flip()));
    }

    /** Somebody adds a rule with this tag. */
    public void addRule(int preference, int protocol) {
        ByteBuffer out = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        out.put((byte) 2).position(HEADER_BYTES);
        new AttributeWriter(out).putInt(FRA_PRIORITY, preference).putByte(FRA_PROTOCOL, protocol);
        put(new NetlinkMessage(NEWRULE, 0, out.flip()));
    }

    private void put(NetlinkMessage entry) {
        entries.put(name(entry), entry);
    }

    /** Somebody deletes an entry, and the kernel tells it. */
    public void delete(String name) {
        NetlinkMessage gone = entries.remove(name);
        monitor.tell(new NetlinkMessage(gone.type() + 1, 0, gone.payload()));
    }

    /** An entry goes, as a route does with its interface, and the kernel says nothing. */
    public void deleteSilently(String name) {
        entries.remove(name);
    }

    /** Somebody puts a route of his own in place of one, and the kernel tells it. */
    public void replace(String prefix) {
        addRoute(prefix, 4);
        NetlinkMessage put = entries.get("route " + prefix);
        monitor.tell(new NetlinkMessage(NEWROUTE, NetlinkMessage.NLM_F_REPLACE, put.payload()));
    }

    private static boolean isRoute(NetlinkMessage message) {
        return message.type() < NEWRULE;
    }

    private static String name(NetlinkMessage message) {
        ByteBuffer payload = message.payload();
        int length = payload.get(payload.position() + 1) & 0xff;
        AttributeReader attributes = attributes(payload);
        while (attributes.next()) {
            if (isRoute(message) && attributes.type() == RTA_DST) {
                return "route " + IpAddresses.text(IpAddresses.of(attributes.bytes())) + "/" + length;
            }
            if (!isRoute(message) && attributes.type() == FRA_PRIORITY) {
                return "rule " + attributes.intValue(0);
            }
        }
        return isRoute(message) ? "route 0.0.0.0/0" : "rule 0";
    }

    private static AttributeReader attributes(ByteBuffer payload) {
        return new AttributeReader(
                payload.slice(payload.position() + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
    }

    private static int protocol(NetlinkMessage message) {
        if (isRoute(message)) {
            return message.payload().get(5) & 0xff;
        }
        AttributeReader attributes = attributes(message.payload());
        while (attributes.next()) {
            if (attributes.type() == FRA_PROTOCOL) {
                return attributes.byteValue();
            }
        }
        return 0;
    }

    private List<NetlinkMessage> answer(NetlinkMessage request) {
        List<NetlinkMessage> answers = switch (request.type()) {
            case GETROUTE, GETRULE -> dump(request);
            case NEWROUTE, NEWRULE -> List.of(add(request));
            case DELROUTE, DELRULE -> List.of(remove(request));
            default -> List.of(NetlinkScript.refusal(request, Errno.EOPNOTSUPP, ""));
        };
        return silent ? List.of() : answers;
    }

    private List<NetlinkMessage> dump(NetlinkMessage request) {
        boolean routes = request.type() == GETROUTE;
        NetlinkMessage refusal = refusals.get(routes ? "dump routes" : "dump rules");
        if (refusal != null) {
            return List.of(refusal);
        }
        boolean interrupted = interruptedDumps-- > 0;
        int flags = NetlinkMessage.NLM_F_MULTI | (interrupted ? NetlinkMessage.NLM_F_DUMP_INTR : 0);
        boolean ipv4 = request.payload().get(0) == 2;
        List<NetlinkMessage> answers = new ArrayList<>();
        entries.values().stream()
                .filter(entry -> ipv4 && isRoute(entry) == routes)
                .forEach(entry -> answers.add(new NetlinkMessage(entry.type(), flags, entry.payload())));
        answers.add(NetlinkScript.done());
        return answers;
    }

    private NetlinkMessage add(NetlinkMessage request) {
        String name = name(request);
        NetlinkMessage refusal = refusals.get("add " + name);
        if (refusal != null) {
            return refusal;
        }
        if (entries.containsKey(name)) {
            return NetlinkScript.refusal(request, Errno.EEXIST, "");
        }
        journal.add("add " + name);
        put(request);
        return NetlinkScript.success(request);
    }

    /** What has another tag is another one. */
    private NetlinkMessage remove(NetlinkMessage request) {
        String name = name(request);
        NetlinkMessage refusal = refusals.get("del " + name);
        if (refusal != null) {
            return refusal;
        }
        NetlinkMessage there = entries.get(name);
        if (there == null || protocol(there) != OURS) {
            return NetlinkScript.refusal(request, isRoute(request) ? Errno.ESRCH : Errno.ENOENT, "");
        }
        journal.add("del " + name);
        entries.remove(name);
        return NetlinkScript.success(request);
    }
}
