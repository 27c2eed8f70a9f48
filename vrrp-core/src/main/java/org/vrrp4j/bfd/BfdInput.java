package org.vrrp4j.bfd;

import org.vrrp4j.config.BfdTimers;

/** Everything that can happen to a session. Inputs that mean nothing now change nothing. */
public sealed interface BfdInput {

    /** The session is wanted from now on. */
    record Started() implements BfdInput {}

    /** The session is not wanted any more: the neighbour is told so. */
    record Stopped() implements BfdInput {}

    /** A deadline may have come. Too early a call changes nothing. */
    record TimePassed() implements BfdInput {}

    /**
     * A packet has come that belongs to this session: by its Your Discriminator, or where that is 0 by its sender.
     *
     * @param packet the packet
     */
    record PacketHeard(ControlPacket packet) implements BfdInput {}

    /**
     * The session goes by other values from now on, which the neighbour is told.
     *
     * @param timers how often packets come
     * @param passive whether nothing is sent while the neighbour is not heard
     */
    record Configured(BfdTimers timers, boolean passive) implements BfdInput {}
}
