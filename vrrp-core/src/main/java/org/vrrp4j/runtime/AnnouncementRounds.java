package org.vrrp4j.runtime;

import java.io.IOException;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.spi.AddressClaim;

/** What one router has still to announce: its addresses, once or several times. On the loop's thread. */
final class AnnouncementRounds {
    private final AnnouncementTurns turns;
    private final Observer observer;
    private AddressClaim claim;
    private int next;
    private int rounds;
    private boolean asked;
    private long lastNanos;
    private IOException failure;

    /** Who hears what came of it. */
    interface Observer {
        /** So many frames were sent. */
        void onAnnounced(int frames);

        /** Every address has been told, or tried: the first failure, or null. */
        void onRoundEnded(IOException failure);
    }

    AnnouncementRounds(AnnouncementTurns turns, Observer observer) {
        this.turns = turns;
        this.observer = observer;
    }

    /**
     * Announces every address of the claim once more, the first ones now if no other router is busy. Several rounds of
     * one moment are a burst, and all are done; what is left of an earlier burst then gives way, so that a slow network
     * never falls behind without end.
     *
     * @param askedNanos the moment
     */
    void begin(AddressClaim addresses, long askedNanos) {
        boolean burst = asked && askedNanos == lastNanos;
        asked = true;
        lastNanos = askedNanos;
        claim = addresses;
        rounds = 1 + (burst ? rounds : Math.min(rounds, 1));
        if (burst) {
            turns.ask(this);
        } else {
            turns.askNow(this);
        }
    }

    /** The addresses are no longer to be announced, or others are coming. */
    void cancel() {
        rounds = 0;
        next = 0;
        failure = null;
    }

    boolean isPending() {
        return rounds > 0;
    }

    /** Announces up to so many addresses. */
    void takeTurn(int limit) {
        int sent = 0;
        for (int i = 0; i < limit && rounds > 0; i++) {
            sent += announce(claim.addresses().get(next++));
            if (next == claim.addresses().size()) {
                endRound();
            }
        }
        observer.onAnnounced(sent);
    }

    private void endRound() {
        next = 0;
        rounds--;
        IOException first = failure;
        failure = null;
        observer.onRoundEnded(first);
    }

    private int announce(VirtualAddress address) {
        try {
            return turns.announcer().announce(claim, address) ? 1 : 0;
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
            return 0;
        }
    }
}
