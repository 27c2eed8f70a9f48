package org.vrrp4j.config;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vrrp4j.model.IpFamily;

/** Builds a {@link VirtualRule}. Not safe for several threads. Values are checked by {@link #build()}. */
public final class VirtualRuleBuilder implements Cloneable {
    IpFamily family;
    IpPrefix from;
    IpPrefix to;
    boolean inverted;
    long preference = VirtualRule.DEFAULT_PREFERENCE;
    int tos;
    OptionalLong mark = OptionalLong.empty();
    OptionalLong markMask = OptionalLong.empty();
    int realms;
    VirtualRule.Action action = VirtualRule.Action.LOOKUP;
    int table;
    long target;
    OptionalInt suppressPrefixLength = OptionalInt.empty();
    OptionalInt suppressGroup = OptionalInt.empty();
    String inputDevice;
    String outputDevice;
    OptionalLong tunnelId = OptionalLong.empty();
    VirtualRule.Range users;
    boolean l3mdev;
    OptionalInt protocol = OptionalInt.empty();
    OptionalInt ipProtocol = OptionalInt.empty();
    VirtualRule.Range sourcePorts;
    VirtualRule.Range destinationPorts;
    boolean tracked = true;
    String trackGroup;

    VirtualRuleBuilder(IpFamily family) {
        this.family = family;
    }

    /** The sources. Default: all. */
    public VirtualRuleBuilder from(IpPrefix value) {
        from = value;
        return this;
    }

    /** The destinations. Default: all. */
    public VirtualRuleBuilder to(IpPrefix value) {
        to = value;
        return this;
    }

    /** Whether it is for all other packets than it says. Default: false. */
    public VirtualRuleBuilder inverted(boolean value) {
        inverted = value;
        return this;
    }

    /** The place among all rules, 0 to 4294967295. Default: 16384. */
    public VirtualRuleBuilder preference(long value) {
        preference = value;
        return this;
    }

    /** Only packets with this TOS or traffic class, 0 to 255. Default: 0 for all. */
    public VirtualRuleBuilder tos(int value) {
        tos = value;
        return this;
    }

    /** Only packets with this mark. Default: all. */
    public VirtualRuleBuilder mark(long value) {
        mark = OptionalLong.of(value);
        return this;
    }

    /** Only packets whose mark has these bits, among some. Default: all. */
    public VirtualRuleBuilder mark(long value, long mask) {
        markMask = OptionalLong.of(mask);
        return mark(value);
    }

    /** Realms: from in the upper 16 bits, to in the lower. Default: none. */
    public VirtualRuleBuilder realms(int value) {
        realms = value;
        return this;
    }

    /** Looks into a table, 1 to 4294967295 as an int. */
    public VirtualRuleBuilder table(int value) {
        table = value;
        return this;
    }

    /** What is done instead of a lookup. */
    public VirtualRuleBuilder action(VirtualRule.Action value) {
        action = Objects.requireNonNull(value, "action");
        return this;
    }

    /** Goes on with the rule of a higher preference. */
    public VirtualRuleBuilder goTo(long value) {
        target = value;
        return action(VirtualRule.Action.GOTO);
    }

    /** Routes whose prefix is no longer than this do not count. Default: all do. */
    public VirtualRuleBuilder suppressPrefixLength(int value) {
        suppressPrefixLength = OptionalInt.of(value);
        return this;
    }

    /** Routes over interfaces of this group do not count. Default: all do. */
    public VirtualRuleBuilder suppressGroup(int value) {
        suppressGroup = OptionalInt.of(value);
        return this;
    }

    /** The interface that the packet came in by. Default: any. */
    public VirtualRuleBuilder inputDevice(String value) {
        inputDevice = value;
        return this;
    }

    /** The interface that the socket is bound to. Default: any. */
    public VirtualRuleBuilder outputDevice(String value) {
        outputDevice = value;
        return this;
    }

    /** The key of the tunnel that the packet came by. Default: any. */
    public VirtualRuleBuilder tunnelId(long value) {
        tunnelId = OptionalLong.of(value);
        return this;
    }

    /** The users whose packets. Default: all. */
    public VirtualRuleBuilder users(VirtualRule.Range value) {
        users = value;
        return this;
    }

    /** Looks into the table of the VRF that the packet belongs to. Default: false. */
    public VirtualRuleBuilder l3mdev(boolean value) {
        l3mdev = value;
        return this;
    }

    /** A tag of its own, 0 to 255, for a rule that is not watched. Default: 112. */
    public VirtualRuleBuilder protocol(int value) {
        protocol = OptionalInt.of(value);
        return this;
    }

    /** The protocol above IP, 1 to 255. Default: any. */
    public VirtualRuleBuilder ipProtocol(int value) {
        ipProtocol = OptionalInt.of(value);
        return this;
    }

    /** Source ports, 1 to 65535. Default: all. */
    public VirtualRuleBuilder sourcePorts(VirtualRule.Range value) {
        sourcePorts = value;
        return this;
    }

    /** Destination ports, 1 to 65535. Default: all. */
    public VirtualRuleBuilder destinationPorts(VirtualRule.Range value) {
        destinationPorts = value;
        return this;
    }

    /** Whether it is put back if somebody removes it. Default: true. */
    public VirtualRuleBuilder tracked(boolean value) {
        tracked = value;
        return this;
    }

    /** The name of a track group. Default: none. */
    public VirtualRuleBuilder trackGroup(String value) {
        trackGroup = value;
        return this;
    }

    VirtualRuleBuilder copy() {
        try {
            return (VirtualRuleBuilder) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The rule.
     *
     * @throws IllegalArgumentException if two values do not fit together; the message names them
     */
    public VirtualRule build() {
        return new VirtualRule(this);
    }
}
