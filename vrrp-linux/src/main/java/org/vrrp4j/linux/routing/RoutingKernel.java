package org.vrrp4j.linux.routing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.model.IpFamily;

/** Routes and rules as requests to the kernel. */
final class RoutingKernel implements AutoCloseable {
    private static final int EXCLUSIVE = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;

    /** Flag of a request: behind what is there. */
    private static final int NLM_F_APPEND = 0x800;

    private static final int MAX_CHARGE = 90;

    private final RoutingAddressBackend.Channels.Opener opener;
    private NetlinkClient client;
    private final Interfaces interfaces;

    RoutingKernel(RoutingAddressBackend.Channels.Opener opener, Interfaces interfaces) {
        this.opener = opener;
        this.interfaces = interfaces;
    }

    /**
     * A route or rule as the kernel takes it.
     *
     * @param words what it is called in messages
     * @param isRoute whether it is a route
     * @param flags how it is put in place
     * @param payload what is put and what is deleted
     * @param key what it is told apart by
     * @param tracked whether it is put back
     */
    record Entry(String words, boolean isRoute, int flags, ByteBuffer payload, String key, boolean tracked) {
        /** The name of the charge. */
        String charge() {
            return RoutingKernel.charge(isRoute, key);
        }

        /** That somebody else has it, and what to do. */
        String taken() {
            String what =
                    isRoute ? "a route to the same destination, with the same table, TOS and metric" : "the same rule";
            return "cannot put " + words + ": " + what + " is there already, and not ours: remove it, or give ours"
                    + " another " + (isRoute ? "metric" : "preference");
        }
    }

    /**
     * A route with the interfaces of now.
     *
     * @throws LinuxException ENODEV if one of them does not exist
     */
    Entry entry(VirtualRoute route) throws LinuxException {
        String words = "route " + route;
        Present present = new Present(interfaces);
        ByteBuffer payload = RouteMessage.encode(route, present);
        if (!present.missing.isEmpty()) {
            throw new LinuxException(
                    "RTM_NEWROUTE " + route, Errno.ENODEV.number(), "there is no " + present.missing.get(0));
        }
        return new Entry(words, true, flags(route), payload, key(route, payload), route.tracked());
    }

    /** Notes what is not there. */
    private static final class Present implements Interfaces {
        private final Interfaces interfaces;
        private final List<String> missing = new ArrayList<>();

        Present(Interfaces interfaces) {
            this.interfaces = interfaces;
        }

        private int note(String what, int number) {
            if (number == 0) {
                missing.add(what);
            }
            return number;
        }

        @Override
        public int index(String name) {
            return note("interface " + name, interfaces.index(name));
        }

        @Override
        public int vrfTable(String name) {
            return note("VRF " + name, interfaces.vrfTable(name));
        }
    }

    /** The name of the charge of a route, whatever interfaces there are; of one in a VRF that of its table now. */
    String charge(VirtualRoute route) {
        return charge(true, key(route, RouteMessage.encode(route, interfaces)));
    }

    /** A charge has the length of a socket address. */
    static String charge(boolean isRoute, String key) {
        String name = (isRoute ? "route " : "rule ") + key;
        return name.length() <= MAX_CHARGE
                ? name
                : name.substring(0, MAX_CHARGE - 9) + "~" + Integer.toHexString(name.hashCode());
    }

    /** With IPv6 a route that is not exclusive would become one of several nexthops of what is there. */
    private static int flags(VirtualRoute route) {
        if (route.family() == IpFamily.IPV6) {
            return EXCLUSIVE;
        }
        return switch (route.placement()) {
            case ADD -> EXCLUSIVE;
            case PREPEND -> NetlinkMessage.NLM_F_CREATE;
            case APPEND -> NetlinkMessage.NLM_F_CREATE | NLM_F_APPEND;
        };
    }

    private static String key(VirtualRoute route, ByteBuffer payload) {
        return RouteMessage.key(payload).orElse(route.toString());
    }

    Entry entry(VirtualRule rule) {
        ByteBuffer payload = RuleMessage.encode(rule);
        return new Entry(
                "rule " + rule,
                false,
                EXCLUSIVE,
                payload,
                RuleMessage.key(payload).orElse(rule.toString()),
                rule.tracked());
    }

    /**
     * Puts an entry in place.
     *
     * @return false if there is one already, ours or another one
     * @throws LinuxException if the kernel refuses
     */
    boolean put(Entry entry) throws LinuxException {
        try {
            client().execute(
                            (entry.isRoute() ? "RTM_NEWROUTE " : "RTM_NEWRULE ") + words(entry),
                            entry.isRoute() ? RouteMessage.RTM_NEWROUTE : RuleMessage.RTM_NEWRULE,
                            entry.flags(),
                            entry.payload());
            return true;
        } catch (LinuxException e) {
            if (e.is(Errno.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    private static String words(Entry entry) {
        return entry.words().substring(entry.words().indexOf(' ') + 1);
    }

    /** Takes an entry away; success if it is not there. */
    void delete(Entry entry) throws LinuxException {
        try {
            client().execute(
                            (entry.isRoute() ? "RTM_DELROUTE " : "RTM_DELRULE ") + words(entry),
                            entry.isRoute() ? RouteMessage.RTM_DELROUTE : RuleMessage.RTM_DELRULE,
                            0,
                            entry.payload());
        } catch (LinuxException e) {
            // gone already, or gone together with its interface
            if (!e.is(Errno.ESRCH) && !e.is(Errno.ENOENT) && !e.is(Errno.ENODEV) && !e.is(Errno.ENETUNREACH)) {
                throw e;
            }
        }
    }

    /** All routes and rules that have our tag, rules first. */
    List<Entry> ours() throws LinuxException {
        List<Entry> found = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            for (NetlinkMessage message :
                    client().dump("RTM_GETRULE", RuleMessage.RTM_GETRULE, RuleMessage.encodeDump(family))) {
                found(message, false).ifPresent(found::add);
            }
        }
        for (IpFamily family : IpFamily.values()) {
            for (NetlinkMessage message :
                    client().dump("RTM_GETROUTE", RouteMessage.RTM_GETROUTE, RouteMessage.encodeDump(family))) {
                found(message, true).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Entry> found(NetlinkMessage message, boolean isRoute) {
        if (!isOurs(message)) {
            return Optional.empty();
        }
        ByteBuffer payload = message.payload();
        Optional<String> key = isRoute ? RouteMessage.key(payload) : RuleMessage.key(payload);
        return key.map(text -> new Entry((isRoute ? "route " : "rule ") + text, isRoute, 0, payload, text, true));
    }

    private NetlinkClient client() throws LinuxException {
        if (client == null) {
            client = new NetlinkClient(opener.open());
        }
        return client;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }

    /** Whether a message is about a route or rule with our tag. */
    static boolean isOurs(NetlinkMessage message) {
        return switch (message.type()) {
            case RouteMessage.RTM_NEWROUTE, RouteMessage.RTM_DELROUTE ->
                RouteMessage.protocol(message.payload()) == RouteMessage.PROTOCOL_VRRP;
            case RuleMessage.RTM_NEWRULE, RuleMessage.RTM_DELRULE ->
                RuleMessage.protocol(message.payload()) == RouteMessage.PROTOCOL_VRRP;
            default -> false;
        };
    }
}
