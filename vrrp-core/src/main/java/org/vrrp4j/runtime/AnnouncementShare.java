package org.vrrp4j.runtime;

/**
 * How much the masters of one interface and family may announce along with their advertisements: ten addresses a
 * second together, a batch at once at most, and each address as often as any other. Some switches close a port on which
 * more than fifteen ARP packets a second come in.
 */
final class AnnouncementShare {
    /** An address is announced along with an advertisement this often, times the number of all addresses held. */
    static final long GAP_NANOS = 100_000_000L;

    private static final long FULL_NANOS = AnnouncementTurns.BATCH * GAP_NANOS;

    private int held;
    private long savedNanos = FULL_NANOS;
    private long countedNanos;

    /** So many more addresses are held, or less. */
    void onHeld(int more) {
        held += more;
    }

    /** The distance of two announcements of one address, if each gets its turn. */
    long turnNanos() {
        return held * GAP_NANOS;
    }

    /** Takes as many announcements of those wanted as may be sent now. */
    int take(long now, int wanted) {
        savedNanos = Math.min(FULL_NANOS, savedNanos + Math.max(0, now - countedNanos));
        countedNanos = now;
        // timers are some microseconds late, and the next one then comes early
        int taken = (int) Math.min(wanted, (savedNanos + GAP_NANOS / 2) / GAP_NANOS);
        savedNanos -= taken * GAP_NANOS;
        return taken;
    }
}
