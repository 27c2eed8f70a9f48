package org.vrrp4j.keepalived;

import org.vrrp4j.config.TrackWeight;

/** What can be tracked, and with which keywords. */
enum TrackerKind {
    INTERFACE("track_interface", "interface", ScriptKeywords.MAX_WEIGHT, false),
    SCRIPT("track_script", "vrrp_script", ScriptKeywords.MAX_WEIGHT, true),
    FILE("track_file", "track_file", TrackWeight.MAX, true),
    PROCESS("track_process", "vrrp_track_process", TrackWeight.MAX, true),
    BFD("track_bfd", "bfd_instance", ScriptKeywords.MAX_WEIGHT, true);

    final String keyword;
    final String definition;
    final int maxWeight;
    final boolean mayReturn;

    TrackerKind(String keyword, String definition, int maxWeight, boolean mayReturn) {
        this.keyword = keyword;
        this.definition = definition;
        this.maxWeight = maxWeight;
        this.mayReturn = mayReturn;
    }
}
