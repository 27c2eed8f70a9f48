package org.vrrp4j.bfd;

import java.util.Objects;
import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdState;

/**
 * A BFD control packet without authentication (RFC 5880, 4.1). Intervals are in microseconds, 0 to 4294967295.
 *
 * @param diagnostic why the sender's session was last changed
 * @param state the state of the sender's session
 * @param poll whether the sender wants an answer with {@code isFinal}
 * @param isFinal whether it answers a poll
 * @param controlPlaneIndependent whether the sender's session outlives its control plane
 * @param demand whether the sender wants no periodic packets while both are Up
 * @param detectMultiplier after how many missing packets of the sender's the receiver gives up, 1 to 255
 * @param myDiscriminator what the sender calls the session, not 0
 * @param yourDiscriminator what the receiver calls the session, as far as the sender knows; 0 if it does not
 * @param desiredMinTxMicros how often the sender wants to send
 * @param requiredMinRxMicros how often the receiver may send; 0 for not periodically
 * @param requiredMinEchoRxMicros how often the receiver may send echo packets; 0 for never
 */
public record ControlPacket(
        BfdDiagnostic diagnostic,
        BfdState state,
        boolean poll,
        boolean isFinal,
        boolean controlPlaneIndependent,
        boolean demand,
        int detectMultiplier,
        int myDiscriminator,
        int yourDiscriminator,
        long desiredMinTxMicros,
        long requiredMinRxMicros,
        long requiredMinEchoRxMicros)
        implements DecodedControl {
    private static final long MAX_MICROS = 0xffff_ffffL;
    private static final int MAX_MULTIPLIER = 255;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public ControlPacket {
        Objects.requireNonNull(diagnostic, "diagnostic");
        Objects.requireNonNull(state, "state");
        if (detectMultiplier < 1 || detectMultiplier > MAX_MULTIPLIER) {
            throw new IllegalArgumentException(
                    "detectMultiplier must be 1 to " + MAX_MULTIPLIER + ": detectMultiplier=" + detectMultiplier);
        }
        if (myDiscriminator == 0) {
            throw new IllegalArgumentException("myDiscriminator must not be 0: myDiscriminator=0");
        }
        check("desiredMinTxMicros", desiredMinTxMicros);
        check("requiredMinRxMicros", requiredMinRxMicros);
        check("requiredMinEchoRxMicros", requiredMinEchoRxMicros);
    }

    private static void check(String name, long micros) {
        if (micros < 0 || micros > MAX_MICROS) {
            throw new IllegalArgumentException(name + " must be 0 to " + MAX_MICROS + ": " + name + "=" + micros);
        }
    }

    /** The same with other bits of the poll sequence. */
    ControlPacket with(boolean newPoll, boolean newFinal) {
        return new ControlPacket(
                diagnostic,
                state,
                newPoll,
                newFinal,
                controlPlaneIndependent,
                demand,
                detectMultiplier,
                myDiscriminator,
                yourDiscriminator,
                desiredMinTxMicros,
                requiredMinRxMicros,
                requiredMinEchoRxMicros);
    }
}
