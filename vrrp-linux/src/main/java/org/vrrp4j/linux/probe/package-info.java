/**
 * What routers track on a Linux host (keepalived.conf(5), "vrrp_script", "vrrp_track_process", "track_file",
 * "bfd_instance"): {@link org.vrrp4j.linux.probe.LinuxTrackers} runs scripts in sessions of their own, counts processes
 * as the kernel tells of them or, where it does not, by {@code /proc} and pidfd_open(2), follows files by inotify(7),
 * and has the UDP sockets of BFD. Interfaces are in {@code org.vrrp4j.linux.route}.
 */
package org.vrrp4j.linux.probe;
