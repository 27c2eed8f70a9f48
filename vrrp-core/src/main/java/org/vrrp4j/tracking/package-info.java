/**
 * What routers track, as pure machines: a {@link org.vrrp4j.tracking.TrackerMachine} for each thing, which takes what
 * was seen of it and says when to look and how it is; and {@link org.vrrp4j.tracking.Standing}, what all that a router
 * follows makes of it: out of the election, or another priority (keepalived.conf(5), "vrrp_script", "track_file",
 * "vrrp_track_process", "bfd_instance"). No clock, thread, process or file: the runtime has these.
 */
package org.vrrp4j.tracking;
