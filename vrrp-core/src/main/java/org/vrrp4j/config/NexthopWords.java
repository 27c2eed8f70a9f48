package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.vrrp4j.model.IpFamily;

/** Reads what a line says about one nexthop. */
final class NexthopWords {
    private static final int MAX_BYTE = 255;
    private static final int MAX_LABEL = 0xfffff;
    private static final List<String> TUNNEL_WORDS =
            List.of("id", "dst", "src", "ttl", "hoplimit", "tos", "tc", "key", "csum", "seq", "flags");

    private final WordReader words;
    private InetAddress gateway;
    private String device;
    private int weight = 1;
    private int realms;
    private boolean onLink;
    private RouteEncapsulation encapsulation;

    NexthopWords(WordReader words) {
        this.words = words;
    }

    /** What follows the word {@code nexthop}. */
    static RouteNexthop readNexthop(WordReader words) {
        NexthopWords nexthop = new NexthopWords(words);
        boolean going = true;
        while (going && words.hasNext()) {
            String word = words.peek();
            if (word.equals("weight")) {
                words.next();
                nexthop.weight = words.integer(word, 1, RouteNexthop.MAX_WEIGHT);
            } else if (word.equals("realms")) {
                words.next();
                nexthop.realms = words.realms(word);
            } else {
                going = nexthop.isKnown(word);
                if (going) {
                    nexthop.read(words.next());
                }
            }
        }
        return nexthop.build();
    }

    private boolean isKnown(String word) {
        return Stream.of("via", "gw", "dev", "oif", "onlink", "encap").anyMatch(word::equals);
    }

    /** Answers whether the word is about a nexthop. */
    boolean read(String word) {
        switch (word) {
            case "via", "gw" -> readGateway(word);
            case "dev", "oif" -> device = words.device(word);
            case "onlink" -> onLink = true;
            case "encap" -> encapsulation = readEncapsulation(word);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readGateway(String word) {
        IpFamily family = words.family();
        gateway = words.address(word);
        if (family != null && IpFamily.of(gateway) != family) {
            throw WordReader.wrong(word, "must be of the family before it", gateway.getHostAddress());
        }
    }

    boolean isEmpty() {
        return gateway == null && device == null;
    }

    boolean isOnLink() {
        return onLink;
    }

    Optional<InetAddress> gateway() {
        return Optional.ofNullable(gateway);
    }

    RouteNexthop build() {
        return new RouteNexthop(
                Optional.ofNullable(gateway),
                Optional.ofNullable(device),
                weight,
                onLink,
                Optional.ofNullable(encapsulation),
                realms);
    }

    private RouteEncapsulation readEncapsulation(String word) {
        String kind = words.value(word);
        return switch (kind) {
            case "ip" -> readTunnel(IpFamily.IPV4);
            case "ip6" -> readTunnel(IpFamily.IPV6);
            case "mpls" -> readMpls();
            case "ila" -> readIla();
            default -> throw WordReader.wrong(word, "must be ip, ip6, mpls or ila", kind);
        };
    }

    private RouteEncapsulation readTunnel(IpFamily family) {
        OptionalLong id = OptionalLong.empty();
        Optional<InetAddress> destination = Optional.empty();
        Optional<InetAddress> source = Optional.empty();
        OptionalInt hopLimit = OptionalInt.empty();
        OptionalInt trafficClass = OptionalInt.empty();
        Set<RouteEncapsulation.Tunnel.Flag> flags = EnumSet.noneOf(RouteEncapsulation.Tunnel.Flag.class);
        while (TUNNEL_WORDS.contains(words.peek())) {
            String word = words.next();
            switch (word) {
                case "id" -> id = OptionalLong.of(words.number(word, 0, Long.MAX_VALUE));
                case "dst" -> destination = Optional.of(endpoint(word, family));
                case "src" -> source = Optional.of(endpoint(word, family));
                case "ttl", "hoplimit" -> hopLimit = OptionalInt.of(words.integer(word, 0, MAX_BYTE));
                case "tos", "tc" ->
                    trafficClass = OptionalInt.of(words.named(word, RoutingNames.Kind.DSFIELD, MAX_BYTE));
                case "flags" -> flags.addAll(readFlags(word));
                default -> flags.add(constant(word, word, RouteEncapsulation.Tunnel.Flag.values()));
            }
        }
        return new RouteEncapsulation.Tunnel(family, id, destination, source, hopLimit, trafficClass, flags);
    }

    /** keepalived has a number, of the kernel's bits. */
    private Set<RouteEncapsulation.Tunnel.Flag> readFlags(String word) {
        int number = words.integer(word, 0, 0xffff);
        Set<RouteEncapsulation.Tunnel.Flag> flags = EnumSet.noneOf(RouteEncapsulation.Tunnel.Flag.class);
        Stream.of(RouteEncapsulation.Tunnel.Flag.values())
                .filter(flag -> (number & flag.bit()) != 0)
                .forEach(flags::add);
        if (flags.stream().mapToInt(RouteEncapsulation.Tunnel.Flag::bit).sum() != number) {
            throw WordReader.wrong(word, "must be a sum of 1 (csum), 4 (key) and 8 (seq)", String.valueOf(number));
        }
        return flags;
    }

    private InetAddress endpoint(String word, IpFamily family) {
        InetAddress address = words.address(word);
        if (IpFamily.of(address) != family) {
            throw WordReader.wrong(word, "must be of the tunnel's family", address.getHostAddress());
        }
        return address;
    }

    private RouteEncapsulation readMpls() {
        List<Integer> labels = new ArrayList<>();
        for (String label : words.value("mpls").split("/", -1)) {
            labels.add((int) WordReader.number("mpls", label, 0, MAX_LABEL));
        }
        return new RouteEncapsulation.Mpls(
                labels, words.take("ttl") ? OptionalInt.of(words.integer("ttl", 1, MAX_BYTE)) : OptionalInt.empty());
    }

    private RouteEncapsulation readIla() {
        String text = words.value("ila");
        String[] groups = text.split(":", -1);
        if (groups.length != Long.BYTES / Short.BYTES) {
            throw WordReader.wrong("ila", "must be a locator of four groups such as 2001:db8:0:1", text);
        }
        long locator = 0;
        for (String group : groups) {
            locator = locator << Short.SIZE | WordReader.number("ila", "0x" + group, 0, 0xffff);
        }
        RouteEncapsulation.Ila.Checksum checksum = null;
        RouteEncapsulation.Ila.Identifier identifier = null;
        RouteEncapsulation.Ila.Hook hook = null;
        while (List.of("csum-mode", "ident-type", "hook-type").contains(words.peek())) {
            String word = words.next();
            switch (word) {
                case "csum-mode" -> checksum = constant(word, RouteEncapsulation.Ila.Checksum.values());
                case "ident-type" -> identifier = constant(word, RouteEncapsulation.Ila.Identifier.values());
                default -> hook = constant(word, RouteEncapsulation.Ila.Hook.values());
            }
        }
        return new RouteEncapsulation.Ila(
                locator, Optional.ofNullable(checksum), Optional.ofNullable(identifier), Optional.ofNullable(hook));
    }

    private <E extends Enum<E>> E constant(String word, E[] values) {
        return constant(word, words.value(word), values);
    }

    private static <E extends Enum<E>> E constant(String word, String text, E[] values) {
        return Stream.of(values)
                .filter(value ->
                        value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text))
                .findFirst()
                .orElseThrow(() -> WordReader.wrong(word, "must be one of ip-route(8)", text));
    }
}
