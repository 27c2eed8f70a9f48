package org.vrrp4j.keepalived;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.RoutingNames;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.model.IpAddresses;

/** What goes with the addresses of an instance, and the static addresses, routes and rules of the whole file. */
final class ResourceKeywords {
    private static final String NO_GROUP =
            "'track_group' is not acted on yet: what is lost is put back, and no instance" + " changes its role for it";

    private static final KeywordTable<LineList> ROUTES = new KeywordTable<LineList>("virtual_routes").others(read());
    private static final KeywordTable<LineList> RULES = new KeywordTable<LineList>("virtual_rules").others(read());

    private ResourceKeywords() {}

    /** A block of lines of one kind. */
    private static final class LineList extends Draft {
        private final Consumer<Statement> reader;

        LineList(Position position, Consumer<Statement> reader) {
            super(position);
            this.reader = reader;
        }
    }

    private static Keyword.LineHandler<LineList> read() {
        return (list, line) -> list.reader.accept(line);
    }

    static void addTo(KeywordTable<InstanceDraft> table) {
        table.block("virtual_ipaddress_excluded", (draft, line) -> addresses(draft.excludedAddresses, line))
                .block("virtual_routes", (draft, line) -> routes(draft.routes, line))
                .block("virtual_rules", (draft, line) -> rules(draft.rules, line))
                .line("accept", Values.NONE, (draft, given) -> draft.acceptMode = Optional.of(true))
                .line("no_accept", Values.NONE, (draft, given) -> draft.acceptMode = Optional.of(false));
    }

    static Block<?> onStaticAddresses(NodeDraft node, Statement line) {
        AddressLine.Target all = AddressLine.others(node.staticAddresses);
        line.noParameters();
        return new Block<>(AddressLine.TABLE, new AddressLine.ListDraft(all, line.position()));
    }

    static Block<?> onStaticRoutes(NodeDraft node, Statement line) {
        return routes(node.staticRoutes, line);
    }

    static Block<?> onStaticRules(NodeDraft node, Statement line) {
        return rules(node.staticRules, line);
    }

    private static Block<?> addresses(List<InstanceDraft.AddressEntry> entries, Statement line) {
        line.noParameters();
        return new Block<>(AddressLine.TABLE, new AddressLine.ListDraft(AddressLine.others(entries), line.position()));
    }

    /** keepalived puts a route before others for the same, unless it says otherwise. */
    private static Block<?> routes(List<VirtualRoute> routes, Statement line) {
        return lines(ROUTES, line, routes, (words, names) -> VirtualRoute.parse("prepend " + words, names), route -> {
            if (route.trackGroup().isPresent()) {
                return Optional.of(NO_GROUP);
            }
            boolean ownTag = route.protocol().isPresent();
            return ownTag
                    ? Optional.of("'protocol': what a killed process leaves of this route is not removed at the next"
                            + " start")
                    : Optional.empty();
        });
    }

    private static Block<?> rules(List<VirtualRule> rules, Statement line) {
        return lines(RULES, line, rules, VirtualRule::parse, rule -> {
            if (rule.trackGroup().isPresent()) {
                return Optional.of(NO_GROUP);
            }
            return rule.preference() == VirtualRule.DEFAULT_PREFERENCE
                    ? Optional.of("a rule should say its preference; this one has " + VirtualRule.DEFAULT_PREFERENCE)
                    : Optional.empty();
        });
    }

    private static <T> Block<?> lines(
            KeywordTable<LineList> table,
            Statement block,
            List<T> values,
            BiFunction<String, RoutingNames, T> parser,
            Function<T, Optional<String>> remark) {
        block.noParameters();
        RoutingNames names = block.routingNames().names();
        return new Block<>(table, new LineList(block.position(), line -> {
            try {
                T value = parser.apply(String.join(" ", line.words()), names);
                if (values.contains(value)) {
                    line.warning("the same is in an earlier line already; this line is ignored");
                } else {
                    values.add(value);
                    remark.apply(value).ifPresent(line::warning);
                }
            } catch (IllegalArgumentException e) {
                line.error(e.getMessage());
            }
        }));
    }

    /** Gives what was read to the router. */
    static void build(InstanceDraft draft, RouterConfigBuilder builder, Reading reading) {
        Set<String> advertised = new HashSet<>();
        draft.addresses.forEach(
                entry -> advertised.add(IpAddresses.text(entry.address().address())));
        for (InstanceDraft.AddressEntry entry : draft.excludedAddresses) {
            if (advertised.contains(IpAddresses.text(entry.address().address()))) {
                reading.warning(entry.position(), entry.address() + " is in virtual_ipaddress already");
            } else {
                builder.excludedAddress(entry.address());
            }
        }
        draft.routes.forEach(builder::route);
        draft.rules.forEach(builder::rule);
        draft.acceptMode.ifPresent(builder::acceptMode);
    }
}
