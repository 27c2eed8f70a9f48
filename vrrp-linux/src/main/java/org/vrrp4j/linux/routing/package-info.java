/**
 * Virtual routes and rules by rtnetlink(7): what {@code ip route} and {@code ip rule} do, without running them. A
 * {@link org.vrrp4j.linux.routing.RoutingAddressBackend} puts them in place behind the addresses of a claim and takes
 * them away before these.
 *
 * <p><b>Whose they are.</b> Ours have the tag 112 ({@code ip route show proto 112}, {@code ip rule show protocol 112});
 * keepalived has 18. Nothing else is ever changed, replaced or deleted: a route that is there already, of the same
 * destination, table, TOS and metric, is an error that names it. A route or rule with a {@code protocol} of its own is
 * not watched ({@code no_track}), and what a killed process leaves of it cannot be told from somebody else's.
 *
 * <p><b>What a dead process leaves.</b> A route of IPv4 and a rule have no lifetime. The guard ({@link
 * org.vrrp4j.linux.guard}) removes them at once, like the addresses; without it they stay until the next start on this
 * host, which knows them by their tag and because no living node has charge of them. The kernel itself takes away
 * routes with {@code src ADDRESS} in the main table when the address goes with its lease, and all routes of an
 * interface that goes.
 *
 * <p><b>Loss.</b> The kernel tells of a route or rule that somebody deletes. It does not tell of IPv4 routes that go as
 * an interface goes down or as their source address goes; so after each change of interfaces and addresses, and after
 * lost messages, each is put in place once more, which fails if it is there: some microseconds, however large the
 * routing tables are.
 */
package org.vrrp4j.linux.routing;
