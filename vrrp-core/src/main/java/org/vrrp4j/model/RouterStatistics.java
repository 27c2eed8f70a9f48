package org.vrrp4j.model;

import java.util.Map;

/**
 * Counters of a virtual router since it was started.
 *
 * @param advertisementsSent advertisements handed to the kernel
 * @param advertisementsReceived advertisements that passed every check
 * @param becameMaster how often it became MASTER
 * @param releasesSent advertisements of priority 0 sent
 * @param releasesReceived advertisements of priority 0 received
 * @param announcements gratuitous ARP and unsolicited neighbour advertisement frames sent
 * @param sendFailures sends that failed
 * @param stalls stalls noticed
 * @param otherHolderClaims how often another host was heard to say that it has an address of ours while we held it; of
 *     one address and host at most one a second is counted
 * @param checksumForms received VRRPv3 advertisements over IPv4 by form of their checksum
 * @param rejections rejected packets by reason; reasons that never happened are absent
 */
public record RouterStatistics(
        long advertisementsSent,
        long advertisementsReceived,
        long becameMaster,
        long releasesSent,
        long releasesReceived,
        long announcements,
        long sendFailures,
        long stalls,
        long otherHolderClaims,
        Map<ChecksumForm, Long> checksumForms,
        Map<RejectionReason, Long> rejections) {

    /** All rejected packets. */
    public long rejected() {
        return rejections.values().stream().mapToLong(Long::longValue).sum();
    }
}
