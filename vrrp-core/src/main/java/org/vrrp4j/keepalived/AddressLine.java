package org.vrrp4j.keepalived;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** A line of virtual_ipaddress: an address, and words about how it is put in place (ip-address(8)). */
final class AddressLine {
    static final KeywordTable<ListDraft> TABLE =
            new KeywordTable<ListDraft>("virtual_ipaddress").others((list, line) -> new AddressLine(list, line).read());

    private static final Map<String, Integer> SCOPES =
            Map.of("global", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255);
    private static final int MAX_SCOPE = 255;

    /** What is set or done for an address with these words in keepalived, and not here. */
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "peer", "the address has no peer",
            "home", "the flag is not set",
            "-nodad", "IPv6 addresses are added without duplicate address detection",
            "mngtmpaddr", "the flag is not set",
            "noprefixroute", "the kernel adds the route of the prefix",
            "autojoin", "no multicast group is joined",
            "no_track", "the address is put back when somebody removes it",
            "use_vmac", "addresses on other interfaces have the MAC address of these");

    private static final List<String> WITH_VALUE = List.of("peer");
    private static final List<String> OTHERS =
            List.of("dev", "label", "scope", "brd", "broadcast", "preferred_lft", "track_group");

    private final ListDraft list;
    private final Statement line;
    private int next = 1;
    private VirtualAddress address;
    private Optional<String> trackGroup = Optional.empty();

    /** The block; its lines go to whoever it belongs to. */
    static final class ListDraft extends Draft {
        private final Target target;

        ListDraft(Target target, Position position) {
            super(position);
            this.target = target;
        }
    }

    /** Takes the addresses of a block. */
    interface Target {
        /** Hears of each line, also of a wrong one. */
        default void onLine() {}

        void add(VirtualAddress address, Statement line);

        /** Hears of the track_group of an address, after that. */
        default void onTrackGroup(String group, VirtualAddress address, Statement line) {
            line.error("'track_group' goes with static addresses only");
        }
    }

    /** The addresses that an instance advertises. */
    static Target advertised(InstanceDraft instance) {
        return new Target() {
            @Override
            public void onLine() {
                instance.addressLines++;
            }

            @Override
            public void add(VirtualAddress address, Statement line) {
                addAdvertised(instance, address, line);
            }
        };
    }

    /** Addresses of any family, as many as there are. */
    static Target others(List<InstanceDraft.AddressEntry> entries) {
        return (address, line) -> {
            if (isNew(entries, address, line)) {
                entries.add(new InstanceDraft.AddressEntry(address, line.position()));
            }
        };
    }

    /** Addresses that are always there, and whose interfaces instances may follow. */
    static Target fixed(NodeDraft node) {
        Target all = others(node.staticAddresses);
        return new Target() {
            @Override
            public void add(VirtualAddress address, Statement line) {
                all.add(address, line);
            }

            @Override
            public void onTrackGroup(String group, VirtualAddress address, Statement line) {
                node.trackGroups.follow(group, address.device(), line);
            }
        };
    }

    private AddressLine(ListDraft list, Statement line) {
        this.list = list;
        this.line = line;
    }

    private void read() {
        list.target.onLine();
        Optional<VirtualAddress> parsed = parseAddress(line.keyword());
        if (parsed.isEmpty()) {
            return;
        }
        address = parsed.get();
        boolean going = true;
        while (going && next < line.words().size()) {
            going = readWord(line.words().get(next++));
        }
        list.target.add(address, line);
        trackGroup.ifPresent(group -> list.target.onTrackGroup(group, address, line));
    }

    private Optional<VirtualAddress> parseAddress(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> parsed = IpAddresses.parse(literal);
        if (parsed.isEmpty()) {
            line.error(Found.quote(literal) + " is no IP address: an address line is ADDRESS[/MASK] [dev INTERFACE]"
                    + " [label LABEL] [scope SCOPE]");
            return Optional.empty();
        }
        int max = IpFamily.of(parsed.get()).maxPrefixLength();
        OptionalInt prefix = slash < 0 ? OptionalInt.of(max) : Numbers.integer(text.substring(slash + 1), 0, max);
        if (prefix.isEmpty()) {
            line.error("mask must be 0 to " + max + ": " + Found.quote(text));
            return Optional.empty();
        }
        try {
            return Optional.of(new VirtualAddress(
                    parsed.get(), prefix.getAsInt(), Optional.empty(), Optional.empty(), VirtualAddress.SCOPE_GLOBAL));
        } catch (IllegalArgumentException e) {
            line.error(e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns false if the rest of the line makes no sense any more. */
    private boolean readWord(String word) {
        if (UNSUPPORTED.containsKey(word)) {
            line.warning(Found.quote(word) + " is not supported yet: " + UNSUPPORTED.get(word));
            return !WITH_VALUE.contains(word) || value(word).isPresent();
        }
        if (!OTHERS.contains(word)) {
            unknown(word);
            return false;
        }
        Optional<String> value = value(word);
        value.ifPresent(text -> {
            switch (word) {
                case "dev" -> onDevice(text);
                case "label" -> onLabel(text);
                case "scope" -> onScope(text);
                case "preferred_lft" -> onPreferredLifetime(text);
                case "track_group" -> trackGroup = Optional.of(text);
                default -> onBroadcast(word, text);
            }
        });
        return value.isPresent();
    }

    private Optional<String> value(String word) {
        if (next >= line.words().size()) {
            line.error(Found.quote(word) + " needs a value");
            return Optional.empty();
        }
        return Optional.of(line.words().get(next++));
    }

    private void unknown(String word) {
        if (IpAddresses.parse(word.split("/", 2)[0]).isPresent()) {
            line.error("one address a line: " + Found.quote(word) + " must be in a line of its own");
            return;
        }
        List<String> known = new ArrayList<>(OTHERS);
        known.addAll(UNSUPPORTED.keySet());
        known.sort(null);
        String hint = UnknownKeyword.nearest(word, known)
                .map(near -> "did you mean " + Found.quote(near) + "?")
                .orElseGet(() -> "allowed are " + String.join(" ", known));
        line.error("unknown word " + Found.quote(word) + " after an address; " + hint);
    }

    private void onDevice(String text) {
        if (InstanceKeywords.isInterfaceName(text)) {
            address = address.onDevice(text);
        } else {
            line.error("dev must have 1 to 15 characters, none of them '/': " + Found.quote(text));
        }
    }

    private void onLabel(String text) {
        if (isIpv6()) {
            line.warning("only IPv4 addresses have a label: " + Found.quote(text) + " is ignored");
        } else if (text.isBlank() || text.length() > VirtualAddress.MAX_LABEL_LENGTH) {
            line.error("label must have 1 to " + VirtualAddress.MAX_LABEL_LENGTH + " characters: " + Found.quote(text));
        } else {
            address = address.withLabel(text);
        }
    }

    private void onScope(String text) {
        OptionalInt number = Numbers.integer(text, 0, MAX_SCOPE);
        if (number.isEmpty() && !SCOPES.containsKey(text)) {
            line.error(
                    "scope must be global, site, link, host, nowhere or 0 to " + MAX_SCOPE + ": " + Found.quote(text));
        } else if (isIpv6()) {
            line.warning("only IPv4 addresses have a scope to choose: " + Found.quote(text) + " is ignored");
        } else {
            address = address.withScope(number.orElseGet(() -> SCOPES.get(text)));
        }
    }

    /** The lifetime is that of the lease; what remains is whether it is 0, which it is for us without the word. */
    private void onPreferredLifetime(String text) {
        OptionalInt seconds = Numbers.integer(text, 0, Integer.MAX_VALUE);
        if (seconds.isEmpty() && !text.equals("forever")) {
            line.error("preferred_lft must be seconds or forever: " + Found.quote(text));
        } else if (!isIpv6()) {
            line.warning("only IPv6 addresses have a preferred lifetime: " + Found.quote(text) + " is ignored");
        } else if (seconds.orElse(1) > 0) {
            address = address.withPreference();
        }
    }

    /** No broadcast address is what we set, and what {@code -} asks for. */
    private void onBroadcast(String word, String text) {
        boolean ipv4 = IpAddresses.parse(text)
                .filter(ip -> IpFamily.of(ip) == IpFamily.IPV4)
                .isPresent();
        if (isIpv6()) {
            line.error("IPv6 has no broadcast address: " + Found.quote(word + " " + text));
        } else if (!ipv4 && !text.equals("+") && !text.equals("-")) {
            line.error(word + " must be an IPv4 address, + or -: " + Found.quote(text));
        } else if (!text.equals("-")) {
            line.warning(Found.quote(word) + " is not supported yet: no broadcast address is set");
        }
    }

    private boolean isIpv6() {
        return IpFamily.of(address.address()) == IpFamily.IPV6;
    }

    private static boolean isNew(List<InstanceDraft.AddressEntry> entries, VirtualAddress address, Statement line) {
        for (InstanceDraft.AddressEntry entry : entries) {
            if (entry.address().address().equals(address.address())) {
                line.warning(address.address().getHostAddress() + " is in line "
                        + entry.position().line() + " already; this line is ignored");
                return false;
            }
        }
        return true;
    }

    private static void addAdvertised(InstanceDraft instance, VirtualAddress address, Statement line) {
        List<InstanceDraft.AddressEntry> entries = instance.addresses;
        if (!isNew(entries, address, line)) {
            return;
        }
        if (!entries.isEmpty() && IpFamily.of(entries.get(0).address().address()) != IpFamily.of(address.address())) {
            if (!instance.mixedFamilies) {
                line.error("all addresses of an instance must have the family of the first one, "
                        + entries.get(0).address() + " in line "
                        + entries.get(0).position().line() + ": " + Found.quote(line.keyword())
                        + "; IPv4 and IPv6 need two instances");
            }
            instance.mixedFamilies = true;
            return;
        }
        int max = RouterConfig.maxAddresses(IpFamily.of(address.address()));
        if (entries.size() < max) {
            entries.add(new InstanceDraft.AddressEntry(address, line.position()));
        } else if (!instance.tooManyAddresses) {
            instance.tooManyAddresses = true;
            line.error("an instance has at most " + max + " addresses: " + Found.quote(line.keyword())
                    + " and what follows are too many");
        }
    }
}
