/**
 * Runs the pure machines: feeds them packets, time and news of the host on one event loop, runs their effects through
 * the SPIs, counts, logs, and hands changes to listeners off the loop. {@link org.vrrp4j.runtime.NodeRuntime} is a
 * node, {@link org.vrrp4j.runtime.RouterRuntime} one virtual router, {@link org.vrrp4j.runtime.InterfacePort} what the
 * routers of an interface share, {@link org.vrrp4j.runtime.NodeReload} the way from one configuration to another,
 * {@link org.vrrp4j.runtime.Journal} what a router was told lately. Decisions are made in the machines, and no socket
 * or file is touched here. Not exported: the front door and the simulator are the users.
 */
package org.vrrp4j.runtime;
