/**
 * Virtual MAC addresses (RFC 9568, 7.3): for a router that is to have one, an interface of kind macvlan on that of the
 * router, with the virtual MAC address, which holds the virtual addresses.
 *
 * <ul>
 *   <li>{@link org.vrrp4j.linux.macvlan.VirtualMacAddressBackend}: an address backend that makes these interfaces, has
 *       them up while their addresses are held and only then, and removes them.
 * </ul>
 *
 * <p><b>Why only then.</b> A backup must not take what is sent to the virtual MAC address (RFC 9568, 6.4.2), and must
 * send nothing from it, not even the kernel's own multicast reports: a switch would learn that the address is there.
 *
 * <p><b>Mode.</b> An interface has the mode {@code vepa}, not {@code private}. Two masters have the same MAC address: a
 * multicast packet that seems to come from a private macvlan of this host is not given to the interface below, and so
 * no master would ever hear of the other (seen with Linux 6.18).
 *
 * <p><b>Settings</b> of the macvlan: arp_ignore 1, arp_announce 2, rp_filter 2 (questions come by it, and answers go by
 * the interface below), promote_secondaries 1; without IPv6 addresses disable_ipv6 1, with some accept_ra 0 and no
 * link-local address of the kernel's (addr_gen_mode none), so that no identifier is made of the virtual MAC address
 * (RFC 9568, 7.4). Of the interface below, while there is one with IPv4 addresses: arp_ignore 1, so that it does not
 * answer for the virtual addresses with its own MAC address, and arp_announce 2, so that it does not ask for others in
 * their name. arp_filter is left alone, and no settings of all interfaces are touched. What was set before is in the
 * alias of the macvlan and is restored when the last one goes, by the next process if this one dies.
 *
 * <p>Not here: advertisements from the virtual MAC address ({@link org.vrrp4j.linux.socket.RawSocket#sendFrom}).
 */
package org.vrrp4j.linux.macvlan;
