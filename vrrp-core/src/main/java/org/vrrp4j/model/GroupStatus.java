package org.vrrp4j.model;

import java.util.List;

/**
 * A sync group at one moment.
 *
 * @param group its name
 * @param members the names of its routers
 * @param role its role, see {@link GroupChange}
 */
public record GroupStatus(String group, List<String> members, Role role) {}
