package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.ElectionDelays;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.VrrpVersion;

/** The block global_defs. */
final class GlobalKeywords {
    private static final Values<Statement> PREFIX =
            new Values<>("PREFIX", List.of("vip", "abcdefghijkl"), List.of(), Optional::of);
    private static final String FIREWALL =
            "the filter of no_accept is one of this library, with a name and priority of its own";

    /** The protocol's version. */
    static final Values<VrrpVersion> VERSION = new Values<>(
            "2 | 3",
            List.of("2", "3"),
            List.of("4", "x"),
            line -> line.oneOf("2", "3").map(number -> number.equals("2") ? VrrpVersion.V2 : VrrpVersion.V3));

    static final KeywordTable<GlobalDraft> TABLE = table();

    private GlobalKeywords() {}

    private static KeywordTable<GlobalDraft> table() {
        KeywordTable<GlobalDraft> table = new KeywordTable<GlobalDraft>("global_defs")
                .line("router_id", Values.text("NAME", "lb1"), (globals, name) -> globals.routerId = Optional.of(name))
                .line("vrrp_version", VERSION, (globals, version) -> globals.version = Optional.of(version))
                .line(
                        "vrrp_down_timer_adverts",
                        Values.integer(1, 100),
                        (globals, count) -> globals.downTimerAdverts = count)
                .line("v3_checksum_as_v2", Values.FLAG, (globals, flag) -> globals.checksumAsV2 = flag)
                .line("vrrp_strict", GlobalKeywords::onStrict)
                .line("dynamic_interfaces", GlobalKeywords::onDynamicInterfaces)
                .line("vrrp_garp_interval", (globals, line) -> globals.garp.onArpInterval(line))
                .line("vrrp_gna_interval", (globals, line) -> globals.garp.onNeighbourInterval(line))
                .line("vrrp_min_garp", (globals, line) -> globals.garp.onMinimal(line))
                .line("vrrp_mcast_group4", (globals, line) -> requireGroup(line, "224.0.0.18"))
                .line("vrrp_mcast_group6", (globals, line) -> requireGroup(line, "ff02::12"))
                .fixed("vrrp_lower_prio_no_advert", false, "a lower-priority advertisement is answered at once")
                .fixed("vrrp_higher_prio_send_advert", true, "one last advertisement is always sent before yielding")
                .fixed("vrrp_owner_ignore_adverts", false, "an address owner listens to advertisements")
                .line("vrrp_check_unicast_src", Values.NONE, (globals, given) -> {});
        GarpSettings.addTo(table, "vrrp_", globals -> globals.garp);
        HostKeywords.addTo(table);
        ReportKeywords.addTo(table);
        addVrrp(table);
        LvsKeywords.addTo(table);
        return table;
    }

    /** An interface may come back as another one in any case. */
    private static void onDynamicInterfaces(GlobalDraft globals, Statement line) {
        globals.dynamicInterfaces = true;
        if (!line.values().isEmpty() && !line.values().equals(List.of("allow_if_changes"))) {
            line.warning(line.keyword() + " takes nothing or allow_if_changes: " + line.values() + " is ignored");
        }
    }

    private static void addVrrp(KeywordTable<GlobalDraft> table) {
        table.line("vrrp_skip_check_adv_addr", (globals, line) -> globals.skipAddressCheck = skipsAddressCheck(line))
                .line("vrrp_startup_delay", GlobalKeywords::onStartupDelay)
                .noEffect(FIREWALL, Values.words("[IN [OUT]]", "", "INPUT OUTPUT"), "vrrp_iptables")
                .noEffect(FIREWALL, Values.words("[NAME...]", ""), "vrrp_ipsets")
                .noEffect(FIREWALL, Values.words("[TABLE]", "", "vips"), "nftables")
                .noEffect(FIREWALL, Values.number(Integer.MIN_VALUE, Integer.MAX_VALUE), "nftables_priority")
                .noEffect(FIREWALL, Values.NONE, "nftables_ifindex", "nftables_counters")
                .line("disable_local_igmp", Values.NONE, (globals, given) -> globals.silencesLocalIgmp = true)
                .line("vrrp_delay_after_boot", GlobalKeywords::onDelayAfterBoot)
                .line("vmac_prefix", PREFIX, VirtualMacKeywords::onPrefix)
                .notYet(VirtualMacKeywords.ONE_INTERFACE, Values.words("PREFIX", "vip"), "vmac_addr_prefix");
    }

    /** Another group than the standard's would not be heard by the peers, and all of them would be masters. */
    static void requireGroup(Statement line, String... standard) {
        line.value("a multicast address").ifPresent(text -> {
            for (String group : standard) {
                if (IpAddresses.parse(text).equals(IpAddresses.parse(group))) {
                    return;
                }
            }
            line.error(line.keyword() + " must be " + String.join(" or ", standard) + ", others are not supported yet: "
                    + Found.quote(text));
        });
    }

    static void warnOfStrict(Statement line) {
        line.warning(Found.quote(line.keyword()) + " is supported in part: there is no authentication, unicast or"
                + " preempt_delay, down_timer_adverts is 3, and packets to the addresses are not accepted; but a"
                + " lower-priority advertisement is answered and announced against at once, one last advertisement is"
                + " sent before yielding, and an address owner listens to advertisements");
    }

    /** keepalived takes every value, and none, as on. */
    static boolean skipsAddressCheck(Statement line) {
        boolean valid = line.flag().isPresent();
        if (valid && line.values().stream().anyMatch(List.of("off", "false", "no")::contains)) {
            line.warning(Found.quote(line.keyword()) + " is on with any value: leave the line out to have it off");
        }
        return valid;
    }

    private static void onStartupDelay(GlobalDraft globals, Statement line) {
        line.seconds(Duration.ZERO, ElectionDelays.MAX).ifPresent(delay -> globals.startupDelay = delay);
    }

    private static void onDelayAfterBoot(GlobalDraft globals, Statement line) {
        line.seconds(Duration.ZERO, ElectionDelays.MAX).ifPresent(delay -> globals.delayAfterBoot = delay);
    }

    private static void onStrict(GlobalDraft globals, Statement line) {
        globals.strict = line.flag().orElse(false);
        if (globals.strict) {
            warnOfStrict(line);
        }
    }
}
