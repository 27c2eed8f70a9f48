package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

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
        RELEASING
    }

    private final List<Effect> effects;
    private final List<InetAddress> vanished = new ArrayList<>();
    private Stage stage = Stage.NONE;
    private boolean wanted;

    Holding(List<Effect> effects) {
        this.effects = effects;
    }

    /** Whether the addresses are in place. */
    boolean isHeld() {
        return stage == Stage.HELD;
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

    /** Answers whether an acquire was under way. */
    boolean onAcquireFailed() {
        if (stage != Stage.ACQUIRING) {
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

    /** Puts a lost address back. */
    void onVanished(InetAddress address) {
        if (stage == Stage.HELD || stage == Stage.ACQUIRING && !vanished.isEmpty()) {
            vanished.add(address);
            proceed();
        }
    }

    /** The addresses that have been put back since the last call. */
    List<InetAddress> takeRestored() {
        List<InetAddress> restored = List.copyOf(vanished);
        vanished.clear();
        return restored;
    }
}
