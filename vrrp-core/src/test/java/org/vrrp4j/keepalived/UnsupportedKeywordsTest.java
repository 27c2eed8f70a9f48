package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keywords that keepalived knows: none is unknown here, and none without effect is passed over in silence. */
class UnsupportedKeywordsTest {
    private static final List<String> NAMED = List.of(
            "vrrp_sync_group",
            "vrrp_script",
            "vrrp_track_process",
            "track_file",
            "vrrp_track_file",
            "bfd_instance",
            "virtual_server",
            "virtual_server_group",
            "real_server");

    /** As its parser registers them, those of LVS left out. */
    private static final List<String> KNOWN = Arrays.asList("""
            accept active_key advert_int anti_replay auth_hmac auth_pass auth_type authentication
            bfd_cpu_affinity bfd_instance bfd_no_swap bfd_priority bfd_process_name bfd_rlimit_rtime
            bfd_rlimit_rttime bfd_rt_priority check_unicast_src checker checker_cpu_affinity
            checker_log_all_failures checker_no_swap checker_priority checker_process_name checker_rlimit_rtime
            checker_rlimit_rttime checker_rt_priority child_wait_time config_save_dir data_use_instance
            dbus_no_interface_name dbus_service_name debug default_interface delay disable_local_igmp
            dont_track_primary down_timer_adverts dynamic_interfaces enable_dbus enable_script_security
            enable_snmp_checker enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3
            enable_snmp_vrrp enable_traps fall fifo_write_vrrp_states_on_reload file fork_delay full_command
            garp_extra_if garp_group garp_interval garp_lower_prio_delay garp_lower_prio_repeat
            garp_master_delay garp_master_refresh garp_master_refresh_repeat garp_master_repeat global_defs
            global_tracking gna_interval group higher_prio_send_advert hoplimit idle_tx include_check init_fail
            init_file instance interface interface_up_down_delays interfaces interval iproute_etc_dir
            iproute_usr_dir json_dump_file json_version kernel_rx_buf_size key linkbeat_interfaces
            linkbeat_use_polling log_unknown_vrids lower_prio_no_advert lvs_flush lvs_flush_on_stop
            lvs_flush_onstop lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force
            lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force lvs_notify_fifo
            lvs_notify_fifo_script lvs_process_name lvs_sync_daemon lvs_sync_daemon_interface lvs_timeouts
            max_auto_priority max_hops mcast_dst_ip mcast_src_ip min_auto_priority_delay min_rx min_tx mode
            multihop multiplier namespace_with_ipsets native_ipv6 neighbor_ip neighbour_ip net_namespace
            net_namespace_ipvs nftables nftables_counters nftables_ifindex nftables_ipvs nftables_ipvs_priority
            nftables_ipvs_start_fwmark nftables_priority no_accept no_checker_emails no_email_faults
            no_virtual_ipaddress nopreempt notification_email notification_email_from notify notify_backup
            notify_deleted notify_fault notify_fifo notify_fifo_script notify_master notify_master_rx_lower_pri
            notify_priority_changes notify_stop old_unicast_checksum owner_ignore_adverts param_match passive
            preempt preempt_delay priority process process_monitor_rcv_bufs process_monitor_rcv_bufs_force
            process_name process_names promote_secondaries quorum quorum_max random_seed reload_check_config
            reload_file reload_repeat reload_time_file rise router_id rs_init_notifies script script_user
            set_supplementary_groups shutdown_script shutdown_script_timeout skip_check_adv_addr smtp_alert
            smtp_alert_checker smtp_alert_vrrp smtp_connect_timeout smtp_helo_name smtp_server
            snmp_rs_stats_update_interval snmp_socket snmp_vs_stats_update_interval source_ip startup_script
            startup_script_timeout state state_dump_file static_ipaddress static_routes static_rules
            stats_dump_file strict_mode sync_group_tracking_weight terminate_delay thread_timer_expired
            time_window timeout timer_expired_backup tmp_config_directory track_bfd track_file track_group
            track_interface track_process track_script track_src_ip ttl umask unicast_fault_no_peer unicast_peer
            unicast_src_ip unicast_ttl use_ipvlan use_pid_dir use_symlink_paths use_vmac use_vmac_addr user
            v3_checksum_as_v2 version virtual_ipaddress virtual_ipaddress_excluded virtual_router_id
            virtual_routes virtual_rules vmac_addr_prefix vmac_garp_intvl vmac_prefix vmac_xmit_base vrf vrrp
            vrrp_check_unicast_src vrrp_cpu_affinity vrrp_delay_after_boot vrrp_down_timer_adverts
            vrrp_garp_extra_if vrrp_garp_interval vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat
            vrrp_garp_master_delay vrrp_garp_master_refresh vrrp_garp_master_refresh_repeat
            vrrp_garp_master_repeat vrrp_gna_interval vrrp_higher_prio_send_advert vrrp_instance vrrp_ipsets
            vrrp_iptables vrrp_lower_prio_no_advert vrrp_mcast_group4 vrrp_mcast_group6 vrrp_min_garp
            vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs
            vrrp_netlink_monitor_rcv_bufs_force vrrp_no_swap vrrp_notify_fifo vrrp_notify_fifo_script
            vrrp_notify_priority_changes vrrp_owner_ignore_adverts vrrp_priority vrrp_process_name
            vrrp_rlimit_rtime vrrp_rlimit_rttime vrrp_rt_priority vrrp_rx_bufs_multiplier vrrp_rx_bufs_policy
            vrrp_script vrrp_skip_check_adv_addr vrrp_startup_delay vrrp_strict vrrp_sync_group vrrp_track_file
            vrrp_track_process vrrp_version vrrp_vmac_garp_intvl weight
            """.strip().split("\\s+"));

