package org.vrrp4j.keepalived;

import java.util.Optional;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracker;

/** What a block that defines a tracker says. */
abstract class TrackerDraft extends Draft {
    final String name;
    TrackWeight weight = TrackWeight.FAULT;

    TrackerDraft(String name, Position position) {
        super(position);
        this.name = name;
    }

    /** The tracker; empty if something that it needs is missing, which is then reported. */
    abstract Optional<Tracker> build(GlobalDraft globals, Reading reading);

    /** Whether instances may follow it. */
    boolean isForVrrp() {
        return true;
    }

    /** Reports that a keyword is missing, unless it may be among what was not understood. */
    final void missing(Reading reading, String block, String keyword) {
        if (!isDamaged() && !reading.isIncomplete() && given(keyword) == null) {
            reading.error(position(), block + " " + Found.quote(name) + " has no " + keyword);
        }
    }
}
