package org.vrrp4j.linux.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.linux.doctor.FirewallRules.Chain;
import org.vrrp4j.linux.doctor.FirewallRules.Hook;
import org.vrrp4j.linux.doctor.FirewallRules.Match;
import org.vrrp4j.linux.doctor.FirewallRules.Rule;
import org.vrrp4j.linux.doctor.FirewallRules.Truth;
import org.vrrp4j.linux.doctor.FirewallRules.Verdict;
import org.vrrp4j.model.IpFamily;

/** Reads what {@code iptables-save} and {@code ip6tables-save} print (iptables-extensions(8)). */
final class IptablesReader {
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final Map<String, Hook> HOOKS = Map.of(
            "PREROUTING", Hook.INCOMING,
            "INPUT", Hook.INCOMING,
            "OUTPUT", Hook.OUTGOING,
            "POSTROUTING", Hook.OUTGOING);

    private final IpFamily family;
    private final String program;
    private final Map<String, Verdict> policies = new LinkedHashMap<>();
    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
    private String table = "";

    private IptablesReader(String program, IpFamily family) {
        this.program = program;
        this.family = family;
    }

    /**
     * The rules.
     *
     * @param program what changes them, such as {@code iptables}
     */
    static FirewallRules read(String text, String program, IpFamily family) {
        IptablesReader reader = new IptablesReader(program, family);
        text.lines().map(String::strip).forEach(reader::line);
        return reader.build();
    }

    private void line(String line) {
        if (line.startsWith("*")) {
            table = line.substring(1);
        } else if (line.startsWith(":")) {
            String[] words = line.substring(1).split(" ");
            boolean drops = words.length > 1 && words[1].equals("DROP");
            policies.put(table + " " + words[0], drops ? Verdict.DROP : Verdict.ACCEPT);
        } else if (line.startsWith("-A ")) {
            rule(line);
        }
    }

    private FirewallRules build() {
        List<Chain> chains = new ArrayList<>();
        policies.forEach((key, policy) -> {
            String tableName = key.substring(0, key.indexOf(' '));
            String name = key.substring(key.indexOf(' ') + 1);
            chains.add(new Chain(
                    program + " " + tableName,
                    name,
                    Optional.ofNullable(HOOKS.get(name)),
                    policy,
                    PacketMatch.family(family),
                    program + " -t " + tableName + " -I " + name + " -p 112",
                    rules.getOrDefault(key, List.of())));
        });
        return new FirewallRules(chains);
    }

    private void rule(String line) {
        List<String> words = words(line);
        Options options = new Options(words);
        String chain = words.size() > 1 ? words.get(1) : "";
        List<Match> matches = new ArrayList<>();
        String target = "";
        boolean goesTo = false;
        while (options.next()) {
            switch (options.name) {
                case "-A", "-m", "--comment", "-c" -> options.skip(options.name.equals("-c") ? 2 : 1);
                case "-j", "-g" -> {
                    goesTo = options.name.equals("-g");
                    target = options.value();
                    // what follows are options of the target
                    options.end();
                }
                default -> matches.add(match(options));
            }
        }
        rules.computeIfAbsent(table + " " + chain, key -> new ArrayList<>())
                .add(new Rule(matches, verdict(target, goesTo), target, "rule '" + line + "'"));
    }

    private Verdict verdict(String target, boolean goesTo) {
        return switch (target) {
            case "ACCEPT", "NFQUEUE", "QUEUE" -> Verdict.ACCEPT;
            case "DROP", "REJECT" -> Verdict.DROP;
            case "RETURN" -> Verdict.RETURN;
            default -> policies.containsKey(table + " " + target) ? goesTo ? Verdict.GOTO : Verdict.JUMP : Verdict.NONE;
        };
    }

    private static Match match(Options options) {
        boolean inverted = options.inverted;
        Match match = condition(options.name, options.value());
        return inverted ? packet -> match.test(packet).not() : match;
    }

    private static Match condition(String option, String value) {
        return switch (option) {
            case "-p" -> packet -> PacketMatch.protocol(value);
            case "-s" -> packet -> PacketMatch.address(packet.source(), value);
            case "-d" -> packet -> PacketMatch.address(Optional.of(packet.destination()), value);
            case "-i" -> packet -> PacketMatch.interfaceName(packet, true, value, '+');
            case "-o" -> packet -> PacketMatch.interfaceName(packet, false, value, '+');
            case "--ctstate", "--state" ->
                packet -> List.of(value.split(",")).stream()
                        .map(state -> PacketMatch.connectionState(packet, state))
                        .reduce(Truth.NO, Truth::or);
            case "--pkt-type" -> packet -> packet.outgoing() ? Truth.UNKNOWN : PacketMatch.packetType(packet, value);
            case "--ttl-eq", "--hl-eq" -> packet -> Truth.of(value.equals(Integer.toString(FirewallPacket.TTL)));
            default -> PacketMatch.always(Truth.UNKNOWN);
        };
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    /** The options of a rule, one after the other, each with the words up to the next one. */
    private static final class Options {
        private final List<String> words;
        private int at;
        private boolean inverted;
        private String name = "";

        Options(List<String> words) {
            this.words = words;
        }

        boolean next() {
            while (at < words.size()
                    && !words.get(at).startsWith("-")
                    && !words.get(at).equals("!")) {
                at++;
            }
            if (at >= words.size()) {
                return false;
            }
            inverted = words.get(at).equals("!");
            at += inverted ? 1 : 0;
            name = at < words.size() ? words.get(at) : "";
            at++;
            return true;
        }

        String value() {
            String value = at < words.size() ? words.get(at) : "";
            skip(1);
            return value;
        }

        void skip(int count) {
            at += count;
        }

        void end() {
            at = words.size();
        }
    }
}