    /** What must stand before and after a keyword so that it is where it belongs. */
    private static String within(List<String> path, String line) {
        List<String> blocks = path.subList(0, path.size() - 1);
        if (blocks.isEmpty()) {
            return line + "\n" + Conf.instance();
        }
        if (blocks.get(0).equals("vrrp_instance")) {
            return Conf.instance(nested(blocks.subList(1, blocks.size()), line));
        }
        return nested(blocks, line) + "\n" + Conf.instance();
    }

    private static String nested(List<String> blocks, String line) {
        StringBuilder text = new StringBuilder();
        blocks.forEach(block -> text.append(block).append(NAMED.contains(block) ? " x {\n" : " {\n"));
        return text.append(line).append("\n}".repeat(blocks.size())).toString();
    }

    private static List<String> about(String text, String keyword) {
        return Conf.problems(text).stream()
                .filter(problem -> problem.contains("'" + keyword + "'") || problem.contains(": " + keyword + " "))
                .toList();
    }

    @Test
    void eachKeywordOfKeepalivedIsKnown() {
        assertThat(KeywordInfo.all()).hasSizeGreaterThan(400);
        assertThat(KeywordInfo.all().stream()
                        .map(KeywordInfo::keyword)
                        .distinct()
                        .toList())
                .containsAll(KNOWN);
    }

    @Test
    void eachKeywordThatDoesLessThanItSaysIsReportedAndSaysWhy() {
        for (KeywordInfo keyword : KeywordInfo.all()) {
            boolean silent = keyword.level() == KeywordInfo.Level.HONOURED
                    || keyword.note().isEmpty();
            if (!silent && !keyword.block() && !keyword.examples().isEmpty()) {
                String line = keyword.keyword() + " " + keyword.examples().get(0);
                assertThat(about(within(keyword.path(), line), keyword.keyword()))
                        .as(line)
                        .hasSize(1)
                        .first()
                        .asString()
                        .contains(": warning: '" + keyword.keyword() + "' ")
                        .endsWith(": " + keyword.note());
            }
        }
    }

