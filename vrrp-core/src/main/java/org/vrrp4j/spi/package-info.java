/**
 * The seams to the world: what a node needs from its surroundings, each as a small interface that a user can write.
 *
 * <ul>
 *   <li>{@link org.vrrp4j.spi.EventLoop}: the one thread and the clock of a node;
 *   <li>{@link org.vrrp4j.spi.AdvertisementTransport}: sends and receives advertisements;
 *   <li>{@link org.vrrp4j.spi.AdvertisementQueue}: sends the next advertisements even while the process is paused;
 *   <li>{@link org.vrrp4j.spi.AddressBackend}: puts virtual addresses in place and takes them away;
 *   <li>{@link org.vrrp4j.spi.Announcer}: gratuitous ARP and unsolicited neighbour advertisements;
 *   <li>{@link org.vrrp4j.spi.LinkMonitor}: what happens to the interfaces;
 *   <li>{@link org.vrrp4j.spi.TrackerBackend}: scripts, processes, files, and {@link org.vrrp4j.spi.BfdTransport}: the
 *       packets of BFD sessions;
 *   <li>{@link org.vrrp4j.spi.TransportProvider} and {@link org.vrrp4j.spi.PlatformProvider}: how they are found, by
 *       {@link java.util.ServiceLoader}.
 * </ul>
 *
 * <p>Everything but {@link org.vrrp4j.spi.EventLoop#execute} and the providers is called on the thread of the node's
 * loop and must not block it: an operation that can take longer than a system call completes its stage later.
 * Callbacks are made on that thread too.
 */
package org.vrrp4j.spi;
