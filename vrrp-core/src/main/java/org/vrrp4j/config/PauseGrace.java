package org.vrrp4j.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * For how long a node goes on advertising while its process is paused, as by a garbage collection or a debugger: the
 * advertisements that fall due within that time from now are handed to the kernel ahead of time. A process that is dead
 * or stopped (SIGKILL, SIGSTOP) sends none of them, so a real failure is noticed as soon as without it; one that hangs
 * while its threads live is noticed later by the grace.
 *
 * <p>Where a pause leads to, with the defaults and an advertisement every 10 ms; times count from the last moment at
 * which the loop ran:
 *
 * <pre>
 *      0      10 ms                  400 ms   450 ms                       750 ms      1 s
 *      |---|---|---|--- ... ---|-------|--------|------|----------------------|---------|------ ...
 *      loop    interval                grace    ahead  + down interval        lease:    lease: the
 *      ran     (kernel sends)                   (last  (about 36 ms):         shortest  longest
 *                                               one)   a peer takes over
 * </pre>
 *
 * <table>
 * <caption>What happens when a pause exceeds each</caption>
 * <tr><th>longer than</th><th>what happens</th></tr>
 * <tr><td>the interval</td><td>the kernel sends in time what was queued. Peers notice nothing. When the loop runs again
 *     it goes through what the kernel has sent as if it had been there: the role stays, nothing is sent twice, it is no
 *     stall. Times go on as before</td></tr>
 * <tr><td>the grace</td><td>at most an eighth more has been queued, then the queue is empty and the node is
 * silent</td></tr>
 * <tr><td>the grace and (down_timer_adverts - 1) intervals</td><td>a stall: what was queued would be too late from here
 *     on and is not sent any more, be it that the kernel itself or the process had been stopped. When the loop runs
 *     again it hears first what has arrived, then counts and reports the stall, sees to its addresses and announces
 *     them; with {@link RouterConfig#stepDownAfterStall()} it gives up the role before anything else</td></tr>
 * <tr><td>the grace and the peers' down interval</td><td>the best peer takes over</td></tr>
 * <tr><td>the {@linkplain RouterConfig#addressLease() lease}, which was renewed up to half a second before</td><td>the
 *     kernel takes the addresses away. With the grace shorter than that nobody advertises what it does not hold; two
 *     hosts hold an address from the takeover to here at the longest, just as without a grace after a pause that is
 *     longer by it</td></tr>
 * </table>
 *
 * <p>A change (priority, addresses, interval, source), a lost interface, priority 0, stepping down and the end of the
 * node cancel what is queued before anything else is done.
 *
 * <p>A grace helps where pauses are longer than the peers wait for. Routers whose interval is longer than the grace do
 * without: a pause within it delays one of their advertisements, and peers wait for three. A node that advertises more
 * than {@value #MOST_A_SECOND} times a second does without too.
 *
 * @param duration the grace; zero to send nothing ahead
 */
public record PauseGrace(Duration duration) {
    // before those that are checked against them
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int RESERVE_SHARE = 8;

    /** How many advertisements a second a node sends ahead; with more it sends none ahead. */
    public static final int MOST_A_SECOND = 500;

    /** Nothing is sent ahead. */
    public static final PauseGrace NONE = new PauseGrace(Duration.ZERO);

    /**
     * 400 ms: several times the pause of a collection that moves objects (G1 was measured at 50 ms, rarely 100 ms), and
     * with the reserve still less than the half second that is left of the shortest lease at any time.
     */
    public static final PauseGrace DEFAULT = new PauseGrace(Duration.ofMillis(400));

    /**
     * Checks the duration.
     *
     * @throws IllegalArgumentException if it is neither zero nor 10 ms to 1 min
     */
    public PauseGrace {
        boolean inRange = duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0;
        if (!duration.isZero() && !inRange) {
            throw new IllegalArgumentException(
                    "pauseGrace must be 10 ms to 1 min, or zero for none: pauseGrace=" + text(duration));
        }
    }

    /** How much more may be queued, so that it need not be done for each advertisement: an eighth. */
    public Duration reserve() {
        return duration.dividedBy(RESERVE_SHARE);
    }

    /** Whether advertisements of a router are sent ahead: whether at least the next one falls into the grace. */
    public boolean covers(RouterConfig router) {
        return !duration.isZero() && router.advertisementInterval().compareTo(duration) <= 0;
    }

    /**
     * Why none of the advertisements of a node is sent ahead for its number: each is an event of its own for the kernel
     * and the loop, where the loop by itself sends those of many routers together. 250 routers with 100 ms were
     * measured to take three times the processor that way, and with 10 ms more than there was.
     *
     * @return empty if they can be
     */
    public Optional<String> excess(Collection<RouterConfig> routers) {
        double aSecond = routers.stream()
                .filter(this::covers)
                .mapToDouble(
                        router -> (router.isUnicast() ? router.unicastPeers().size() : 1)
                                * (double) Duration.ofSeconds(1).toNanos()
                                / router.advertisementInterval().toNanos())
                .sum();
        return aSecond <= MOST_A_SECOND
                ? Optional.empty()
                : Optional.of("its routers advertise " + Math.round(aSecond) + " times a second, and up to "
                        + MOST_A_SECOND + " a second are sent ahead: spread them over several nodes");
    }

    /**
     * Sees whether a router can live with it.
     *
     * @throws IllegalArgumentException if a pause could outlast the lease of its addresses while it is still advertised
     */
    public void check(RouterConfig router) {
        Duration ahead = duration.plus(reserve());
        Duration left = LeaseRenewal.shortestLease(router);
        if (covers(router) && ahead.compareTo(left) > 0) {
            throw new IllegalArgumentException(
                    "pauseGrace must be shorter than what is left of the lease of the addresses"
                            + " of " + router.name() + ", or peers would hear a master that has lost them: pauseGrace="
                            + text(duration) + " queues up to " + text(ahead) + ", the lease is "
                            + text(router.addressLease())
                            + " and " + text(left) + " of it are left before it is renewed");
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