    @Test
    void rightValuesOfEachKeywordAreNoErrorAndWrongOnesAre() {
        for (KeywordInfo keyword : KeywordInfo.all()) {
            for (String value : keyword.examples()) {
                String line = (keyword.keyword() + " " + value).strip();
                assertThat(about(within(keyword.path(), line), keyword.keyword()))
                        .as("%s %s", keyword.path(), line)
                        .noneMatch(problem -> problem.contains(": error: "));
            }
            for (String value : keyword.mistakes()) {
                String line = keyword.keyword() + " " + value;
                assertThat(Conf.problems(within(keyword.path(), line)))
                        .as("%s %s", keyword.path(), line)
                        .anyMatch(problem -> problem.contains(": error: "));
            }
        }
    }

    @Test
    void blocksThatDoNothingYetAreReported() {
        for (KeywordInfo keyword : KeywordInfo.all()) {
            boolean top = keyword.path().size() <= 2
                    && keyword.level() != KeywordInfo.Level.HONOURED
                    && keyword.block()
                    && !keyword.note().isEmpty();
            if (top) {
                String name = NAMED.contains(keyword.keyword()) ? " x" : "";
                assertThat(about(within(keyword.path(), keyword.keyword() + name + " {\n}"), keyword.keyword()))
                        .as(keyword.keyword())
                        .anyMatch(problem -> problem.endsWith(": " + keyword.note()));
            }
        }
    }

    @Test
    void virtualServersAreSkippedWhole() {
        assertThat(Conf.problems("""
                        virtual_server 192.0.2.9 80 {
                          lvs_sched rr
                          real_server 192.0.2.10 80 {
                            weight 1
                            HTTP_GET { url { path /
                            } }
                            FILE_CHECK {
                              track_file x
                            }
                          }
                        }""", Conf.instance()))
                .containsExactly(
                        "k.conf:1: warning: 'virtual_server' is not supported yet: no virtual server is set up");
    }

    @Test
    void valuesThatAreWhatWeDoAnywayNeedNoWord() {
        assertThat(Conf.problems(
                        "global_defs {",
                        "vrrp_mcast_group4 224.0.0.18",
                        "vrrp_mcast_group6 FF02:0::12",
                        "vrrp_lower_prio_no_advert off",
                        "vrrp_higher_prio_send_advert",
                        "vrrp_strict no",
                        "smtp_alert false",
                        "}",
                        Conf.instance(
                                "accept",
                                "lower_prio_no_advert false",
                                "higher_prio_send_advert yes",
                                "owner_ignore_adverts no",
                                "smtp_alert off",
                                "mcast_dst_ip 224.0.0.18")))
                .isEmpty();
    }

    @Test
    void whatWouldMakeSeveralMastersIsAnError() {
        assertThat(Conf.problems(Conf.instance("auth_hmac {", "key 1 ascii", "}")))
                .containsExactly("k.conf:5: error: 'auth_hmac' is not supported yet: the peers would refuse"
                        + " advertisements without it, and all would be masters");
        assertThat(Conf.problems(Conf.instance("mcast_dst_ip 224.0.0.20")))
                .containsExactly(
                        "k.conf:5: error: mcast_dst_ip must be 224.0.0.18 or ff02::12, others are not supported"
                                + " yet: '224.0.0.20'");
        assertThat(Conf.problems("global_defs {", "vrrp_mcast_group4 224.0.0.20", "}", Conf.instance()))
                .containsExactly("k.conf:2: error: vrrp_mcast_group4 must be 224.0.0.18, others are not supported yet:"
                        + " '224.0.0.20'");
    }

    @Test
    void syncGroupIsHonoured() {
        assertThat(Conf.problems("vrrp_sync_group G {", "group {", "VI_1", "}", "}", Conf.instance()))
                .isEmpty();
    }

    @Test
    void weightThatAPeerWithNopreemptIgnoresIsAWarning() {
        assertThat(Conf.problems(
                        "vrrp_script chk {",
                        "script /bin/true",
                        "}",
                        Conf.instance("nopreempt", "track_script {", "chk weight -10", "}")))
                .singleElement()
                .asString()
                .startsWith("k.conf:4: warning: VI_1: script chk weight -10 changes the priority only");
    }
}
