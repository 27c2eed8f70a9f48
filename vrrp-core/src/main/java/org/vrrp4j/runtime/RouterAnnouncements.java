package org.vrrp4j.runtime;

import java.io.IOException;
import java.util.List;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.Announcer;

/** Announces the addresses of one router: all of them, or the next in turn. */
final class RouterAnnouncements {
    private final Announcer announcer;
    private final AnnouncementShare share;
    private AddressClaim claim;
    private List<AddressClaim> turns;
    private int next;
    private int held;
    private long savedNanos;
    private long countedNanos;

    RouterAnnouncements(Announcer announcer, AnnouncementShare share, AddressClaim claim) {
        this.announcer = announcer;
        this.share = share;
        use(claim);
    }

    /** From now on the addresses are these. */
    void use(AddressClaim nextClaim) {
        claim = nextClaim;
        turns = claim.addresses().stream()
                .map(address -> new AddressClaim(claim.router(), List.of(address), claim.lease()))
                .toList();
        next = 0;
    }

    /** Whether the addresses are in place now, or some of them. */
    void onHeld(long now, boolean isHeld) {
        int count = isHeld ? turns.size() : 0;
        if (count != held) {
            share.onHeld(count - held);
            held = count;
            savedNanos = 0;
            countedNanos = now;
        }
    }

    int announceAll() throws IOException {
        return announcer.announce(claim);
    }

    /** Announces what the time since the last call allows, be it nothing. */
    int announceNext(long now) throws IOException {
        if (held == 0) {
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
            AddressClaim one = turns.get(next);
            next = (next + 1) % turns.size();
            sent += announcer.announce(one);
        }
        return sent;
    }
}
