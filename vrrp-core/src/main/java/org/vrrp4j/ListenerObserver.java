package org.vrrp4j;

import java.util.List;
import java.util.function.Consumer;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.runtime.ListenerQueue;
import org.vrrp4j.runtime.RouterObserver;

/** Passes on what is heard of a router to its listeners, off the loop. */
record ListenerObserver(
        List<VrrpListener> listeners, ListenerQueue queue, Runnable onRoleChanged, Consumer<ListenerQueue> retired)
        implements RouterObserver {
    @Override
    public void onRemoved() {
        retired.accept(queue);
    }

    @Override
    public void onRoleChange(RoleChange change) {
        onRoleChanged.run();
        tell(listener -> listener.onRoleChange(change));
    }

    @Override
    public void onGroupChange(GroupChange change) {
        tell(listener -> listener.onGroupChange(change));
    }

    @Override
    public void onEvent(VrrpEvent event) {
        tell(listener -> listener.onEvent(event));
    }

    private void tell(Consumer<VrrpListener> call) {
        listeners.forEach(listener -> queue.add(() -> call.accept(listener)));
    }
}
