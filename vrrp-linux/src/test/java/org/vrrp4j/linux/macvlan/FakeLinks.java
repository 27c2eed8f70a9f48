package org.vrrp4j.linux.macvlan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkScript;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.Ipv4Setting;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.MacAddress;

/** A kernel with interfaces and their settings, as far as macvlans need it. Of one that is down it tells no alias. */
final class FakeLinks {
    static final int WORKING = LinkMessage.IFF_UP | LinkMessage.IFF_RUNNING | LinkMessage.IFF_LOWER_UP;
    private static final int HEADER_BYTES = 16;
    private static final int IFLA_IFALIAS = 20;
    private static final int IFLA_AF_SPEC = 26;

    final NetlinkScript requests = new NetlinkScript(this::answer);
    final NetlinkScript slowRequests = new NetlinkScript(this::answer);
    final NetlinkScript monitor = NetlinkScript.silent();
    final List<String> done = new ArrayList<>();
    Errno refusal;
    private final Map<Integer, LinkMessage> links = new LinkedHashMap<>();
    private final Map<Integer, int[]> settings = new LinkedHashMap<>();

    void put(LinkMessage link) {
        links.put(link.index(), link);
        settings.putIfAbsent(link.index(), new int[32]);
        monitor.tell(new NetlinkMessage(LinkMessage.RTM_NEWLINK, 0, link.encode()));
    }

    void put(int index, String name, String kind) {
        Optional<MacAddress> mac = Optional.of(new MacAddress(0x0200_0000_0000L + index));
        put(new LinkMessage(index, name, LinkMessage.ARPHRD_ETHER, WORKING, mac, 0, 0, 0, kind, ""));
    }

    void delete(int index) {
        monitor.tell(new NetlinkMessage(
                LinkMessage.RTM_DELLINK, 0, links.remove(index).encode()));
        settings.remove(index);
    }

    Optional<LinkMessage> find(String name) {
        return links.values().stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** The values of arp_ignore and arp_announce. */
    String arp(int index) {
        return settings.get(index)[18] + " " + settings.get(index)[17];
    }

    void setArp(int index, int ignore, int announce) {
        settings.get(index)[18] = ignore;
        settings.get(index)[17] = announce;
    }

    private List<NetlinkMessage> answer(NetlinkMessage request) {
        switch (request.type()) {
            case LinkMessage.RTM_GETLINK:
                return dump();
            case AddressMessage.RTM_GETADDR:
                return List.of(NetlinkScript.done());
            case LinkMessage.RTM_NEWLINK:
                return List.of(refusal == null ? onNew(request) : NetlinkScript.refusal(request, refusal, "no"));
            case Ipv4Setting.RTM_SETLINK:
                return List.of(onSet(request));
            case LinkMessage.RTM_DELLINK:
                done.add("del " + links.get(index(request)).name());
                delete(index(request));
                return List.of(NetlinkScript.success(request));
            default:
                return List.of(NetlinkScript.refusal(request, Errno.EOPNOTSUPP, ""));
        }
    }

    private static int index(NetlinkMessage request) {
        return request.payload().order(ByteOrder.nativeOrder()).getInt(4);
    }

    private List<NetlinkMessage> dump() {
        List<NetlinkMessage> all = new ArrayList<>();
        for (LinkMessage link : links.values()) {
            ByteBuffer out = ByteBuffer.allocate(1024).put(link.encode());
            new AttributeWriter(out)
                    .putNested(
                            IFLA_AF_SPEC,
                            families -> families.putNested(2, ipv4 -> ipv4.putInts(1, settings.get(link.index()))));
            all.add(new NetlinkMessage(LinkMessage.RTM_NEWLINK, NetlinkMessage.NLM_F_MULTI, out.flip()));
        }
        all.add(NetlinkScript.done());
        return all;
    }

    private NetlinkMessage onNew(NetlinkMessage request) {
        LinkMessage wanted = LinkMessage.decode(request.payload()).orElseThrow();
        int index = links.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        put(new LinkMessage(
                index,
                wanted.name(),
                LinkMessage.ARPHRD_ETHER,
                0,
                wanted.mac(),
                wanted.parentIndex(),
                wanted.masterIndex(),
                wanted.group(),
                wanted.kind(),
                ""));
        done.add("add " + wanted.name());
        return NetlinkScript.success(request);
    }

    private NetlinkMessage onSet(NetlinkMessage request) {
        ByteBuffer payload = request.payload().order(ByteOrder.nativeOrder());
        LinkMessage link = links.get(index(request));
        if (link == null) {
            return NetlinkScript.refusal(request, Errno.ENODEV, "");
        }
        AttributeReader attributes = new AttributeReader(payload.slice(HEADER_BYTES, payload.limit() - HEADER_BYTES));
        while (attributes.next()) {
            if (attributes.type() == IFLA_IFALIAS) {
                links.put(link.index(), link.withAlias(attributes.text()));
            } else if (attributes.type() == IFLA_AF_SPEC) {
                onSettings(link.index(), attributes.nested());
            }
        }
        if (payload.getInt(12) == LinkMessage.IFF_UP) {
            int flags = payload.getInt(8) == 0 ? 0 : WORKING;
            done.add((flags == 0 ? "down " : "up ") + link.name());
            put(new LinkMessage(
                    link.index(),
                    link.name(),
                    link.hardwareType(),
                    flags,
                    link.mac(),
                    link.parentIndex(),
                    link.masterIndex(),
                    link.group(),
                    link.kind(),
                    link.alias()));
        }
        return NetlinkScript.success(request);
    }

    private void onSettings(int index, AttributeReader families) {
        while (families.next()) {
            if (families.type() == 2) {
                AttributeReader ipv4 = families.nested();
                ipv4.next();
                AttributeReader values = ipv4.nested();
                while (values.next()) {
                    settings.get(index)[values.type() - 1] = values.intValue(0);
                }
            }
        }
    }
}
