package org.vrrp4j.runtime;

import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.spi.Notice;
import org.vrrp4j.spi.Notice.State;
import org.vrrp4j.spi.Notice.Subject;
import org.vrrp4j.spi.Notifier;

/** Translates what becomes of one virtual router into the notices that scripts know, and hands everything on. */
public final class NoticeObserver implements RouterObserver {
    private final Notifier notifier;
    private final RouterObserver next;
    private String name;
    private boolean tellsDeletion;
    private int priority;
    private Role role = Role.INIT;
    private boolean removed;

    /** For one router, as it starts. */
    public NoticeObserver(RouterConfig router, Notifier notifier, RouterObserver next) {
        this.notifier = notifier;
        this.next = next;
        this.priority = router.priority();
        use(router);
    }

    private void use(RouterConfig router) {
        name = router.name();
        tellsDeletion = router.notification().deletion();
    }

    @Override
    public void onConfigured(RouterConfig router) {
        next.onConfigured(router);
        use(router);
    }

    @Override
    public void onRemoved() {
        next.onRemoved();
        removed = true;
    }

    @Override
    public void onRoleChange(RoleChange change) {
        next.onRoleChange(change);
        priority = change.priority();
        Role before = role;
        role = change.to();
        if (!removed) {
            tell(state(role));
        } else if (tellsDeletion) {
            tell(State.DELETED);
        } else if (before != Role.FAULT) {
            // keepalived's word for a router that is taken out
            tell(State.FAULT);
        }
    }

    @Override
    public void onGroupChange(GroupChange change) {
        next.onGroupChange(change);
        notifier.tell(new Notice(Subject.GROUP, change.group(), state(change.to()), 0));
    }

    @Override
    public void onEvent(VrrpEvent event) {
        next.onEvent(event);
        if (event instanceof VrrpEvent.MasterConflict) {
            tell(State.MASTER_RX_LOWER_PRI);
        } else if (event instanceof VrrpEvent.PriorityChanged changed) {
            priority = changed.priority();
            if (role == Role.MASTER || role == Role.BACKUP) {
                tell(role == Role.MASTER ? State.MASTER_PRIORITY : State.BACKUP_PRIORITY);
            }
        }
    }

    private void tell(State state) {
        notifier.tell(new Notice(Subject.INSTANCE, name, state, priority));
    }

    /** The word for a role. */
    public static State state(Role role) {
        return switch (role) {
            case MASTER -> State.MASTER;
            case BACKUP -> State.BACKUP;
            case FAULT -> State.FAULT;
            case INIT -> State.STOP;
            default -> throw new IllegalStateException("unknown role " + role);
        };
    }
}
