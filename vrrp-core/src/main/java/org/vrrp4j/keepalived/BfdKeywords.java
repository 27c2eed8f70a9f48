package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.Optional;
import org.vrrp4j.config.Tracker;

/** The block of a bfd_instance: read and checked. */
final class BfdKeywords {
    private static final Duration MAX = Duration.ofSeconds(1);

    static final KeywordTable<BfdDraft> TABLE = new KeywordTable<BfdDraft>("bfd_instance")
            .covered(Values.ADDRESS, "neighbor_ip", "neighbour_ip", "source_ip")
            .covered(Values.number(1, MAX.toMillis()), "min_rx", "min_tx")
            .covered(Values.number(MAX.toMillis(), 10 * MAX.toMillis()), "idle_tx")
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
        Optional<Tracker> build(Reading reading) {
            return Optional.empty();
        }
    }
}
