/**
 * Whether VRRP would work on this host: the checks behind {@code vrrp doctor}, for applications that want to ask before
 * they start.
 *
 * <p>{@link org.vrrp4j.linux.doctor.Doctor} examines, {@link org.vrrp4j.linux.doctor.Finding} is one thing that it
 * found, {@link org.vrrp4j.linux.doctor.Diagnosis} is all of them. What the host says of itself (rules of a firewall,
 * sysctl settings) is read as a hint; what can be proved is tried:
 *
 * <ul>
 *   <li>that a packet of protocol 112 passes this host's firewall, by one that never leaves the host;
 *   <li>that packets of other routers do, by comparing what the interface receives with what a raw socket is given;
 *   <li>that this process may change addresses, by a request that the kernel can only refuse;
 *   <li>that a virtual address is free, by an ARP probe (RFC 5227, 2.1.1) or a neighbour solicitation (RFC 4861,
 *       7.2.2).
 * </ul>
 *
 * <p>Nothing on the host is changed. The settings are those of proc(5), ip-sysctl in the kernel's documentation,
 * nft(8) and libnftables-json(5), iptables-save(8), capabilities(7) and cgroups(7).
 */
package org.vrrp4j.linux.doctor;
