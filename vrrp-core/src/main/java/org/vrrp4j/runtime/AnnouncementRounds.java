package org.vrrp4j.runtime;

import java.io.IOException;
import java.util.List;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.spi.AddressClaim;

/** What one router has still to announce: its addresses, once or several times. On the loop's thread. */
final class AnnouncementRounds implements AnnouncementPace.Waiting {
    private final AnnouncementTurns turns;
    private final Observer observer;
    private AddressClaim claim;
    private List<VirtualAddress> some = List.of();
    private int next;
    private int rounds;
    private boolean asked;
    private long lastNanos;
    /** How many addresses wait for their turn by the limits of the node. */
    private int waiting;

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
        if (rounds == 0) {
            // some of them may be under way
            next = 0;
            some = List.of();
        }
        rounds = 1 + (burst ? rounds : Math.min(rounds, 1));
        if (burst) {
            turns.ask(this);
        } else {
            turns.askNow(this);
        }
    }

    /** Announces some addresses of the claim, unless all of them are being announced. */
    void beginSome(AddressClaim addresses, List<VirtualAddress> which) {
        if (rounds == 0 && !which.isEmpty()) {
            claim = addresses;
            some = which;
            next = 0;
            turns.askNow(this);
        }
    }

    /** The addresses are no longer to be announced, or others are coming. */
    void cancel() {
        rounds = 0;
        some = List.of();
        next = 0;
        waiting = 0;
        failure = null;
        turns.pace().cancel(this);
    }

    boolean isPending() {
        return rounds > 0 || !some.isEmpty();
    }

    /** Announces up to so many addresses. */
    void takeTurn(int limit) {
        int sent = 0;
        for (int i = 0; i < limit && isPending(); i++) {
            List<VirtualAddress> round = rounds > 0 ? claim.addresses() : some;
            sent += announceInTime(round.get(next++));
            if (next == round.size()) {
                endRound();
            }
        }
        observer.onAnnounced(sent);
    }

    private void endRound() {
        next = 0;
        if (rounds > 0) {
            rounds--;
        } else {
            some = List.of();
        }
        if (waiting == 0) {
            tellEnd();
        }
    }

    private void tellEnd() {
        IOException first = failure;
        failure = null;
        observer.onRoundEnded(first);
    }

    private int announceInTime(VirtualAddress address) {
        AnnouncementPace pace = turns.pace();
        if (pace.isFree(claim, address)) {
            pace.onSent(claim, address);
            return announce(address);
        }
        waiting += pace.await(this, address) ? 1 : 0;
        return 0;
    }

    @Override
    public AddressClaim claim() {
        return claim;
    }

    @Override
    public void announceNow(VirtualAddress address) {
        waiting--;
        observer.onAnnounced(announce(address));
        if (waiting == 0 && !isPending()) {
            tellEnd();
        }
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
