package org.vrrp4j.keepalived;

import java.util.Optional;
import org.vrrp4j.config.Tracker;

/** The block of a bfd_instance: read and checked. */
final class BfdKeywords {
    private static final int MAX_MILLIS = 4_294_967;
    private static final int MIN_IDLE_MILLIS = 1000;

    static final KeywordTable<BfdDraft> TABLE = new KeywordTable<BfdDraft>("bfd_instance")
            .covered(Values.ADDRESS, "neighbor_ip", "neighbour_ip", "source_ip")
            .covered(Values.integer(1, MAX_MILLIS), "min_rx", "min_tx")
            .covered(Values.integer(MIN_IDLE_MILLIS, MAX_MILLIS), "idle_tx")
            .covered(Values.integer(1, 255), "multiplier", "ttl", "hoplimit")
            .covered(Values.number(-1, 255), "max_hops")
            .covered(Values.weight(ScriptKeywords.MAX_WEIGHT), "weight")
            .covered(Values.NONE, "passive", "multihop", "vrrp", "checker");

    private BfdKeywords() {}

    /** What the block says. */
    static final class BfdDraft extends TrackerDraft {

        BfdDraft(String name, Position position) {
            super(name, position);
        }

        @Override
        Optional<Tracker> build(GlobalDraft globals, Reading reading) {
            return Optional.empty();
        }
    }
}
