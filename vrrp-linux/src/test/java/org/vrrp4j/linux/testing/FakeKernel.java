package org.vrrp4j.linux.testing;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkScript;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.MacAddress;

/** Interfaces and addresses behind scripted netlink channels, with the kernel's rules as far as tests need them. */
public final class FakeKernel {
    /** Flags of an interface that works. */
    public static final int WORKING = LinkMessage.IFF_UP | LinkMessage.IFF_RUNNING | LinkMessage.IFF_LOWER_UP;

    private static final int RTM_SETLINK = 19;
    private static final int PROMOTE_SECONDARIES = 20;
    private static final int RTM_NEWLINKPROP = 108;
    private static final int RTM_DELLINKPROP = 109;
    private static final int IFLA_PROP_LIST = 52;
    private static final int IFLA_ALT_IFNAME = 53;

    private final Map<Integer, LinkMessage> links = new LinkedHashMap<>();
    private final Map<String, AddressMessage> addresses = new LinkedHashMap<>();
    private final Map<String, Errno> refusals = new HashMap<>();
    private final Map<Integer, Refusal> refusedTypes = new HashMap<>();
    private final NetlinkScript requests = new NetlinkScript(this::answer);
    private final NetlinkScript monitor = NetlinkScript.silent();
    private final Map<Integer, Boolean> promoting = new HashMap<>();
    private final Map<String, Integer> altNames = new LinkedHashMap<>();
    private List<String> journal = new ArrayList<>();
    private boolean keepsTags = true;
    private int interruptedDumps;

    /** The channel for requests. */
    public NetlinkScript requests() {
        return requests;
    }

    /** The channel that tells of changes. */
    public NetlinkScript monitor() {
        return monitor;
    }

    /** Behaves like a kernel before 5.18. */
    public void forgetTags() {
        keepsTags = false;
    }

    /** Notes in a list what it is asked to add and to delete. */
    public void note(List<String> list) {
        journal = list;
    }

    /** Refuses to add an address, until called with null. */
    public void refuse(String cidr, Errno errno) {
        refusals.put(cidr, errno);
    }

    /** Refuses every request of a message type with these words, until called with null. */
    public void refuse(int type, Errno errno, String words) {
        refusedTypes.put(type, errno == null ? null : new Refusal(errno, words));
    }

    private record Refusal(Errno errno, String words) {}

    /** Interrupts this many dumps. */
    public void interruptDumps(int count) {
        interruptedDumps = count;
    }

    /** Adds or changes an interface. */
    public void link(int index, String name, int flags) {
        put(new LinkMessage(index, name, LinkMessage.ARPHRD_ETHER, flags, mac(index)));
    }

    /** Adds or changes an interface of any kind. */
    public void put(LinkMessage link) {
        links.put(link.index(), link);
        monitor.tell(message(LinkMessage.RTM_NEWLINK, link));
    }

    /** Gives an interface another MAC address. */
    public void setMac(int index, MacAddress mac) {
        LinkMessage link = links.get(index);
        links.put(index, new LinkMessage(index, link.name(), link.hardwareType(), link.flags(), Optional.of(mac)));
        monitor.tell(message(LinkMessage.RTM_NEWLINK, links.get(index)));
    }

    /** Deletes an interface with its addresses. */
    public void deleteLink(int index) {
        addresses.values().stream()
                .filter(entry -> entry.interfaceIndex() == index)
                .toList()
                .forEach(this::remove);
        promoting.remove(index);
        altNames.values().removeIf(own -> own == index);
        monitor.tell(message(LinkMessage.RTM_DELLINK, links.remove(index)));
    }

    /** Somebody adds an address. */
    public void add(int index, String cidr, int flags, int protocol) {
        put(entry(index, cidr, flags, protocol, AddressMessage.FOREVER));
    }

    /** A node of ours adds an address, before it dies. */
    public void lease(int index, String cidr) {
        put(entry(index, cidr, 0, keepsTags ? AddressMessage.PROTOCOL_VRRP : 0, 2));
    }

    private static AddressMessage entry(int index, String cidr, int flags, int protocol, long seconds) {
        VirtualAddress address = VirtualAddress.parse(cidr);
        return new AddressMessage(
                address.address(),
                address.prefixLength(),
                index,
                0,
                flags,
                protocol,
                Optional.empty(),
                seconds,
                seconds);
    }

