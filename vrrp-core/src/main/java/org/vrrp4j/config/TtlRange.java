package org.vrrp4j.config;

/**
 * Which TTLs or hop limits a packet may arrive with.
 *
 * @param min the least, 0 to 255; 256 minus the most routers that it may have come over
 * @param max the most, up to 255
 */
public record TtlRange(int min, int max) {
    /** The highest TTL, which only a neighbour's packets arrive with. */
    public static final int MAX = 255;

    /** Only of neighbours (RFC 5082). */
    public static final TtlRange NEIGHBOUR = new TtlRange(MAX, MAX);

    /** Whatever it is. */
    public static final TtlRange ANY = new TtlRange(0, MAX);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if a bound is not 0 to 255, or the lower one is the greater
     */
    public TtlRange {
        if (min < 0 || max > MAX || min > max) {
            throw new IllegalArgumentException(
                    "TTL bounds must be 0 to " + MAX + ", the lower one first: min=" + min + " max=" + max);
        }
    }

    /** Whether a TTL is in it. */
    public boolean contains(int ttl) {
        return ttl >= min && ttl <= max;
    }

    /** Such as {@code 255} or {@code 250 to 255}. */
    @Override
    public String toString() {
        return min == max ? Integer.toString(min) : min + " to " + max;
    }
}
