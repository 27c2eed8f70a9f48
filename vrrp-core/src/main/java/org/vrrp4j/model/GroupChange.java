package org.vrrp4j.model;

import java.time.Instant;

/**
 * A sync group has another role. It is MASTER when all its routers are and have their addresses, FAULT when one of them
 * is, and else BACKUP.
 *
 * @param group its name
 * @param from the role told before, INIT at first
 * @param to its role now
 * @param time when, by the wall clock of this host
 */
public record GroupChange(String group, Role from, Role to, Instant time) {}
