package org.vrrp4j.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import org.vrrp4j.spi.Announcer;
import org.vrrp4j.spi.EventLoop;

/**
 * Lets the routers of a node announce in turn, a few addresses in a turn of the loop: between two turns it reads
 * packets and does what has become due, so that an advertisement waits for one batch at most, however many addresses
 * and routers there are. On the loop's thread.
 */
final class AnnouncementTurns {
    /** How many addresses are announced before the loop has its turn. */
    static final int BATCH = 8;

    private final Announcer announcer;
    private final EventLoop loop;
    private final AnnouncementPace pace;
    private final Queue<AnnouncementRounds> waiting = new ArrayDeque<>();
    private boolean scheduled;

    AnnouncementTurns(Announcer announcer, EventLoop loop) {
        this.announcer = announcer;
        this.loop = loop;
        this.pace = new AnnouncementPace(loop);
    }

    Announcer announcer() {
        return announcer;
    }

    AnnouncementPace pace() {
        return pace;
    }

    /** Whether a router waits for its turn. */
    boolean isBusy() {
        return !waiting.isEmpty();
    }

    /** Takes a turn now if nobody waits for one. */
    void askNow(AnnouncementRounds rounds) {
        if (waiting.isEmpty()) {
            rounds.takeTurn(BATCH);
        }
        ask(rounds);
    }

    /** Waits for a turn if there is something to announce. */
    void ask(AnnouncementRounds rounds) {
        if (rounds.isPending() && !waiting.contains(rounds)) {
            waiting.add(rounds);
        }
        if (!waiting.isEmpty() && !scheduled) {
            scheduled = true;
            // execute() would be served before what is due
            loop.schedule(loop.nanoTime(), this::onTurn);
        }
    }

    private void onTurn() {
        scheduled = false;
        AnnouncementRounds next = waiting.poll();
        if (next != null) {
            next.takeTurn(BATCH);
            ask(next);
        }
    }
}
