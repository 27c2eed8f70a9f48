package org.vrrp4j.model;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A BFD session at one moment.
 *
 * @param name its configured name
 * @param neighbor the address of the neighbour
 * @param state its state
 * @param since since when, by the wall clock of this host
 * @param diagnostic why it is in this state
 * @param remoteState the state that the neighbour last reported; {@link BfdState#DOWN} if it is not heard
 * @param remoteDiagnostic why the neighbour's session is in its state
 * @param localDiscriminator what the neighbour calls us, as an unsigned number
 * @param remoteDiscriminator what we call the neighbour, as an unsigned number; 0 if it is not heard
 * @param transmitInterval the longest time between two packets of ours, as both agree; zero while none is sent
 * @param detectionTime after which without a packet the session is down; zero while the neighbour is not heard
 * @param packetsSent how many packets were sent
 * @param packetsReceived how many packets passed every check
 * @param sendFailures how many packets the kernel refused
 * @param timesUp how often the session has come up
 * @param rejections rejected packets of this neighbour, by reason
 */
public record BfdStatus(
        String name,
        InetAddress neighbor,
        BfdState state,
        Instant since,
        BfdDiagnostic diagnostic,
        BfdState remoteState,
        BfdDiagnostic remoteDiagnostic,
        int localDiscriminator,
        int remoteDiscriminator,
        Duration transmitInterval,
        Duration detectionTime,
        long packetsSent,
        long packetsReceived,
        long sendFailures,
        long timesUp,
        Map<BfdRejectionReason, Long> rejections) {

    /** In words, such as {@code bfd gw 192.0.2.1 is Up (neighbour Up, detection time 50 ms)}. */
    public String text() {
        String more = state == BfdState.UP
                ? "neighbour " + remoteState.text() + ", detection time " + detectionTime.toNanos() / 1e6 + " ms"
                : diagnostic.text();
        return "bfd " + name + " " + IpAddresses.text(neighbor) + " is " + state.text() + " (" + more + ")";
    }
}
