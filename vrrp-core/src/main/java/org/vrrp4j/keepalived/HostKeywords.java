package org.vrrp4j.keepalived;

import java.util.List;
import java.util.Optional;

/** The part of global_defs about keepalived's processes, files and scripts. */
final class HostKeywords {
    private static final String PROCESS = "processes, their files and priorities are those of the JVM";
    private static final String OTHER_PROCESS =
            "there is one process, and one thread that matters: vrrp_priority and the like are for it";
    private static final String DUMPS = "node.status() and node.journal() tell the same, at any time";
    private static final String BUFFERS = "socket buffers have the sizes of this library";
    private static final Values<List<String>> PATH = new Values<>(
            "PATH", List.of("/tmp/k"), List.of(), line -> line.value("a path").map(text -> line.values()));
    private static final Values<Long> ANY_SIZE = Values.number(0, 0xffff_ffffL);

    private HostKeywords() {}

    static void addTo(KeywordTable<GlobalDraft> table) {
        table.noEffect(PROCESS, Values.NONE, "process_names")
                .noEffect(PROCESS, Values.text("NAME", "vip"), "process_name", "lvs_process_name")
                .noEffect(PROCESS, Values.integer(-1, 99), "max_auto_priority")
                .noEffect(PROCESS, Values.integer(1, 10_000_000), "min_auto_priority_delay")
                .noEffect(PROCESS, Values.words("MASK", "022"), "umask")
                .noEffect(DUMPS, Values.words("[PATH]"), "config_save_dir", "tmp_config_directory")
                .noEffect(DUMPS, Values.FLAG, "data_use_instance")
                .noEffect(DUMPS, Values.integer(1, 2), "json_version")
                .noEffect(DUMPS, PATH, "state_dump_file", "stats_dump_file", "json_dump_file")
                .line("iproute_usr_dir", HostKeywords::onUsrNames)
                .line("iproute_etc_dir", HostKeywords::onEtcNames)
                .line("reload_check_config", Values.words("[LOG]", ""), (globals, log) -> {})
                .line(
                        "default_interface",
                        Values.text("INTERFACE", "eth0"),
                        (globals, name) -> globals.defaultInterface = name)
                .noEffect(BUFFERS, ANY_SIZE, "process_monitor_rcv_bufs")
                .noEffect(BUFFERS, Values.FLAG, "process_monitor_rcv_bufs_force")
                .noEffect(BUFFERS, Values.words("MTU | ADVERT | BYTES", "MTU", "ADVERT", "9000"), "vrrp_rx_bufs_policy")
                .noEffect(BUFFERS, Values.number(1, 0xffff_ffffL), "vrrp_rx_bufs_multiplier")
                .line("random_seed", HostKeywords::onRandomSeed)
                .line("include_check", HostKeywords::onIncludeCheck);
        addScripts(table);
        ProcessSettingKeywords.addTo(table);
        for (String process : new String[] {"checker_", "bfd_"}) {
            table.noEffect(OTHER_PROCESS, Values.integer(-20, 19), process + "priority")
                    .noEffect(OTHER_PROCESS, Values.NONE, process + "no_swap")
                    .noEffect(OTHER_PROCESS, Values.integer(1, 99), process + "rt_priority")
                    .noEffect(OTHER_PROCESS, Values.words("CPU...", "0"), process + "cpu_affinity");
        }
        for (String process : new String[] {"vrrp_", "checker_", "bfd_"}) {
            table.noEffect(PROCESS, Values.text("NAME", "vip"), process + "process_name")
                    .noEffect(PROCESS, Values.number(1, 0xffff_ffffL), process + "rlimit_rttime")
                    .noEffect(PROCESS, Values.number(1, 0xffff_ffffL), process + "rlimit_rtime");
        }
        for (String process : new String[] {"vrrp_", "lvs_"}) {
            table.noEffect(BUFFERS, ANY_SIZE, process + "netlink_cmd_rcv_bufs")
                    .noEffect(BUFFERS, Values.FLAG, process + "netlink_cmd_rcv_bufs_force")
                    .noEffect(BUFFERS, ANY_SIZE, process + "netlink_monitor_rcv_bufs")
                    .noEffect(BUFFERS, Values.FLAG, process + "netlink_monitor_rcv_bufs_force");
        }
    }

    private static void addScripts(KeywordTable<GlobalDraft> table) {
        Values<List<String>> user =
                new Values<>("USER [GROUP]", List.of("root", "root root"), List.of(), HostKeywords::user);
        table.line("script_user", user, (globals, words) -> globals.scriptUser = Statement.user(words))
                .line("enable_script_security", Values.NONE, (globals, given) -> globals.reports.scriptSecurity = true)
                .noEffect("scripts are run by the path that is given", Values.FLAG, "use_symlink_paths")
                .line("set_supplementary_groups", Values.FLAG, (globals, flag) -> globals.supplementaryGroups = flag);
    }

    private static Optional<List<String>> user(Statement line) {
        if (line.values().isEmpty()) {
            return line.value("the name of a user").map(List::of);
        }
        line.warnOfMoreThan(3);
        return Optional.of(line.values());
    }

    private static void onRandomSeed(GlobalDraft globals, Statement line) {
        line.number(0, 0xffff_ffffL).ifPresent(line::seedRandom);
    }

    private static void onUsrNames(GlobalDraft globals, Statement line) {
        line.value("a directory").ifPresent(line.routingNames()::lookInUsr);
    }

    private static void onEtcNames(GlobalDraft globals, Statement line) {
        line.value("a directory").ifPresent(line.routingNames()::lookInEtc);
    }

    private static void onIncludeCheck(GlobalDraft globals, Statement line) {
        line.setIncludeChecks();
    }
}
