package org.vrrp4j.examples.demo;

import java.time.Instant;

/** A time in which a host had the address; {@code until} is the end of the story if it has it still. */
record Holding(String host, Instant from, Instant until) {}
