package org.vrrp4j.examples.watch;

import java.time.Instant;
import java.util.Optional;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.Decoded;

/**
 * One packet of IP protocol 112.
 *
 * @param time when it was captured; empty if the file does not tell
 * @param link where it was captured
 * @param envelope its IP header; empty if that is damaged, or was not given
 * @param head the first fields of the message, unchecked; empty if it is too short for them
 * @param decoded the advertisement, or why a router would ignore it
 */
public record ObservedPacket(
        Optional<Instant> time,
        Link link,
        Optional<Envelope> envelope,
        Optional<MessageHead> head,
        IpFamily family,
        Decoded decoded) {}
