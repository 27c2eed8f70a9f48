package org.vrrp4j.config;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vrrp4j.model.IpFamily;

/** Reads a rule from the words of ip-rule(8) and keepalived. */
final class RuleParser {
    private static final int MAX_BYTE = 255;
    private static final int MAX_PORT = 65_535;
    private static final Map<String, Integer> IP_PROTOCOLS = Map.of(
            "icmp", 1, "igmp", 2, "tcp", 6, "udp", 17, "dccp", 33, "gre", 47, "esp", 50, "ipv6-icmp", 58, "sctp", 132);

    private final WordReader words;
    private final VirtualRuleBuilder rule = new VirtualRuleBuilder(null);
    private String from;
    private String to;

    RuleParser(String text, RoutingNames names) {
        words = new WordReader(text, names);
    }

    VirtualRule parse() {
        IpFamily family = words.family();
        while (words.hasNext()) {
            String word = words.next();
            if (!readSelector(word) && !readAction(word)) {
                throw new IllegalArgumentException("unknown word '" + word + "' in a rule");
            }
        }
        rule.family = family != null ? family : guessFamily();
        // 'from all' says what is so anyway
        if (from != null && !WordReader.isAll(from)) {
            rule.from(words.prefix("from", from, rule.family));
        }
        if (to != null && !WordReader.isAll(to)) {
            rule.to(words.prefix("to", to, rule.family));
        }
        return rule.build();
    }

    private IpFamily guessFamily() {
        boolean ipv6 = Stream.of(Optional.ofNullable(from), Optional.ofNullable(to))
                .flatMap(Optional::stream)
                .anyMatch(text -> text.indexOf(':') >= 0);
        return ipv6 ? IpFamily.IPV6 : IpFamily.IPV4;
    }

    private boolean readSelector(String word) {
        switch (word) {
            case "from" -> from = words.value(word);
            case "to" -> to = words.value(word);
            case "not" -> rule.inverted(true);
            case "tos", "dsfield" -> rule.tos(words.named(word, RoutingNames.Kind.DSFIELD, MAX_BYTE));
            case "fwmark" -> readMark(word);
            case "dev", "iif" -> rule.inputDevice(words.device(word));
            case "oif" -> rule.outputDevice(words.device(word));
            case "tunnel-id", "tun_id" -> rule.tunnelId(words.number(word, 0, Long.MAX_VALUE));
            case "uidrange" -> rule.users(readRange(word, 0, WordReader.MAX_UNSIGNED));
            case "ipproto", "ip_proto" -> rule.ipProtocol(readIpProtocol(word));
            case "sport" -> rule.sourcePorts(readRange(word, 1, MAX_PORT));
            case "dport" -> rule.destinationPorts(readRange(word, 1, MAX_PORT));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readAction(String word) {
        switch (word) {
            case "table", "lookup" -> rule.table(readTable(word));
            case "preference", "order", "priority", "pref" ->
                rule.preference(words.number(word, 0, WordReader.MAX_UNSIGNED));
            case "realms" -> rule.realms(words.realms(word));
            case "suppress_prefixlength", "sup_pl" -> rule.suppressPrefixLength(words.integer(word, 0, 128));
            case "suppress_ifgroup", "sup_group" ->
                rule.suppressGroup(words.named(word, RoutingNames.Kind.GROUP, Integer.MAX_VALUE));
            case "l3mdev" -> rule.l3mdev(true);
            case "protocol" -> rule.protocol(words.named(word, RoutingNames.Kind.PROTOCOL, MAX_BYTE));
            case "goto" -> rule.goTo(words.number(word, 1, WordReader.MAX_UNSIGNED));
            case "nop" -> rule.action(VirtualRule.Action.NOP);
            case "blackhole" -> rule.action(VirtualRule.Action.BLACKHOLE);
            case "unreachable" -> rule.action(VirtualRule.Action.UNREACHABLE);
            case "prohibit" -> rule.action(VirtualRule.Action.PROHIBIT);
            case "type" -> readType(word);
            case "no_track" -> rule.tracked(false);
            case "track_group" -> rule.trackGroup(words.value(word));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readType(String word) {
        String text = words.value(word);
        if (text.equals("unicast")) {
            return;
        }
        if (!readAction(text)) {
            throw WordReader.wrong(word, "must be unicast, blackhole, unreachable or prohibit", text);
        }
    }

    private int readTable(String word) {
        int table = words.named(word, RoutingNames.Kind.TABLE, WordReader.MAX_UNSIGNED);
        if (table == 0) {
            throw WordReader.wrong(word, "must be a table", "0");
        }
        return table;
    }

    private void readMark(String word) {
        String text = words.value(word);
        int slash = text.indexOf('/');
        if (slash < 0) {
            rule.mark(WordReader.number(word, text, 0, WordReader.MAX_UNSIGNED));
        } else {
            rule.mark(
                    WordReader.number(word, text.substring(0, slash), 0, WordReader.MAX_UNSIGNED),
                    WordReader.number(word, text.substring(slash + 1), 0, WordReader.MAX_UNSIGNED));
        }
    }

    private VirtualRule.Range readRange(String word, long min, long max) {
        String text = words.value(word);
        int dash = text.indexOf('-');
        long low = WordReader.number(word, dash < 0 ? text : text.substring(0, dash), min, max);
        long high = dash < 0 ? low : WordReader.number(word, text.substring(dash + 1), min, max);
        if (high < low) {
            throw WordReader.wrong(word, "must go upwards", text);
        }
        return new VirtualRule.Range(low, high);
    }

    private int readIpProtocol(String word) {
        String text = words.value(word);
        Integer known = IP_PROTOCOLS.get(text);
        return known != null ? known : (int) WordReader.number(word, text, 1, MAX_BYTE);
    }
}
