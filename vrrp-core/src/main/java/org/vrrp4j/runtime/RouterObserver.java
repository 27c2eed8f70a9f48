package org.vrrp4j.runtime;

import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;

/** Hears of one virtual router, on the loop's thread; must return at once. */
public interface RouterObserver {
    /** Each change of role, in order. */
    void onRoleChange(RoleChange change);

    /** Each change of the sync group whose first router this one is, in order. */
    default void onGroupChange(GroupChange change) {}

    /** Everything else worth knowing. */
    void onEvent(VrrpEvent event);
}
