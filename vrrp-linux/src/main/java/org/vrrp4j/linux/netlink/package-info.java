/**
 * Netlink (netlink(7), RFC 3549) in three layers, of which this package is the lower two: messages and attributes as
 * bytes, and a conversation with the kernel. Verbs (add an address) are in {@code org.vrrp4j.linux.route}.
 *
 * <ul>
 *   <li>{@link org.vrrp4j.linux.netlink.NetlinkMessage}, {@link org.vrrp4j.linux.netlink.AttributeWriter}, {@link
 *       org.vrrp4j.linux.netlink.AttributeReader}: bytes, in the byte order of the host;
 *   <li>{@link org.vrrp4j.linux.netlink.NetlinkClient}: request and answer, dumps, the kernel's error texts;
 *   <li>{@link org.vrrp4j.linux.netlink.NetlinkChannel}: whole messages to and from the kernel, by a {@link
 *       org.vrrp4j.linux.netlink.NetlinkSocket} or, in tests, a {@link org.vrrp4j.linux.netlink.NetlinkScript};
 *   <li>{@link org.vrrp4j.linux.netlink.ProcessEvents}: what the kernel tells of processes, which is no request and
 *       answer.
 * </ul>
 */
package org.vrrp4j.linux.netlink;
