/**
 * Notify scripts and pipes on a Linux host (keepalived.conf(5), "notify", "notify_fifo"):
 * {@link org.vrrp4j.linux.notify.LinuxNotifier}. The scripts of one router run one after the other, those of different
 * ones at the same time; a pipe has its lines in the order of the changes, and does not wait for scripts. Nothing here
 * is on the loop.
 */
package org.vrrp4j.linux.notify;
