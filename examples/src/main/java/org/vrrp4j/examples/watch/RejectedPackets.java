package org.vrrp4j.examples.watch;

/**
 * Packets that routers ignore, from one sender for one reason.
 *
 * @param router whom they were meant for, such as {@code eth0 vrid 51 IPv4}
 * @param sender the source address, or a question mark
 * @param reason the reason in words
 * @param detail what was found in the last one; may be empty
 * @param count how many
 */
public record RejectedPackets(String router, String sender, String reason, String detail, long count) {

    /** The same with one more. */
    RejectedPackets andOne(String newDetail) {
        return new RejectedPackets(router, sender, reason, newDetail, count + 1);
    }
}
