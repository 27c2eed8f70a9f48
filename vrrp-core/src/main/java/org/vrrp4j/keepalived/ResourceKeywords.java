package org.vrrp4j.keepalived;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.vrrp4j.config.RouteNexthop;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.RoutingNames;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.model.IpAddresses;

/** What goes with the addresses of an instance, and the static addresses, routes and rules of the whole file. */
final class ResourceKeywords {
    private static final String STATIC_ONLY = "'track_group' goes with what is static only: no instance follows this";

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
                .block(
                        "virtual_routes",
                        (draft, line) ->
                                routes(draft.routes, line, (route, where) -> refuse(route.trackGroup(), where)))
                .block(
                        "virtual_rules",
                        (draft, line) -> rules(draft.rules, line, (rule, where) -> refuse(rule.trackGroup(), where)))
                .line("accept", Values.NONE, (draft, given) -> draft.acceptMode = Optional.of(true))
                .line("no_accept", Values.NONE, (draft, given) -> draft.acceptMode = Optional.of(false));
    }

    static Block<?> onStaticAddresses(NodeDraft node, Statement line) {
        line.noParameters();
        return new Block<>(AddressLine.TABLE, new AddressLine.ListDraft(AddressLine.fixed(node), line.position()));
    }

    static Block<?> onStaticRoutes(NodeDraft node, Statement line) {
        return routes(
                node.staticRoutes,
                line,
                (route, where) -> node.trackGroups.follow(
                        route.trackGroup(),
                        route.tracked(),
                        route.nexthops().stream().findFirst().flatMap(RouteNexthop::device),
                        where));
    }

    static Block<?> onStaticRules(NodeDraft node, Statement line) {
        return rules(
                node.staticRules,
                line,
                (rule, where) -> node.trackGroups.follow(rule.trackGroup(), rule.tracked(), rule.inputDevice(), where));
    }

    private static Block<?> addresses(List<InstanceDraft.AddressEntry> entries, Statement line) {
        line.noParameters();
        return new Block<>(AddressLine.TABLE, new AddressLine.ListDraft(AddressLine.others(entries), line.position()));
    }

    private static void refuse(Optional<String> trackGroup, Statement line) {
        trackGroup.ifPresent(group -> line.warning(STATIC_ONLY));
    }

    /** keepalived puts a route before others for the same, unless it says otherwise. */
    private static Block<?> routes(
            List<VirtualRoute> routes, Statement block, BiConsumer<VirtualRoute, Statement> onRoute) {
        return lines(
                ROUTES,
                block,
                routes,
                (words, names) -> VirtualRoute.parse("prepend " + words, names),
                (route, line) -> {
                    onRoute.accept(route, line);
                    if (route.protocol().isPresent()) {
                        line.warning("'protocol': what a killed process leaves of this route is not removed at the next"
                                + " start");
                    }
                });
    }

    private static Block<?> rules(List<VirtualRule> rules, Statement block, BiConsumer<VirtualRule, Statement> onRule) {
        return lines(RULES, block, rules, VirtualRule::parse, (rule, line) -> {
            onRule.accept(rule, line);
            if (rule.preference() == VirtualRule.DEFAULT_PREFERENCE) {
                line.warning("a rule should say its preference; this one has " + VirtualRule.DEFAULT_PREFERENCE);
            }
        });
    }

    private static <T> Block<?> lines(
            KeywordTable<LineList> table,
            Statement block,
            List<T> values,
            BiFunction<String, RoutingNames, T> parser,
            BiConsumer<T, Statement> onValue) {
        block.noParameters();
        RoutingNames names = block.routingNames().names();
        return new Block<>(table, new LineList(block.position(), line -> {
            try {
                T value = parser.apply(String.join(" ", line.words()), names);
                if (values.contains(value)) {
                    line.warning("the same is in an earlier line already; this line is ignored");
                } else {
                    values.add(value);
                    onValue.accept(value, line);
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
