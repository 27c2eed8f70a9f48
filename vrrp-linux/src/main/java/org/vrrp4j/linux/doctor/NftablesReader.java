package org.vrrp4j.linux.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.linux.doctor.FirewallRules.Chain;
import org.vrrp4j.linux.doctor.FirewallRules.Hook;
import org.vrrp4j.linux.doctor.FirewallRules.Match;
import org.vrrp4j.linux.doctor.FirewallRules.Rule;
import org.vrrp4j.linux.doctor.FirewallRules.Truth;
import org.vrrp4j.linux.doctor.FirewallRules.Verdict;
import org.vrrp4j.model.IpFamily;

/** Reads what {@code nft -j list ruleset} prints (libnftables-json(5)). */
final class NftablesReader {
    private static final Map<String, Hook> HOOKS = Map.of(
            "ingress", Hook.INCOMING,
            "prerouting", Hook.INCOMING,
            "input", Hook.INCOMING,
            "output", Hook.OUTGOING,
            "postrouting", Hook.OUTGOING,
            "egress", Hook.OUTGOING);
    private static final Set<String> FAMILIES = Set.of("ip", "ip6", "inet", "netdev");

    /** Statements that let a rule go on. */
    private static final Set<String> WITHOUT_VERDICT =
            Set.of("counter", "log", "mangle", "notrack", "set", "map", "ct helper", "ct timeout", "meter", "dup");

    private final Map<String, Map<?, ?>> chains = new LinkedHashMap<>();
    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();

    private NftablesReader() {}

    /**
     * The rules.
     *
     * @throws IllegalArgumentException if the text is not what nft prints
     */
    static FirewallRules read(String text) {
        if (!(Json.read(text) instanceof Map<?, ?> root) || !(root.get("nftables") instanceof List<?> entries)) {
            throw new IllegalArgumentException("no list of nftables objects");
        }
        NftablesReader reader = new NftablesReader();
        for (Object entry : entries) {
            if (entry instanceof Map<?, ?> object) {
                if (object.get("chain") instanceof Map<?, ?> chain) {
                    reader.chains.put(key(chain, "name"), chain);
                } else if (object.get("rule") instanceof Map<?, ?> rule) {
                    reader.add(rule);
                }
            }
        }
        return reader.build();
    }

    private static String key(Map<?, ?> object, String nameField) {
        return table(object) + " " + text(object.get(nameField));
    }

