package org.vrrp4j.runtime;

import java.io.IOException;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.spi.AddressClaim;

/** Announces the addresses of one router along with its advertisements: the next in turn, as its share allows. */
final class AnnouncementsAlong {
    private final AnnouncementTurns turns;
    private final AnnouncementShare share;
    private AddressClaim claim;
    private int next;
    private int held;
    private long savedNanos;
    private long countedNanos;

    AnnouncementsAlong(AnnouncementTurns turns, AnnouncementShare share, AddressClaim claim) {
        this.turns = turns;
        this.share = share;
        this.claim = claim;
    }

    /** From now on the addresses are these. */
    void use(AddressClaim nextClaim) {
        claim = nextClaim;
        next = 0;
    }

    /** Whether the addresses are in place now, or some of them. */
    void onHeld(long now, boolean isHeld) {
        int count = isHeld ? claim.addresses().size() : 0;
        if (count != held) {
            share.onHeld(count - held);
            held = count;
            savedNanos = 0;
            countedNanos = now;
        }
    }

    /** Announces so, and tells what came of it. */
    void announce(long now, AnnouncementRounds.Observer observer) {
        try {
            int sent = announce(now);
            if (sent > 0) {
                observer.onAnnounced(sent);
                observer.onRoundEnded(null);
            }
        } catch (IOException e) {
            observer.onRoundEnded(e);
        }
    }

    /**
     * Announces what the time since the last call allows, or nothing while routers announce all their addresses;
     * returns how many frames were sent.
     */
    int announce(long now) throws IOException {
        if (held == 0 || turns.isBusy()) {
            return 0;
        }
        long turn = share.turnNanos();
        savedNanos = Math.min(turn, savedNanos + (now - countedNanos));
        countedNanos = now;
        long gap = turn / held;
        int due = (int) Math.min(held, (savedNanos + gap / 2) / gap);
        int taken = share.take(now, due);
        savedNanos -= taken * gap;
        int sent = 0;
        for (int i = 0; i < taken; i++) {
            VirtualAddress address = claim.addresses().get(next);
            if (!turns.pace().isFree(claim, address)) {
                break;
            }
            turns.pace().onSent(claim, address);
            next = (next + 1) % claim.addresses().size();
            sent += turns.announcer().announce(claim, address) ? 1 : 0;
        }
        return sent;
    }
}
