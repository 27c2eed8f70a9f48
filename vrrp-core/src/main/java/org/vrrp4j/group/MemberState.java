package org.vrrp4j.group;

import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;

/**
 * How a router of a group is.
 *
 * @param role its role
 * @param cause why it has that role
 * @param wantsMaster whether it is BACKUP, and would be MASTER but for its group
 * @param holdsAddresses whether its addresses are in place
 * @param leaving whether it was MASTER and its addresses are still being given up, so that nobody has been told
 * @param fault what keeps it in FAULT by itself, and not for the sake of the group; empty if nothing does
 */
public record MemberState(
        Role role, Cause cause, boolean wantsMaster, boolean holdsAddresses, boolean leaving, String fault) {
    /** Of a router that has not been started. */
    public static final MemberState INITIAL = new MemberState(Role.INIT, Cause.SHUTDOWN, false, false, false, "");

    boolean is(Role candidate) {
        return role == candidate;
    }
}
