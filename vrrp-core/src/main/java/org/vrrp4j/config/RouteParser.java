package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.vrrp4j.model.IpFamily;

/** Reads a route from the words of ip-route(8) and keepalived. */
final class RouteParser {
    private static final int MAX_BYTE = 255;

    private final WordReader words;
    private final VirtualRouteBuilder route = new VirtualRouteBuilder(null);
    private final NexthopWords single;
    private IpFamily family;
    private InetAddress alternative;
    private String destination;

    RouteParser(String text, RoutingNames names) {
        words = new WordReader(text, names);
        single = new NexthopWords(words);
    }

    VirtualRoute parse() {
        family = words.family();
        while (words.hasNext()) {
            readWord(words.next());
        }
        if (destination == null) {
            throw new IllegalArgumentException("a route needs a destination: PREFIX or 'default'");
        }
        route.destination = words.prefix("to", destination, guessFamily());
        if (family != null && route.destination.family() != family) {
            throw new IllegalArgumentException("'" + destination + "' is not of the family that the line begins with");
        }
        addNexthops();
        return route.build();
    }

    private IpFamily guessFamily() {
        if (family != null) {
            return family;
        }
        return Stream.of(single.gateway(), Optional.ofNullable(route.source), firstGateway())
                .flatMap(Optional::stream)
                .map(IpFamily::of)
                .findFirst()
                .orElse(IpFamily.IPV4);
    }

    private Optional<InetAddress> firstGateway() {
        return route.nexthops.stream().flatMap(hop -> hop.gateway().stream()).findFirst();
    }

    private void addNexthops() {
        if (!single.isEmpty()) {
            if (!route.nexthops.isEmpty()) {
                throw new IllegalArgumentException("a route has 'via' and 'dev', or several 'nexthop', not both");
            }
            route.nexthop(single.build());
        } else if (single.isOnLink()) {
            throw new IllegalArgumentException("'onlink' goes with 'via GATEWAY dev INTERFACE'");
        }
        if (alternative != null) {
            route.nexthop(RouteNexthop.via(alternative));
        }
    }

    private void readWord(String word) {
        Optional<RouteType> type = RouteType.of(word);
        Optional<RouteMetric> metric = RouteMetric.of(word);
        if (type.isPresent()) {
            route.type(type.get());
        } else if (metric.isPresent()) {
            readMetric(word, metric.get());
        } else if (!single.read(word) && !readRoutingWord(word)) {
            readOther(word);
        }
    }

    private boolean readRoutingWord(String word) {
        switch (word) {
            case "to" -> readDestination(words.value(word));
            case "src" -> route.source(words.address(word));
            case "from" -> route.from(words.prefix(word, words.value(word), IpFamily.IPV6));
            case "tos", "dsfield" -> route.tos(words.named(word, RoutingNames.Kind.DSFIELD, MAX_BYTE));
            case "table" -> route.table(readTable(word));
            case "protocol", "proto" -> route.protocol(words.named(word, RoutingNames.Kind.PROTOCOL, MAX_BYTE));
            case "scope" -> route.scope(words.named(word, RoutingNames.Kind.SCOPE, MAX_BYTE));
            case "metric", "priority", "preference" -> route.metric(words.number(word, 0, WordReader.MAX_UNSIGNED));
            case "or" -> alternative = words.address(word);
            case "realms" -> route.realms(words.realms(word));
            case "expires" -> route.expires(words.number(word, 1, WordReader.MAX_UNSIGNED));
            case "nexthop" -> route.nexthop(NexthopWords.readNexthop(words));
            case "vrf" -> route.vrf(words.device(word));
            case "as" -> throw new IllegalArgumentException("'as' is for MPLS routes, which this is not");
            default -> {
                return false;
            }
        }
        return true;
    }

    private int readTable(String word) {
        int table = words.named(word, RoutingNames.Kind.TABLE, WordReader.MAX_UNSIGNED);
        if (table == 0) {
            throw WordReader.wrong(word, "must be a table", "0");
        }
        return table;
    }

    private void readOther(String word) {
        switch (word) {
            case "features" -> {
                if (!words.value(word).equals("ecn")) {
                    throw new IllegalArgumentException("'features' knows only 'ecn'");
                }
                route.metric(RouteMetric.FEATURES, 1, false);
            }
            case "congctl" -> {
                boolean lock = words.take("lock");
                route.congestionControl(words.value(word), lock);
            }
            case "pref" -> route.preference(readPreference(word));
            case "ttl-propagate" ->
                route.ttlPropagate(words.flag(word, List.of("disabled"), List.of("enabled"))
                                .getAsInt()
                        == 1);
            case "add" -> route.placement(VirtualRoute.Placement.ADD);
            case "prepend" -> route.placement(VirtualRoute.Placement.PREPEND);
            case "append" -> route.placement(VirtualRoute.Placement.APPEND);
            case "no_track" -> route.tracked(false);
            case "track_group" -> route.trackGroup(words.value(word));
            default -> readDestination(word);
        }
    }

    private void readDestination(String word) {
        if (destination != null) {
            throw new IllegalArgumentException("unknown word '" + word + "' in a route to " + destination);
        }
        if (!WordReader.isAll(word) && !Character.isDigit(word.charAt(0)) && word.indexOf(':') < 0) {
            throw new IllegalArgumentException("unknown word '" + word + "' in a route");
        }
        destination = word;
    }

    private VirtualRoute.Preference readPreference(String word) {
        String text = words.value(word);
        return Stream.of(VirtualRoute.Preference.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> WordReader.wrong(word, "must be low, medium or high", text));
    }

    private void readMetric(String word, RouteMetric metric) {
        boolean lock = words.take("lock");
        String text = words.value(word);
        int units = metric.form().perMillisecond;
        if (metric == RouteMetric.HOPLIMIT) {
            route.metric(metric, WordReader.number(word, text, 0, MAX_BYTE), lock);
        } else if (metric == RouteMetric.QUICKACK || metric == RouteMetric.FASTOPEN_NO_COOKIE) {
            route.metric(metric, WordReader.number(word, text, 0, 1), lock);
        } else if (units != 0 && text.endsWith("s")) {
            route.metric(metric, readTime(word, text, units), lock);
        } else {
            route.metric(metric, WordReader.number(word, text, 0, WordReader.MAX_UNSIGNED), lock);
        }
    }

    /** A time such as {@code 0.5s} or {@code 30ms}, in units of which a millisecond has some. */
    private static long readTime(String word, String text, int units) {
        boolean millis = text.endsWith("ms");
        try {
            double number = Double.parseDouble(text.substring(0, text.length() - (millis ? 2 : 1)));
            double value = number * (millis ? units : 1000.0 * units);
            if (value >= 0 && value <= WordReader.MAX_UNSIGNED) {
                return Math.round(value);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw WordReader.wrong(word, "must be a number, or a time in s or ms", text);
    }
}
