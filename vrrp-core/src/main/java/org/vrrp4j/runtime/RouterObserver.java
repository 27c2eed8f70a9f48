package org.vrrp4j.runtime;

import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;

/** Hears of one virtual router, on the loop's thread; must return at once. */
public interface RouterObserver {
    /** It goes by another configuration from now on. */
    default void onConfigured(RouterConfig config) {}

    /** It is taken out of the running node: the change of its role to INIT is the last that is told. */
    default void onRemoved() {}

    /** Each change of role, in order. */
    void onRoleChange(RoleChange change);

    /** Each change of the sync group whose first router this one is, in order. */
    default void onGroupChange(GroupChange change) {}

    /** Everything else worth knowing. */
    void onEvent(VrrpEvent event);
}
