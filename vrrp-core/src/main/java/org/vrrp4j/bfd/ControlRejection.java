package org.vrrp4j.bfd;

import org.vrrp4j.model.BfdRejectionReason;

/**
 * A received packet that must not have any effect.
 *
 * @param reason the first check that failed
 * @param detail the value that was found, for log lines; may be empty
 */
public record ControlRejection(BfdRejectionReason reason, String detail) implements DecodedControl {}
