package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.ElectionDelays;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.VrrpVersion;

/** The block global_defs. */
final class GlobalKeywords {
    private static final String PROCESS = "processes, their files and priorities are those of the JVM";
    private static final String SCRIPTS = "no script is run; a listener is told instead";
    private static final String MAIL = "no mail is sent";
    private static final String EVENTS = "events go to listeners only";
    private static final String SNMP = "there is no SNMP agent";
    private static final String FIREWALL = "no packet filter is changed; packets to the addresses are accepted";
    private static final String BUFFERS = "socket buffers have the sizes of this library";
    private static final String LVS = "no virtual server is set up";

    static final KeywordTable<GlobalDraft> TABLE = table();

    private GlobalKeywords() {}

    private static KeywordTable<GlobalDraft> table() {
        KeywordTable<GlobalDraft> table = new KeywordTable<GlobalDraft>("global_defs")
                .line("router_id", (globals, line) -> globals.routerId = line.value("a name for this node"))
                .line("vrrp_version", (globals, line) -> globals.version = version(line))
                .line("vrrp_down_timer_adverts", (globals, line) -> onDownTimer(globals, line))
                .line(
                        "v3_checksum_as_v2",
                        (globals, line) -> globals.checksumAsV2 = line.flag().orElse(false))
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
                .fixed("vrrp_check_unicast_src", true, "advertisements of others than the peers are rejected")
                .fixed("smtp_alert", false, MAIL)
                .fixed("smtp_alert_vrrp", false, MAIL)
                .fixed("smtp_alert_checker", false, MAIL)
                .fixed("vrrp_notify_priority_changes", false, EVENTS);
        GarpSettings.addTo(table, "vrrp_", globals -> globals.garp);
        addProcess(table);
        addReporting(table);
        addVrrp(table);
        addLvs(table);
        return table;
    }

    /** An interface may come back as another one in any case. */
    private static void onDynamicInterfaces(GlobalDraft globals, Statement line) {
        globals.dynamicInterfaces = true;
        if (!line.values().isEmpty() && !line.values().equals(List.of("allow_if_changes"))) {
            line.warning(line.keyword() + " takes nothing or allow_if_changes: " + line.values() + " is ignored");
        }
    }

    private static void addProcess(KeywordTable<GlobalDraft> table) {
        table.unsupported(PROCESS, "process_names", "process_name", "lvs_process_name")
                .unsupported(PROCESS, "set_supplementary_groups", "max_auto_priority", "min_auto_priority_delay")
                .unsupported(PROCESS, "umask", "random_seed", "include_check", "config_save_dir")
                .unsupported(PROCESS, "tmp_config_directory", "data_use_instance", "json_version")
                .unsupported(PROCESS, "state_dump_file", "stats_dump_file", "json_dump_file")
                .unsupported(PROCESS, "iproute_usr_dir", "iproute_etc_dir")
                .unsupported(SCRIPTS, "use_symlink_paths", "script_user", "enable_script_security")
                .unsupported(SCRIPTS, "startup_script", "startup_script_timeout")
                .unsupported(SCRIPTS, "shutdown_script", "shutdown_script_timeout")
                .unsupported("the file is read once", "reload_check_config", "reload_time_file")
                .unsupported("the file is read once", "reload_repeat", "reload_file")
                .unsupported("there are no static addresses", "default_interface");
        for (String process : new String[] {"vrrp_", "checker_", "bfd_"}) {
            table.unsupported(PROCESS, process + "process_name", process + "priority", process + "no_swap")
                    .unsupported(PROCESS, process + "rt_priority", process + "cpu_affinity")
                    .unsupported(PROCESS, process + "rlimit_rttime", process + "rlimit_rtime");
        }
    }

    private static void addReporting(KeywordTable<GlobalDraft> table) {
        table.unsupported(MAIL, "notification_email", "notification_email_from", "smtp_server", "smtp_helo_name")
                .unsupported(MAIL, "smtp_connect_timeout", "no_email_faults", "no_checker_emails")
                .unsupported(EVENTS, "notify_fifo", "notify_fifo_script", "vrrp_notify_fifo")
                .unsupported(EVENTS, "vrrp_notify_fifo_script", "lvs_notify_fifo", "lvs_notify_fifo_script")
                .unsupported(EVENTS, "fifo_write_vrrp_states_on_reload", "rs_init_notifies")
                .unsupported(EVENTS, "checker_log_all_failures", "log_unknown_vrids")
                .unsupported(EVENTS, "enable_dbus", "dbus_service_name", "dbus_no_interface_name")
                .unsupported(SNMP, "snmp_socket", "enable_traps", "enable_snmp_vrrp", "enable_snmp_keepalived")
                .unsupported(SNMP, "enable_snmp_checker", "enable_snmp_rfc", "enable_snmp_rfcv2", "enable_snmp_rfcv3")
                .unsupported(SNMP, "snmp_vs_stats_update_interval", "snmp_rs_stats_update_interval");
    }

    private static void addVrrp(KeywordTable<GlobalDraft> table) {
        table.unsupported("no announcements for other interfaces", "vrrp_garp_extra_if", "vrrp_vmac_garp_intvl")
                .line("vrrp_skip_check_adv_addr", (globals, line) -> globals.skipAddressCheck = skipsAddressCheck(line))
                .line("vrrp_startup_delay", GlobalKeywords::onStartupDelay)
                .unsupported(FIREWALL, "vrrp_iptables", "vrrp_ipsets", "nftables", "nftables_priority")
                .unsupported(FIREWALL, "nftables_ifindex", "nftables_counters")
                .unsupported("the kernel's setting is left alone", "disable_local_igmp")
                .line("vrrp_delay_after_boot", GlobalKeywords::onDelayAfterBoot)
                .unsupported("there are no virtual MAC addresses", "vmac_prefix", "vmac_addr_prefix")
                .unsupported(BUFFERS, "vrrp_rx_bufs_policy", "vrrp_rx_bufs_multiplier")
                .unsupported(BUFFERS, "process_monitor_rcv_bufs", "process_monitor_rcv_bufs_force");
        for (String process : new String[] {"vrrp_", "lvs_"}) {
            table.unsupported(BUFFERS, process + "netlink_cmd_rcv_bufs", process + "netlink_cmd_rcv_bufs_force")
                    .unsupported(BUFFERS, process + "netlink_monitor_rcv_bufs")
                    .unsupported(BUFFERS, process + "netlink_monitor_rcv_bufs_force");
        }
    }

    private static void addLvs(KeywordTable<GlobalDraft> table) {
        table.unsupported(LVS, "lvs_timeouts", "lvs_flush", "lvs_flush_on_stop", "lvs_flush_onstop")
                .unsupported(LVS, "lvs_sync_daemon", "nftables_ipvs", "nftables_ipvs_priority")
                .unsupported(LVS, "nftables_ipvs_start_fwmark");
    }

    static Optional<VrrpVersion> version(Statement line) {
        return line.oneOf("2", "3").map(number -> number.equals("2") ? VrrpVersion.V2 : VrrpVersion.V3);
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

    private static void onDownTimer(GlobalDraft globals, Statement line) {
        line.integer(1, 100).ifPresent(count -> globals.downTimerAdverts = count);
    }
}
