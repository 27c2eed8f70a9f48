package org.vrrp4j.packet;

import org.vrrp4j.model.RejectionReason;

/**
 * A received packet that must not have any effect.
 *
 * @param reason the first check that failed
 * @param detail found and expected values, for log lines; may be empty
 */
public record PacketRejection(RejectionReason reason, String detail) implements Decoded {}