    /** Sets net.ipv4.conf.IF.promote_secondaries. */
    public void setPromoteSecondaries(int index, boolean value) {
        promoting.put(index, value);
    }

    /** Whether promote_secondaries is set. */
    public boolean promotesSecondaries(int index) {
        return promoting.getOrDefault(index, false);
    }

    /** The alternative names of interfaces, each with the number of its interface. */
    public Map<String, Integer> altNames() {
        return altNames;
    }

    /** Somebody removes an address, or its lease ends. */
    public void remove(int index, String cidr) {
        remove(address(index, cidr));
    }

    /** What is there: interface number and address in CIDR form. */
    public List<String> addresses() {
        return List.copyOf(addresses.keySet());
    }

    /** An address that is there. */
    public AddressMessage address(int index, String cidr) {
        return addresses.get(index + " " + VirtualAddress.parse(cidr));
    }

    private static Optional<MacAddress> mac(int index) {
        return Optional.of(new MacAddress(0x020000000000L + index));
    }

    private static String key(AddressMessage entry) {
        return entry.interfaceIndex() + " " + entry.cidr();
    }

    private void put(AddressMessage entry) {
        AddressMessage before = addresses.get(key(entry));
        boolean secondary = before != null
                ? before.has(AddressMessage.IFA_F_SECONDARY)
                : entry.address() instanceof Inet4Address
                        && addresses.values().stream().anyMatch(other -> other.isInSubnetOf(entry));
        AddressMessage put = secondary ? withFlags(entry, entry.flags() | AddressMessage.IFA_F_SECONDARY) : entry;
        addresses.put(key(put), put);
        monitor.tell(message(AddressMessage.RTM_NEWADDR, put));
    }

    /** With a primary IPv4 address its secondary ones go, or the first of them takes its place. */
    private void remove(AddressMessage entry) {
        addresses.remove(key(entry));
        monitor.tell(message(AddressMessage.RTM_DELADDR, entry));
        List<AddressMessage> below = addresses.values().stream()
                .filter(other -> other.address() instanceof Inet4Address && other.isInSubnetOf(entry))
                .toList();
        if (entry.has(AddressMessage.IFA_F_SECONDARY) || below.isEmpty()) {
            return;
        }
        if (promotesSecondaries(entry.interfaceIndex())) {
            AddressMessage first = below.get(0);
            AddressMessage promoted = withFlags(first, first.flags() & ~AddressMessage.IFA_F_SECONDARY);
            addresses.put(key(promoted), promoted);
            monitor.tell(message(AddressMessage.RTM_NEWADDR, promoted));
        } else {
            below.forEach(this::remove);
        }
    }

    private static AddressMessage withFlags(AddressMessage entry, int flags) {
        return new AddressMessage(
                entry.address(),
                entry.prefixLength(),
                entry.interfaceIndex(),
                entry.scope(),
                flags,
                entry.protocol(),
                entry.label(),
                entry.validSeconds(),
                entry.preferredSeconds());
    }

    private static NetlinkMessage message(int type, AddressMessage entry) {
        return new NetlinkMessage(type, 0, entry.encode());
    }

    private static NetlinkMessage message(int type, LinkMessage link) {
        return new NetlinkMessage(type, 0, link.encode());
    }

    private List<NetlinkMessage> answer(NetlinkMessage request) {
        Refusal refusal = refusedTypes.get(request.type());
        if (refusal != null) {
            return List.of(NetlinkScript.refusal(request, refusal.errno(), refusal.words()));
        }
        return switch (request.type()) {
            case LinkMessage.RTM_GETLINK ->
                dump(links.values().stream().map(this::withSettings).toList());
            case AddressMessage.RTM_GETADDR ->
                dump(addresses.values().stream()
                        .map(entry -> message(AddressMessage.RTM_NEWADDR, entry))
                        .toList());
            case RTM_SETLINK -> List.of(onSet(request));
            case RTM_NEWLINKPROP, RTM_DELLINKPROP -> List.of(onAltName(request));
            case AddressMessage.RTM_NEWADDR -> List.of(onAdd(request));
            case AddressMessage.RTM_DELADDR -> List.of(onDelete(request));
            default -> List.of(NetlinkScript.refusal(request, Errno.EOPNOTSUPP, ""));
        };
    }

