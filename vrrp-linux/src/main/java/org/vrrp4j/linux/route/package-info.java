/**
 * Interfaces and addresses of this host through rtnetlink (rtnetlink(7)).
 *
 * <ul>
 *   <li>{@link org.vrrp4j.linux.route.AddressMessage}, {@link org.vrrp4j.linux.route.LinkMessage}: the messages;
 *   <li>{@link org.vrrp4j.linux.route.InterfaceTable}: what is there, kept up to date by a {@link
 *       org.vrrp4j.linux.route.RouteFeed};
 *   <li>{@link org.vrrp4j.linux.route.RouteAddressBackend}: puts virtual addresses in place, leased;
 *   <li>{@link org.vrrp4j.linux.route.Charges}: which living node of ours on this host has charge of which of them;
 *   <li>{@link org.vrrp4j.linux.route.RouteLinkMonitor}: tells routers about their interfaces.
 * </ul>
 *
 * <p>Nothing here polls: the kernel tells of each change. Not here: routes and rules.
 */
package org.vrrp4j.linux.route;
