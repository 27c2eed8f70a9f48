package org.vrrp4j.config;

/** A rule in the words of ip-rule(8). */
final class RuleWords {
    private RuleWords() {}

    static String of(VirtualRule rule) {
        StringBuilder text = new StringBuilder(rule.inverted() ? "not " : "");
        text.append("from ").append(rule.from().map(IpPrefix::toString).orElse("all"));
        rule.to().ifPresent(prefix -> text.append(" to ").append(prefix));
        text.append(" preference ").append(rule.preference());
        text.append(rule.tos() == 0 ? "" : " tos 0x" + Integer.toHexString(rule.tos()));
        rule.mark()
                .ifPresent(mark -> text.append(" fwmark 0x")
                        .append(Long.toHexString(mark))
                        .append(
                                rule.markMask().isPresent()
                                        ? "/0x"
                                                + Long.toHexString(
                                                        rule.markMask().getAsLong())
                                        : ""));
        rule.inputDevice().ifPresent(name -> text.append(" iif ").append(name));
        rule.outputDevice().ifPresent(name -> text.append(" oif ").append(name));
        rule.tunnelId().ifPresent(id -> text.append(" tun_id ").append(id));
        rule.users()
                .ifPresent(range -> text.append(" uidrange ")
                        .append(range.low())
                        .append('-')
                        .append(range.high()));
        rule.ipProtocol().ifPresent(number -> text.append(" ipproto ").append(number));
        rule.sourcePorts().ifPresent(range -> text.append(" sport ").append(range));
        rule.destinationPorts().ifPresent(range -> text.append(" dport ").append(range));
        text.append(rule.l3mdev() ? " l3mdev" : "");
        rule.protocol().ifPresent(number -> text.append(" protocol ").append(number));
        text.append(rule.table() == 0 ? "" : " table " + Integer.toUnsignedString(rule.table()));
        text.append(rule.realms() == 0 ? "" : " realms " + VirtualRule.realmsText(rule.realms()));
        rule.suppressPrefixLength()
                .ifPresent(length -> text.append(" suppress_prefixlength ").append(length));
        rule.suppressGroup()
                .ifPresent(group -> text.append(" suppress_ifgroup ").append(group));
        switch (rule.action()) {
            case LOOKUP -> {}
            case GOTO -> text.append(" goto ").append(rule.target());
            default -> text.append(' ').append(rule.action());
        }
        return text.toString();
    }
}
