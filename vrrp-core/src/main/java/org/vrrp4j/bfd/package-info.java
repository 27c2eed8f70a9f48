/**
 * Bidirectional Forwarding Detection as pure code (RFC 5880; RFC 5881 and RFC 5883 for what a session is between): the
 * control packet with its {@link org.vrrp4j.bfd.ControlPacketCodec codec}, and one session as a state machine, {@link
 * org.vrrp4j.bfd.BfdMachine}, that takes what happens and the time, and answers with what is to be sent and told. No
 * clock, socket, thread or randomness: the runtime has these, and finds the session that a packet belongs to. Neither
 * the echo function nor demand mode of our own is used; a neighbour may use demand mode. Packets with authentication
 * are refused.
 */
package org.vrrp4j.bfd;
