package org.vrrp4j.config;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vrrp4j.model.IpFamily;

/**
 * A rule of the routing policy that a host has while it is master, or, as a static one, while its node runs:
 * keepalived's {@code virtual_rules} and {@code static_rules}, ip-rule(8). Read from words with {@link #parse(String)},
 * or built with {@link #builder(IpFamily)}. Two rules are equal if they say the same.
 */
public final class VirtualRule {
    /** The preference of a rule that says none, as in keepalived. */
    public static final long DEFAULT_PREFERENCE = 16384;

    /** What is done with packets that a rule is for. */
    public enum Action {
        /** Looks into a table, that of {@link #table()}. */
        LOOKUP(1),
        /** Goes on with the rule of {@link #target()}. */
        GOTO(2),
        /** Goes on with the next rule. */
        NOP(3),
        /** Drops them without a word. */
        BLACKHOLE(6),
        /** Drops them; the sender hears that the network is unreachable. */
        UNREACHABLE(7),
        /** Drops them; the sender hears that this is prohibited. */
        PROHIBIT(8);

        private final int number;

        Action(int number) {
            this.number = number;
        }

        /** The kernel's number, {@code FR_ACT_}. */
        public int number() {
            return number;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Numbers from one to another, both included.
     *
     * @param low the lowest
     * @param high the highest
     */
    public record Range(long low, long high) {
        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException if the highest is below the lowest
         */
        public Range {
            if (low > high) {
                throw new IllegalArgumentException("a range must go upwards: " + low + "-" + high);
            }
        }

        @Override
        public String toString() {
            return low == high ? String.valueOf(low) : low + "-" + high;
        }
    }

    private final VirtualRuleBuilder values;
    private final String text;

    VirtualRule(VirtualRuleBuilder builder) {
        values = builder.copy();
        check();
        text = RuleWords.of(this);
    }

    private void check() {
        from().ifPresent(prefix -> require(prefix.family() == family(), "'from' must be of the family of the rule"));
        to().ifPresent(prefix -> require(prefix.family() == family(), "'to' must be of the family of the rule"));
        boolean lookup = action() == Action.LOOKUP;
        require(
                !lookup || table() != 0 || l3mdev(),
                "a rule needs 'table TABLE', 'l3mdev', 'goto PREFERENCE' or an action");
        require(lookup || !l3mdev(), "'l3mdev' does not go with '" + action() + "'");
        require(table() == 0 || !l3mdev(), "'l3mdev' does not go with 'table'");
        require(
                action() != Action.GOTO || target() > preference(),
                "'goto' must lead to a higher preference than " + preference() + ": " + target());
        require(
                lookup || suppressPrefixLength().isEmpty() && suppressGroup().isEmpty(),
                "'suppress_...' goes with 'table' only");
        require(realms() == 0 || family() == IpFamily.IPV4, "only IPv4 rules have 'realms'");
        require(
                protocol().isEmpty() || !tracked(),
                "'protocol' goes with 'no_track' only: what is watched and removed must be recognised by its own");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * A rule as ip-rule(8) and keepalived write it, such as {@code from 192.0.2.100 table 100 preference 500}, with the
     * names that every host knows.
     *
     * @throws IllegalArgumentException if a word is unknown, or its value is wrong; the message names it
     */
    public static VirtualRule parse(String words) {
        return parse(words, RoutingNames.BUILT_IN);
    }

    /**
     * The same with the names of a host.
     *
     * @throws IllegalArgumentException if a word is unknown, or its value is wrong; the message names it
     */
    public static VirtualRule parse(String words, RoutingNames names) {
        return new RuleParser(words, names).parse();
    }

    /** Starts a rule that is for all packets of a family. */
    public static VirtualRuleBuilder builder(IpFamily family) {
        return new VirtualRuleBuilder(family);
    }

    static String realmsText(int realms) {
        int from = realms >>> Short.SIZE;
        return (from == 0 ? "" : from + "/") + (realms & 0xffff);
    }

    /** Which packets it is for. */
    public IpFamily family() {
        return values.family;
    }

    /** {@code from}: the sources; empty for all. */
    public Optional<IpPrefix> from() {
        return Optional.ofNullable(values.from);
    }

    /** {@code to}: the destinations; empty for all. */
    public Optional<IpPrefix> to() {
        return Optional.ofNullable(values.to);
    }

    /** {@code not}: whether it is for all other packets. */
    public boolean inverted() {
        return values.inverted;
    }

    /** {@code preference}: the lowest is asked first. */
    public long preference() {
        return values.preference;
    }

    /** {@code tos}: only these; 0 for all. */
    public int tos() {
        return values.tos;
    }

    /** {@code fwmark}: the mark of the packet; empty for any. */
    public OptionalLong mark() {
        return values.mark;
    }

    /** Which bits of the mark count; empty for all. */
    public OptionalLong markMask() {
        return values.markMask;
    }

    /** {@code realms}: from in the upper 16 bits, to in the lower; 0 for none. */
    public int realms() {
        return values.realms;
    }

    /** What is done. */
    public Action action() {
        return values.action;
    }

    /** The table of {@link Action#LOOKUP}; 0 with {@link #l3mdev}. */
    public int table() {
        return values.table;
    }

    /** The preference that {@link Action#GOTO} goes to. */
    public long target() {
        return values.target;
    }

    /** {@code suppress_prefixlength}: routes whose prefix is no longer than this do not count. */
    public OptionalInt suppressPrefixLength() {
        return values.suppressPrefixLength;
    }

    /** {@code suppress_ifgroup}: routes over interfaces of this group do not count. */
    public OptionalInt suppressGroup() {
        return values.suppressGroup;
    }

    /** {@code iif}: the interface that the packet came in by; {@code lo} for the host's own. */
    public Optional<String> inputDevice() {
        return Optional.ofNullable(values.inputDevice);
    }

    /** {@code oif}: the interface that the socket is bound to. */
    public Optional<String> outputDevice() {
        return Optional.ofNullable(values.outputDevice);
    }

    /** {@code tunnel-id}: the key of the tunnel that the packet came by. */
    public OptionalLong tunnelId() {
        return values.tunnelId;
    }

    /** {@code uidrange}: the users whose packets. */
    public Optional<Range> users() {
        return Optional.ofNullable(values.users);
    }

    /** {@code l3mdev}: looks into the table of the VRF that the packet belongs to. */
    public boolean l3mdev() {
        return values.l3mdev;
    }

    /** {@code protocol}: the tag, if it is not that of this library. */
    public OptionalInt protocol() {
        return values.protocol;
    }

    /** {@code ipproto}: the protocol above IP. */
    public OptionalInt ipProtocol() {
        return values.ipProtocol;
    }

    /** {@code sport}. */
    public Optional<Range> sourcePorts() {
        return Optional.ofNullable(values.sourcePorts);
    }

    /** {@code dport}. */
    public Optional<Range> destinationPorts() {
        return Optional.ofNullable(values.destinationPorts);
    }

    /** Whether it is put back if somebody removes it: not with {@code no_track}. */
    public boolean tracked() {
        return values.tracked;
    }

    /** {@code track_group}: whose loss of a static rule counts; nothing follows from it yet. */
    public Optional<String> trackGroup() {
        return Optional.ofNullable(values.trackGroup);
    }

    /** The words of ip-rule(8), in an order of their own, with numbers for names. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VirtualRule rule
                && text.equals(rule.text)
                && family() == rule.family()
                && tracked() == rule.tracked()
                && trackGroup().equals(rule.trackGroup());
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, family());
    }
}