    private static String table(Map<?, ?> object) {
        return text(object.get("family")) + " " + text(object.get("table"));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private FirewallRules build() {
        List<Chain> built = new ArrayList<>();
        chains.forEach((key, chain) -> {
            if (FAMILIES.contains(text(chain.get("family")))) {
                built.add(new Chain(
                        table(chain),
                        text(chain.get("name")),
                        Optional.ofNullable(HOOKS.get(text(chain.get("hook")))),
                        text(chain.get("policy")).equals("drop") ? Verdict.DROP : Verdict.ACCEPT,
                        scope(chain),
                        "nft insert rule " + key + " meta l4proto 112",
                        rules.getOrDefault(key, List.of())));
            }
        });
        return new FirewallRules(built);
    }

    private static Match scope(Map<?, ?> chain) {
        List<String> devices = strings(chain.get("dev"));
        Match family = switch (text(chain.get("family"))) {
            case "ip" -> PacketMatch.family(IpFamily.IPV4);
            case "ip6" -> PacketMatch.family(IpFamily.IPV6);
            default -> PacketMatch.always(Truth.YES);
        };
        // nft 1.0.6 leaves out which interface a chain of the family netdev belongs to
        boolean isUnknown = devices.isEmpty() && text(chain.get("family")).equals("netdev");
        return packet -> {
            Truth device = Truth.of(devices.isEmpty() || devices.contains(packet.interfaceName()));
            return family.test(packet).and(isUnknown ? Truth.UNKNOWN : device);
        };
    }

    private static List<String> strings(Object value) {
        if (value instanceof List<?> several) {
            return several.stream().map(NftablesReader::text).toList();
        }
        return value == null ? List.of() : List.of(text(value));
    }

    private void add(Map<?, ?> rule) {
        List<Rule> chain = rules.computeIfAbsent(key(rule, "chain"), key -> new ArrayList<>());
        String name = "rule " + text(rule.get("handle"));
        List<Match> matches = new ArrayList<>();
        for (Object element : rule.get("expr") instanceof List<?> statements ? statements : List.of()) {
            if (!(element instanceof Map<?, ?> statement) || statement.isEmpty()) {
                matches.add(PacketMatch.always(Truth.UNKNOWN));
                continue;
            }
            String kind = text(statement.keySet().iterator().next());
            Object value = statement.get(kind);
            Optional<Verdict> verdict = isRejectOfIptables(kind, value) ? Optional.of(Verdict.DROP) : verdict(kind);
            if (verdict.isPresent()) {
                chain.add(new Rule(List.copyOf(matches), verdict.get(), target(value), name));
            } else if (kind.equals("match") && value instanceof Map<?, ?> match) {
                matches.add(match(match));
            } else if (kind.equals("vmap") && value instanceof Map<?, ?> map) {
                addVerdictMap(chain, matches, map, name);
            } else if (!WITHOUT_VERDICT.contains(kind) && !isWithoutEffect(kind, value)) {
                matches.add(PacketMatch.always(Truth.UNKNOWN));
            }
        }
    }

    private static boolean isRejectOfIptables(String kind, Object value) {
        return kind.equals("xt")
                && value instanceof Map<?, ?> extension
                && text(extension.get("type")).equals("target")
                && text(extension.get("name")).equals("REJECT");
    }

    /** Of the extensions of iptables, nft tells only the name. */
    private static boolean isWithoutEffect(String kind, Object value) {
        return kind.equals("xt")
                && value instanceof Map<?, ?> extension
                && (text(extension.get("type")).equals("target")
                        || text(extension.get("name")).equals("comment"));
    }

    private static Optional<Verdict> verdict(String kind) {
        return switch (kind) {
            case "accept", "queue", "snat", "dnat", "masquerade", "redirect", "tproxy" -> Optional.of(Verdict.ACCEPT);
            case "drop", "reject" -> Optional.of(Verdict.DROP);
            case "jump" -> Optional.of(Verdict.JUMP);
            case "goto" -> Optional.of(Verdict.GOTO);
            case "return" -> Optional.of(Verdict.RETURN);
            default -> Optional.empty();
        };
    }

    private static String target(Object value) {
        return value instanceof Map<?, ?> object ? text(object.get("target")) : "";
    }

    /** One rule for each entry; those of a named map are not known. */
    private static void addVerdictMap(List<Rule> chain, List<Match> before, Map<?, ?> map, String name) {
        Object data = map.get("data") instanceof Map<?, ?> set ? set.get("set") : null;
        if (!(data instanceof List<?> entries)) {
            List<Match> matches = new ArrayList<>(before);
            matches.add(PacketMatch.always(Truth.UNKNOWN));
            chain.add(new Rule(matches, Verdict.DROP, "", name + ", whose verdicts are in " + text(map.get("data"))));
            return;
        }
        for (Object entry : entries) {
            if (entry instanceof List<?> pair && pair.size() == 2 && pair.get(1) instanceof Map<?, ?> action) {
                String kind =
                        action.isEmpty() ? "" : text(action.keySet().iterator().next());
                List<Match> matches = new ArrayList<>(before);
                matches.add(packet -> NftablesValue.compare(map.get("key"), pair.get(0), packet));
                verdict(kind).ifPresent(found -> chain.add(new Rule(matches, found, target(action.get(kind)), name)));
            }
        }
    }

    private static Match match(Map<?, ?> match) {
        Object left = match.get("left");
        Object right = match.get("right");
        return switch (text(match.get("op"))) {
            case "==", "in" -> packet -> NftablesValue.compare(left, right, packet);
            case "!=" ->
                packet -> NftablesValue.isAbsent(left, packet)
                        ? Truth.NO
                        : NftablesValue.compare(left, right, packet).not();
            default -> packet -> NftablesValue.isAbsent(left, packet) ? Truth.NO : Truth.UNKNOWN;
        };
    }
}
