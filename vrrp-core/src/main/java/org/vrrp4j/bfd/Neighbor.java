package org.vrrp4j.bfd;

import java.util.OptionalLong;
import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdState;

/** What the neighbour has said last (RFC 5880, 6.8.1), and when it has been silent for too long. */
final class Neighbor {
    private static final long NANOS_PER_MICRO = 1000;

    private BfdState state = BfdState.DOWN;
    private BfdDiagnostic diagnostic = BfdDiagnostic.NONE;
    private int discriminator;
    private boolean demand;
    private int multiplier;
    private long desiredMinTxNanos;
    private long requiredMinRxNanos = NANOS_PER_MICRO;
    private long heardNanos;

    void onHeard(long now, ControlPacket packet) {
        state = packet.state();
        diagnostic = packet.diagnostic();
        discriminator = packet.myDiscriminator();
        demand = packet.demand();
        multiplier = packet.detectMultiplier();
        desiredMinTxNanos = packet.desiredMinTxMicros() * NANOS_PER_MICRO;
        requiredMinRxNanos = packet.requiredMinRxMicros() * NANOS_PER_MICRO;
        heardNanos = now;
    }

    /** It has been silent for the detection time: what it said counts no more. */
    void onSilent() {
        state = BfdState.DOWN;
        diagnostic = BfdDiagnostic.NONE;
        discriminator = 0;
        demand = false;
        requiredMinRxNanos = NANOS_PER_MICRO;
    }

    boolean isHeard() {
        return discriminator != 0;
    }

    BfdState state() {
        return state;
    }

    BfdDiagnostic diagnostic() {
        return diagnostic;
    }

    int discriminator() {
        return discriminator;
    }

    boolean demand() {
        return demand;
    }

    /** How often it can take packets; 0 for not periodically. */
    long requiredMinRxNanos() {
        return requiredMinRxNanos;
    }

    /** How long it may be silent if we can take packets that often; 0 if it is not heard (RFC 5880, 6.8.4). */
    long detectionNanos(long ourRequiredMinRxNanos) {
        return isHeard() ? multiplier * Math.max(ourRequiredMinRxNanos, desiredMinTxNanos) : 0;
    }

    /** When it has been silent for too long. */
    OptionalLong silentNanos(long ourRequiredMinRxNanos) {
        return isHeard() ? OptionalLong.of(heardNanos + detectionNanos(ourRequiredMinRxNanos)) : OptionalLong.empty();
    }
}
