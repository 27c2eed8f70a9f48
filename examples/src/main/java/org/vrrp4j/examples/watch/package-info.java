/**
 * What is on the wire: {@code vrrp decode} and {@code vrrp watch} without their options and exit codes, which are in
 * {@code cli}.
 *
 * <ul>
 *   <li>{@link org.vrrp4j.examples.watch.CaptureFile} and {@link org.vrrp4j.examples.watch.HexLines} read records,
 *       {@link org.vrrp4j.examples.watch.FrameReader} finds the VRRP packet in one;
 *   <li>{@link org.vrrp4j.examples.watch.ObservedPacket} is what came of it, {@link
 *       org.vrrp4j.examples.watch.PacketText} and {@link org.vrrp4j.examples.watch.PacketJson} show it;
 *   <li>{@link org.vrrp4j.examples.watch.WireView} makes a table of virtual routers of many packets and their times,
 *     and {@link org.vrrp4j.examples.watch.WireTable} shows that.
 * </ul>
 *
 * <p>Whether a packet is good is decided where a running router decides it, in {@code
 * org.vrrp4j.packet.AdvertisementCodec}. Nothing here has a clock or a socket.
 */
package org.vrrp4j.examples.watch;
