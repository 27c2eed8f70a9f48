package org.vrrp4j.runtime;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vrrp4j.model.RejectionReason;

/**
 * Which rejected packets are worth an event: the first of a sender and reason, the tenth, the hundredth and so on; and
 * in all no more than a few a minute, since senders can be forged at will.
 */
final class RejectionReports {
    private static final int MAX_SENDERS = 64;
    private static final int BURST = 10;
    private static final long REFILL_NANOS = 10_000_000_000L;

    private record Key(InetAddress source, RejectionReason reason) {}

    private final Map<Key, Long> counts = new LinkedHashMap<>();
    private int tokens = BURST;
    private long refilledNanos;
    private boolean refilling;

    boolean isWorthTelling(long nowNanos, InetAddress source, RejectionReason reason) {
        Key key = new Key(source, reason);
        long count = counts.merge(key, 1L, Long::sum);
        if (counts.size() > MAX_SENDERS) {
            counts.remove(counts.keySet().iterator().next());
        }
        return isPowerOfTen(count) && takeToken(nowNanos);
    }

    private boolean takeToken(long nowNanos) {
        if (!refilling) {
            refilling = true;
            refilledNanos = nowNanos;
        }
        long gained = (nowNanos - refilledNanos) / REFILL_NANOS;
        refilledNanos += gained * REFILL_NANOS;
        tokens = (int) Math.min(BURST, tokens + gained);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    private static boolean isPowerOfTen(long count) {
        long power = 1;
        while (power < count) {
            power *= 10;
        }
        return power == count;
    }
}
