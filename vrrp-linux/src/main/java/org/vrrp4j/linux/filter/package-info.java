/**
 * Addresses that do not accept packets (Accept_Mode false, RFC 9568, 6.1 and 6.4.3): a table of nftables for each
 * virtual router, {@code nft list table inet vrrp4j-eth0/51}, drops what is sent to them on its way into this host.
 * What is exempt: neighbour solicitations and advertisements (ICMPv6 135 and 136); ARP does not come by. Forwarded
 * packets and those that this host sends do not come by either, so that it can send redirects from a virtual address
 * (RFC 9568, 8.1.1). A link-local address counts on its interface only.
 *
 * <p><b>By netlink, not by {@code nft}.</b> A table is put and replaced in one batch, all or none, within the call that
 * acquires the addresses: on a busy machine of two processors 0.3 ms more for one address, 1.3 ms for 250, where
 * running {@code nft} took 9 ms in the median, needs that program, and rights that started programs have only if they
 * are ambient. nf_tables must be in the kernel, and CAP_NET_ADMIN is enough, in a user namespace too.
 *
 * <p><b>What a dead process leaves</b> is its table, as long as its addresses may still be there; it drops what nobody
 * has. The next start of a node on this host removes it, if nobody alive has charge of that router. Somebody else who
 * deletes it or what is in it, as by {@code nft flush ruleset}, is told in the log, and it is put back.
 */
package org.vrrp4j.linux.filter;
