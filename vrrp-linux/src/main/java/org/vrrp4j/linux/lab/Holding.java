package org.vrrp4j.linux.lab;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which a host held an address.
 *
 * @param host the host's name
 * @param address the address with its prefix length
 * @param from when it was added; for what was there before, when the watch began
 * @param until when it was deleted; empty if it is still there
 */
public record Holding(String host, String address, Instant from, Optional<Instant> until) {}
