package org.vrrp4j;

import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;

/**
 * Hears what becomes of a virtual router.
 *
 * <p>Calls for one router come in order and one at a time, on the node's listener executor, never on its event loop: a
 * listener may take its time, and an advertisement is not late for it, but the next call waits. What it throws is
 * logged. Each change's {@code from} is the {@code to} of the one before; leaving MASTER is always told if becoming
 * MASTER was, also when the node is closed.
 */
@FunctionalInterface
public interface VrrpListener {

    /**
     * The router has another role. When the role is MASTER the addresses are in place; when it was MASTER they are
     * gone, unless the backend was slow or failed, see {@link RoleChange}.
     */
    void onRoleChange(RoleChange change);

    /**
     * A sync group has another role. Told to the listeners of its first router and of the node; each router's own
     * change is told too, in its own order. Default: nothing; the node has logged it.
     */
    default void onGroupChange(GroupChange change) {}

    /** Something worth knowing that is no change of role. Default: nothing; the node has logged it. */
    default void onEvent(VrrpEvent event) {}
}
