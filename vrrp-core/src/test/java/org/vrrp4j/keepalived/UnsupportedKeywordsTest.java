package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keywords that keepalived knows: none is unknown here, and none without effect is passed over in silence. */
class UnsupportedKeywordsTest {
    private static final List<String> ROOT_BLOCKS =
            words("vrrp_sync_group vrrp_script vrrp_track_process track_file vrrp_track_file bfd_instance track_group"
                    + " garp_group linkbeat_interfaces"
                    + " interface_up_down_delays SSL virtual_server virtual_server_group");
    private static final List<String> ROOT_LINES = words(
            "net_namespace_ipvs namespace_with_ipsets instance use_pid_dir child_wait_time" + " linkbeat_use_polling");
    private static final List<String> GLOBALS = words("""
            process_names process_name vrrp_process_name checker_process_name lvs_process_name
            bfd_process_name use_symlink_paths set_supplementary_groups startup_script
            startup_script_timeout shutdown_script shutdown_script_timeout max_auto_priority
            min_auto_priority_delay vrrp_priority checker_priority bfd_priority vrrp_no_swap
            checker_no_swap bfd_no_swap vrrp_rt_priority checker_rt_priority bfd_rt_priority
            vrrp_rlimit_rttime checker_rlimit_rttime bfd_rlimit_rttime vrrp_rlimit_rtime
            vrrp_cpu_affinity checker_cpu_affinity bfd_cpu_affinity default_interface
            script_user enable_script_security umask random_seed reload_check_config reload_time_file
            reload_repeat reload_file include_check config_save_dir tmp_config_directory
            data_use_instance json_version state_dump_file stats_dump_file json_dump_file
            iproute_usr_dir iproute_etc_dir notification_email_from smtp_server smtp_helo_name
            smtp_connect_timeout smtp_alert smtp_alert_vrrp smtp_alert_checker no_email_faults
            no_checker_emails rs_init_notifies checker_log_all_failures notify_fifo vrrp_notify_fifo
            lvs_notify_fifo notify_fifo_script vrrp_notify_fifo_script lvs_notify_fifo_script
            vrrp_notify_priority_changes fifo_write_vrrp_states_on_reload enable_dbus dbus_service_name
            dbus_no_interface_name snmp_socket enable_traps enable_snmp_vrrp enable_snmp_keepalived
            enable_snmp_checker enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3
            snmp_vs_stats_update_interval snmp_rs_stats_update_interval vrrp_garp_extra_if
            vrrp_vmac_garp_intvl vrrp_lower_prio_no_advert
            vrrp_strict vrrp_owner_ignore_adverts vrrp_iptables vrrp_ipsets
            nftables nftables_priority nftables_ifindex nftables_counters disable_local_igmp
            log_unknown_vrids vmac_prefix vmac_addr_prefix
            vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs
            vrrp_netlink_monitor_rcv_bufs_force lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force
            lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force process_monitor_rcv_bufs
            process_monitor_rcv_bufs_force vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier lvs_timeouts
            lvs_flush lvs_flush_on_stop lvs_flush_onstop lvs_sync_daemon nftables_ipvs
            nftables_ipvs_priority nftables_ipvs_start_fwmark
            """);
    private static final List<String> INSTANCE_LINES = words("""
            vrf track_src_ip old_unicast_checksum native_ipv6 use_vmac vmac_xmit_base use_vmac_addr
            use_ipvlan dont_track_primary linkbeat_use_polling kernel_rx_buf_size debug
            lower_prio_no_advert owner_ignore_adverts
            strict_mode garp_extra_if vmac_garp_intvl promote_secondaries
            no_virtual_ipaddress notify_master notify_backup notify_fault notify_stop notify_deleted
            notify notify_master_rx_lower_pri notify_priority_changes smtp_alert
            lvs_sync_daemon_interface
            """);
    private static final List<String> INSTANCE_BLOCKS =
            words("track_interface track_script track_file" + " track_process track_bfd");

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }

    private static void assertOneWarning(List<String> problems, int line, String keyword) {
        assertThat(problems).as(keyword).hasSize(1);
        assertThat(problems.get(0))
                .startsWith("k.conf:" + line + ": warning: '" + keyword + "' is ")
                .contains("supported");
    }

    @Test
    void eachRootKeywordIsAWarningAndItsBlockIsSkipped() {
        ROOT_LINES.forEach(word -> assertOneWarning(Conf.problems(word, Conf.instance()), 1, word));
        ROOT_BLOCKS.forEach(word -> assertOneWarning(Conf.problems(word + " a {", "}", Conf.instance()), 1, word));
    }

    @Test
    void eachGlobalKeywordIsAWarning() {
        GLOBALS.forEach(word -> assertOneWarning(Conf.problems("global_defs {", word, "}", Conf.instance()), 2, word));
    }

    @Test
    void eachInstanceKeywordIsAWarningAndItsBlockIsSkipped() {
        INSTANCE_LINES.forEach(word -> assertOneWarning(Conf.problems(Conf.instance(word)), 5, word));
        INSTANCE_BLOCKS.forEach(word -> assertOneWarning(
                Conf.problems(Conf.instance(word + " {", "a", "192.0.2.9 dev {", "}", "}", "priority 9")), 5, word));
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
    void syncGroupSaysWhatDoesNotHappen() {
        assertThat(Conf.problems("vrrp_sync_group G {", "group {", "VI_1", "}", "notify x", "}", Conf.instance()))
                .containsExactly("k.conf:1: warning: 'vrrp_sync_group' is not supported yet: each instance changes its"
                        + " role for itself, not with its group");
    }
}
