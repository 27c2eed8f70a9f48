package org.vrrp4j.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Runs a {@link SimulatedNetwork} in virtual time. The seed decides everything that is left to chance, the start of the
 * clock included, so that the same seed and the same calls give the same run.
 *
 * <pre>{@code
 * Simulation simulation = new Simulation(42);
 * SimulatedHost a = simulation.network().host("a");
 * a.start(router);
 * simulation.runFor(Duration.ofSeconds(5));
 * }</pre>
 *
 * <p><b>Thread:</b> one at a time. <b>Failure:</b> {@link SimulationException}.
 */
public final class Simulation {
    private static final int TRACE_LIMIT = 5000;
    private static final int LINES_SHOWN = 60;

    private final long seed;
    private final VirtualTime time;
    private final SimulatedNetwork network;
    private final List<Invariant> invariants;
    private final List<Occurrence> occurred = new ArrayList<>();
    private final Deque<TraceEntry> trace = new ArrayDeque<>();
    private boolean tracesPackets;

    /** A simulation that checks the standard invariants. */
    public Simulation(long seed) {
        this(seed, Invariants.standard());
    }

    /**
     * A simulation that checks some invariants.
     *
     * @param seed decides everything that is left to chance
     * @param invariants checked after each event
     */
    public Simulation(long seed, List<Invariant> invariants) {
        this.seed = seed;
        this.time = new VirtualTime(seed);
        this.invariants = List.copyOf(invariants);
        this.network = new SimulatedNetwork(time, this::onOccurrence);
    }

    /** The network that is simulated. */
    public SimulatedNetwork network() {
        return network;
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** How much virtual time has passed. */
    public Duration elapsed() {
        return Duration.ofNanos(time.elapsedNanos());
    }

    /** Keeps advertisements and announcements in the trace too, from now on. */
    public void tracePackets() {
        tracesPackets = true;
    }

    /** What happened, the oldest first; no more than the last 5000 entries. */
    public List<TraceEntry> trace() {
        return List.copyOf(trace);
    }

    /** Runs everything that is due within a time from now. */
    public void runFor(Duration duration) {
        checkInvariants();
        long until = time.nanoTime() + duration.toNanos();
        while (time.runNext(until)) {
            checkInvariants();
        }
        time.advanceTo(until);
    }

    /**
     * Runs until something is so, looking after each event.
     *
     * @return how long that took
     * @throws SimulationException if it is not so after the limit
     */
    public Duration runUntil(BooleanSupplier condition, Duration limit) {
        checkInvariants();
        long start = time.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!time.runNext(start + limit.toNanos())) {
                throw failure("what was waited for has not come within " + limit);
            }
            checkInvariants();
        }
        return Duration.ofNanos(time.nanoTime() - start);
    }

    /**
     * Runs for a time without interfering, and then looks whether the network has settled.
     *
     * @throws SimulationException if something is wrong with it, see {@link Settled}
     */
    public void settle(Duration quietTime) {
        runFor(quietTime);
        List<String> complaints = Settled.complaints(network);
        if (!complaints.isEmpty()) {
            throw failure("after " + quietTime + " without interference: " + String.join("; ", complaints));
        }
    }

    private void onOccurrence(Occurrence occurrence) {
        occurred.add(occurrence);
        boolean packet = occurrence instanceof Occurrence.Advertised
                || occurrence instanceof Occurrence.Announced
                || occurrence instanceof Occurrence.SuspiciousPacket;
        if (!packet || tracesPackets) {
            trace.add(new TraceEntry(elapsed(), occurrence));
            if (trace.size() > TRACE_LIMIT) {
                trace.remove();
            }
        }
    }

    private void checkInvariants() {
        if (occurred.isEmpty()) {
            return;
        }
        for (Invariant invariant : invariants) {
            Optional<String> violation = invariant.violation(network, occurred);
            if (violation.isPresent()) {
                throw failure("violated: " + invariant.sentence() + ": " + violation.get());
            }
        }
        occurred.clear();
    }

    SimulationException failure(String what) {
        String story = trace.stream()
                .skip(Math.max(0, trace.size() - LINES_SHOWN))
                .map(TraceEntry::toString)
                .collect(Collectors.joining("\n"));
        return new SimulationException("seed " + seed + ", at " + elapsed() + ": " + what + "\n" + story);
    }
}
