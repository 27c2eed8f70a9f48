package org.vrrp4j.keepalived;

/**
 * Root blocks that are not supported yet but whose keywords are known: the block is reported once, and within it only
 * what keepalived would not know either.
 */
final class OtherBlocks {
    static final KeywordTable<Draft> SYNC_GROUP = new KeywordTable<>("vrrp_sync_group")
            .covered("group", "track_interface", "track_script", "track_file", "track_process", "track_bfd")
            .covered("notify_backup", "notify_master", "notify_fault", "notify_stop", "notify", "smtp_alert")
            .covered("global_tracking", "sync_group_tracking_weight", "notify_priority_changes");

    static final KeywordTable<Draft> SCRIPT = new KeywordTable<>("vrrp_script")
            .covered("script", "interval", "timeout", "weight", "rise", "fall", "user", "init_fail");

    static final KeywordTable<Draft> TRACK_PROCESS = new KeywordTable<>("vrrp_track_process")
            .covered("process", "param_match", "weight", "quorum", "quorum_max", "delay", "terminate_delay")
            .covered("fork_delay", "full_command");

    static final KeywordTable<Draft> TRACK_FILE =
            new KeywordTable<>("track_file").covered("file", "weight", "init_file");

    static final KeywordTable<Draft> BFD_INSTANCE = new KeywordTable<>("bfd_instance")
            .covered("neighbor_ip", "neighbour_ip", "source_ip", "min_rx", "min_tx", "idle_tx", "multiplier")
            .covered("passive", "ttl", "hoplimit", "max_hops", "multihop", "weight", "vrrp", "checker");

    private OtherBlocks() {}
}
