/**
 * A network that exists only in memory, with the real runtime on its hosts: advertisements are encoded, carried, lost
 * and decoded, addresses are leased and announced, backends are slow and fail, processes crash and stall.
 *
 * <p>{@link org.vrrp4j.sim.Simulation} runs a {@link org.vrrp4j.sim.SimulatedNetwork} in virtual time: hours pass in a
 * second, one seed decides everything that is left to chance, and the same seed gives the same run. It checks an
 * {@link org.vrrp4j.sim.Invariant} after each event; {@link org.vrrp4j.sim.Settled} says what is wrong with a network
 * that has been left in peace. A {@link org.vrrp4j.sim.RandomStory} is a network, its faults and its end from a seed
 * alone, a {@link org.vrrp4j.sim.Scenario} one from a text. {@link org.vrrp4j.sim.SimulatedNetwork#realTime()} gives
 * the same network in real time, on which a {@link org.vrrp4j.spi.TransportProvider} and a {@link
 * org.vrrp4j.spi.PlatformProvider} of a {@link org.vrrp4j.sim.SimulatedHost} let whole nodes run without any right.
 *
 * <p>A network has one {@link org.vrrp4j.sim.SimulatedLan} or several, each with its own
 * {@link org.vrrp4j.sim.LinkConditions}, cuts and partitions; a host has an interface on each of its LANs, {@code eth0}
 * and so on, and a clock of its own, which may drift. Left out: switches, routing between LANs, and ARP requests of
 * clients (a client knows what it was last told).
 */
package org.vrrp4j.sim;
