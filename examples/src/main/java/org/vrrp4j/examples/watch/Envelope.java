package org.vrrp4j.examples.watch;

import java.net.InetAddress;
import java.util.OptionalInt;

/**
 * What the IP header says about a message.
 *
 * @param hopLimit the TTL or hop limit; empty if the message came without its IP header
 */
public record Envelope(InetAddress source, InetAddress destination, OptionalInt hopLimit) {}
