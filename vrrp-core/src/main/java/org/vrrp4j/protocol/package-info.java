/**
 * The virtual router as a pure machine: an {@link org.vrrp4j.protocol.Input} and the time go in, a list of
 * {@link org.vrrp4j.protocol.Effect} comes out. {@link org.vrrp4j.protocol.RouterMachine} is the state machine of RFC
 * 9568, 6.4, and RFC 3768, 6.4, with a FAULT role; it owns its deadlines ({@link org.vrrp4j.protocol.Timers}) and
 * tells only the nearest. {@link org.vrrp4j.protocol.Transitions} decides what an input does; what it asks, such as
 * {@link org.vrrp4j.protocol.Backup} and {@link org.vrrp4j.protocol.Mastership}, never calls it back. There is no
 * clock, thread, socket, log or randomness here, so that the same inputs always give the same effects.
 */
package org.vrrp4j.protocol;
