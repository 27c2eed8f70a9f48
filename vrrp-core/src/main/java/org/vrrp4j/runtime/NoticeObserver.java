package org.vrrp4j.runtime;

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
    private final String name;
    private final Notifier notifier;
    private final RouterObserver next;
    private int priority;

    /**
     * For one router.
     *
     * @param priority the one it starts with
     */
    public NoticeObserver(String name, int priority, Notifier notifier, RouterObserver next) {
        this.name = name;
        this.priority = priority;
        this.notifier = notifier;
        this.next = next;
    }

    @Override
    public void onRoleChange(RoleChange change) {
        next.onRoleChange(change);
        priority = change.priority();
        tell(state(change.to()));
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
        }
    }

    private void tell(State state) {
        notifier.tell(new Notice(Subject.INSTANCE, name, state, priority));
    }

    private static State state(Role role) {
        return switch (role) {
            case MASTER -> State.MASTER;
            case BACKUP -> State.BACKUP;
            case FAULT -> State.FAULT;
            case INIT -> State.STOP;
            default -> throw new IllegalStateException("unknown role " + role);
        };
    }
}
