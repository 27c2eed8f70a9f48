package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;

/** The role, why it is that, and which role the listener was told last: what is told is a chain. */
final class RoleHistory {
    private final List<Effect> effects;
    private Role role = Role.INIT;
    private Role told = Role.INIT;
    private Cause cause = Cause.SHUTDOWN;
    private String detail = "";

    RoleHistory(List<Effect> effects) {
        this.effects = effects;
    }

    Role role() {
        return role;
    }

    Cause cause() {
        return cause;
    }

    boolean is(Role candidate) {
        return role == candidate;
    }

    /** Whether the router takes part in the election. */
    boolean isElecting() {
        return role == Role.BACKUP || role == Role.MASTER;
    }

    void become(Role to, Cause why, String more) {
        role = to;
        cause = why;
        detail = more;
    }

    void tell(Optional<InetAddress> master) {
        if (told != role) {
            effects.add(new Effect.TellRoleChange(told, role, cause, detail, master));
            told = role;
        }
    }

    void keep(Checkpoint checkpoint) {
        role = checkpoint.constant("role", role);
        told = checkpoint.constant("told", told);
        cause = checkpoint.constant("cause", cause);
        detail = checkpoint.text("detail", detail);
    }
}
