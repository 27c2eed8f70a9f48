/**
 * Sync groups as pure machines: routers that are master together or not at all (keepalived.conf(5),
 * "vrrp_sync_group"). A {@link org.vrrp4j.group.SyncGroupMachine} hears how each of its routers is, and says what the
 * others must do. No clock, thread or I/O: the runtime carries it there.
 */
package org.vrrp4j.group;
