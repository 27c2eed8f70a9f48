/**
 * Real hosts on one machine, for tests, demonstrations and measurements: each host is a Linux network namespace with
 * its own interfaces, addresses, routes and processes, joined by switches that can be cut.
 *
 * <ul>
 *   <li>{@link org.vrrp4j.linux.lab.Lab}: opens and closes the whole, makes switches and hosts, cuts them off;
 *   <li>{@link org.vrrp4j.linux.lab.LabHost}: runs commands, loses its link, asks who answers for an address;
 *   <li>{@link org.vrrp4j.linux.lab.LabProcess}: a running command, its output with arrival times, signals;
 *   <li>{@link org.vrrp4j.linux.lab.AddressWatch}: which host held which address when, from the kernel's events;
 *   <li>{@link org.vrrp4j.linux.lab.KeepalivedPeer}: a real keepalived on a host.
 * </ul>
 *
 * <p>Needed are {@code ip} of iproute2, {@code unshare} and {@code nsenter} of util-linux and {@code sh}; root, or user
 * namespaces for plain users. {@code tcpdump} and {@code keepalived} only for the methods that name them.
 *
 * <p>Nothing outlives the JVM that opened a lab, however it ends: all processes live in a process namespace whose first
 * process waits for the end of a pipe from this JVM, and the kernel ends the rest with it (pid_namespaces(7)). The
 * machine's own interfaces, addresses and mounts are never touched.
 *
 * <p>Not inside: delay, loss and reordering of packets, and anything of the rest of this library; the lab knows
 * processes, not routers. Sources: network_namespaces(7), user_namespaces(7), ip-netns(8), ip-monitor(8), bridge(8).
 */
package org.vrrp4j.linux.lab;