    /** As the answer to RTM_GETLINK: IFLA_AF_SPEC, AF_INET, IFLA_INET_CONF, all settings. */
    private NetlinkMessage withSettings(LinkMessage link) {
        int[] settings = new int[32];
        settings[PROMOTE_SECONDARIES - 1] = promotesSecondaries(link.index()) ? 1 : 0;
        ByteBuffer out = ByteBuffer.allocate(512).put(link.encode());
        new AttributeWriter(out)
                .putNested(26, families -> families.putNested(2, ipv4 -> ipv4.putInts(1, settings)))
                .putNested(
                        IFLA_PROP_LIST,
                        names -> altNames.forEach((name, index) -> {
                            if (index == link.index()) {
                                names.putText(IFLA_ALT_IFNAME, name);
                            }
                        }));
        return new NetlinkMessage(LinkMessage.RTM_NEWLINK, 0, out.flip());
    }

    private NetlinkMessage onAltName(NetlinkMessage request) {
        AttributeReader link = new AttributeReader(
                request.payload().slice(16, request.payload().limit() - 16));
        link.next();
        AttributeReader names = link.nested();
        names.next();
        int index = request.payload().order(ByteOrder.nativeOrder()).getInt(4);
        if (link.type() != IFLA_PROP_LIST || names.type() != IFLA_ALT_IFNAME) {
            return NetlinkScript.refusal(request, Errno.EINVAL, "");
        }
        if (request.type() == RTM_DELLINKPROP) {
            return altNames.remove(names.text(), index)
                    ? NetlinkScript.success(request)
                    : NetlinkScript.refusal(request, Errno.ENOENT, "");
        }
        altNames.put(names.text(), index);
        return NetlinkScript.success(request);
    }

    private NetlinkMessage onSet(NetlinkMessage request) {
        AttributeReader link = new AttributeReader(
                request.payload().slice(16, request.payload().limit() - 16));
        link.next();
        AttributeReader families = link.nested();
        families.next();
        AttributeReader ipv4 = families.nested();
        ipv4.next();
        AttributeReader settings = ipv4.nested();
        settings.next();
        if (link.type() != 26 || families.type() != 2 || ipv4.type() != 1 || settings.type() != PROMOTE_SECONDARIES) {
            return NetlinkScript.refusal(request, Errno.EINVAL, "");
        }
        int index = request.payload().order(ByteOrder.nativeOrder()).getInt(4);
        setPromoteSecondaries(index, settings.intValue(0) != 0);
        return NetlinkScript.success(request);
    }

    private List<NetlinkMessage> dump(List<NetlinkMessage> entries) {
        boolean interrupted = interruptedDumps-- > 0;
        List<NetlinkMessage> answers = new ArrayList<>();
        int flags = NetlinkMessage.NLM_F_MULTI | (interrupted ? NetlinkMessage.NLM_F_DUMP_INTR : 0);
        entries.forEach(entry -> answers.add(new NetlinkMessage(entry.type(), flags, entry.payload())));
        answers.add(NetlinkScript.done());
        return answers;
    }

    private NetlinkMessage onAdd(NetlinkMessage request) {
        AddressMessage entry = AddressMessage.decode(request.payload()).orElseThrow();
        if (!keepsTags) {
            entry = new AddressMessage(
                    entry.address(),
                    entry.prefixLength(),
                    entry.interfaceIndex(),
                    entry.scope(),
                    entry.flags(),
                    0,
                    entry.label(),
                    entry.validSeconds(),
                    entry.preferredSeconds());
        }
        if (refusals.get(entry.cidr()) != null) {
            return NetlinkScript.refusal(request, refusals.get(entry.cidr()), "");
        }
        if (!links.containsKey(entry.interfaceIndex())) {
            return NetlinkScript.refusal(request, Errno.ENODEV, "");
        }
        boolean exclusive = (request.flags() & NetlinkMessage.NLM_F_EXCL) != 0;
        if (exclusive && addresses.containsKey(key(entry))) {
            return NetlinkScript.refusal(request, Errno.EEXIST, "ipv4: Address already assigned");
        }
        put(entry);
        journal.add("add " + entry.cidr());
        return NetlinkScript.success(request);
    }

    private NetlinkMessage onDelete(NetlinkMessage request) {
        AddressMessage entry = AddressMessage.decode(request.payload()).orElseThrow();
        if (!addresses.containsKey(key(entry))) {
            return NetlinkScript.refusal(request, Errno.EADDRNOTAVAIL, "ipv4: Address not found");
        }
        remove(addresses.get(key(entry)));
        journal.add("del " + entry.cidr());
        return NetlinkScript.success(request);
    }
}
