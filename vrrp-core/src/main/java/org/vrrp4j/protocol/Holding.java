package org.vrrp4j.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses, from the first acquire to the end of the release. One operation is under way at a time, so a change of
 * mind waits for the answer; {@link #proceed()} then does what is still to do.
 */
final class Holding {
    private static final Effect ACQUIRE = new Effect.AcquireAddresses();
    private static final Effect RELEASE = new Effect.ReleaseAddresses();

    private enum Stage {
        NONE,
        ACQUIRING,
        HELD,
        /** Nothing is held, and what would be is being changed. */
        CHANGING,
        /** Something is held and being changed. */
        EXCHANGING,
        RELEASING
    }

    private final List<Effect> effects;
    // addresses as text, and routes and rules in words
    private final Set<String> vanished = new LinkedHashSet<>();
    private Stage stage = Stage.NONE;
    private boolean wanted;
    private boolean registered;
    private Effect change;

    Holding(List<Effect> effects) {
        this.effects = effects;
    }

    /** Whether the addresses are in place, be it that others are coming. */
    boolean isHeld() {
        return stage == Stage.HELD || stage == Stage.EXCHANGING;
    }

    /** Whether all addresses are in place and none is coming or going. */
    boolean isComplete() {
        return stage == Stage.HELD && vanished.isEmpty();
    }

    boolean isWanted() {
        return wanted;
    }

    boolean isChanging() {
        return stage == Stage.CHANGING || stage == Stage.EXCHANGING;
    }

    /** The backend knows the claim: it can be changed from now on. */
    void onRegistered() {
        registered = true;
        proceed();
    }

    /** The addresses are others from now on. */
    void change(Effect.ChangeAddresses next) {
        change = next;
        proceed();
    }

    /** Whether nothing is held or under way. */
    boolean isEmpty() {
        return stage == Stage.NONE;
    }

    void want() {
        wanted = true;
        proceed();
    }

    void giveUp() {
        wanted = false;
        vanished.clear();
        proceed();
    }

    /** Does the next thing, unless an answer is awaited. */
    void proceed() {
        if (stage == Stage.HELD && !wanted) {
            stage = Stage.RELEASING;
            effects.add(RELEASE);
        } else if (change != null && registered && (stage == Stage.NONE || stage == Stage.HELD)) {
            stage = stage == Stage.HELD ? Stage.EXCHANGING : Stage.CHANGING;
            effects.add(change);
            change = null;
        } else if (wanted && (stage == Stage.NONE || stage == Stage.HELD && !vanished.isEmpty())) {
            stage = Stage.ACQUIRING;
            effects.add(ACQUIRE);
        }
    }

    /** Answers whether the addresses are in place now, and wanted. */
    boolean onAcquired() {
        if (stage != Stage.ACQUIRING) {
            return false;
        }
        stage = Stage.HELD;
        if (!wanted) {
            proceed();
        }
        return wanted;
    }

    /** Answers whether a change was under way. */
    boolean onChanged() {
        if (!isChanging()) {
            return false;
        }
        stage = stage == Stage.EXCHANGING ? Stage.HELD : Stage.NONE;
        return true;
    }

    /** Answers whether an acquire or a change was under way. */
    boolean onAcquireFailed() {
        if (stage != Stage.ACQUIRING && !isChanging()) {
            return false;
        }
        stage = Stage.NONE;
        wanted = false;
        vanished.clear();
        return true;
    }

    /** Answers whether a release was under way. */
    boolean onReleased() {
        if (stage != Stage.RELEASING) {
            return false;
        }
        stage = Stage.NONE;
        return true;
    }

    /** What is lost is put back by the next {@link #proceed()}. */
    void onVanished(String what) {
        if (isHeld() || stage == Stage.ACQUIRING && !vanished.isEmpty()) {
            vanished.add(what);
        }
    }

    /** What has been put back since the last call. */
    List<String> takeRestored() {
        List<String> restored = List.copyOf(vanished);
        vanished.clear();
        return restored;
    }

    /** With what a change that has not begun yet is to be. */
    void keep(Checkpoint checkpoint, Effect next) {
        stage = checkpoint.constant("stage", stage);
        wanted = checkpoint.flag("wanted", wanted);
        registered = checkpoint.flag("registered", registered);
        change = checkpoint.flag("change", change != null) ? next : null;
        String all = checkpoint.text("vanished", String.join("\n", vanished));
        vanished.clear();
        if (!all.isEmpty()) {
            vanished.addAll(List.of(all.split("\n")));
        }
    }
}
