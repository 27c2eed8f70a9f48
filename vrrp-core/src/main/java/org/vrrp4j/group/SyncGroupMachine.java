package org.vrrp4j.group;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;

/**
 * One sync group.
 *
 * <ul>
 *   <li>It lets its routers become master when all of them want to, or are it: each waits for its own link until no
 *       better master is heard there.
 *   <li>One that becomes backup brings all others with it; without priority 0, as the peer that was better there is
 *       master of all by its own group. A hand-over of one is a hand-over of all.
 *   <li>One that is in FAULT brings all others there, which tell their peers with priority 0; they recover with it.
 *   <li>Its own role is MASTER when all are master with their addresses, FAULT when one is, and else BACKUP. It changes
 *       when those of its routers have been told.
 * </ul>
 *
 * <p>Not safe for several threads.
 */
public final class SyncGroupMachine {
    private final Map<String, MemberState> members = new LinkedHashMap<>();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final List<GroupEffect> effects = new ArrayList<>();
    private Role role = Role.INIT;

    /**
     * A group whose routers have not been started.
     *
     * @param names the names of its routers
     */
    public SyncGroupMachine(List<String> names) {
        names.forEach(name -> members.put(name, MemberState.INITIAL));
        names.forEach(name -> faults.put(name, ""));
    }

    /**
     * Hears how a router is.
     *
     * @param name the router's name
     * @param state how it is now
     * @return what is to be done, in this order
     */
    public List<GroupEffect> onMember(String name, MemberState state) {
        MemberState before = members.put(name, state);
        effects.clear();
        if (before.is(Role.MASTER) && state.is(Role.BACKUP)) {
            leaveTogether(name, state.cause());
        }
        faultTogether();
        if (all(member -> member.is(Role.MASTER) || member.wantsMaster())) {
            members.forEach((member, other) -> {
                if (other.wantsMaster()) {
                    effects.add(new GroupEffect.PermitMaster(member));
                }
            });
        }
        if (effects.stream().noneMatch(this::takesMasterAway)) {
            tellRole();
        }
        return List.copyOf(effects);
    }

    /** Whether there is more to hear of a router because of this. */
    private boolean takesMasterAway(GroupEffect effect) {
        return effect instanceof GroupEffect.GiveUpMaster
                || effect instanceof GroupEffect.RaiseFault fault
                        && members.get(fault.member()).is(Role.MASTER);
    }

    /** The role of the group. */
    public Role role() {
        return role;
    }

    private void leaveTogether(String name, Cause cause) {
        members.forEach((member, other) -> {
            if (other.is(Role.MASTER)) {
                effects.add(new GroupEffect.GiveUpMaster(member, name, cause == Cause.HANDED_OVER));
            }
        });
    }

    private void faultTogether() {
        faults.replaceAll((name, told) -> {
            String fault = faultOfAnother(name);
            if (!fault.equals(told)) {
                effects.add(
                        fault.isEmpty() ? new GroupEffect.ClearFault(name) : new GroupEffect.RaiseFault(name, fault));
            }
            return fault;
        });
    }

    private String faultOfAnother(String name) {
        return members.entrySet().stream()
                .filter(other -> !other.getKey().equals(name))
                .filter(other -> !other.getValue().fault().isEmpty())
                .findFirst()
                .map(other -> other.getKey() + ": " + other.getValue().fault())
                .orElse("");
    }

    /** A master whose address is being put back stays one; a router that has not been started says nothing yet. */
    private void tellRole() {
        Role next = role;
        if (any(MemberState::leaving)) {
            return;
        }
        if (any(member -> member.is(Role.FAULT))) {
            next = Role.FAULT;
        } else if (all(member -> member.is(Role.INIT))) {
            next = Role.INIT;
        } else if (all(member -> member.is(Role.MASTER))) {
            next = all(MemberState::holdsAddresses) ? Role.MASTER : role;
        } else if (!any(member -> member.is(Role.INIT))) {
            next = Role.BACKUP;
        }
        if (next != role) {
            effects.add(new GroupEffect.TellRole(role, next));
            role = next;
        }
    }

    private boolean all(Predicate<MemberState> condition) {
        return members.values().stream().allMatch(condition);
    }

    private boolean any(Predicate<MemberState> condition) {
        return members.values().stream().anyMatch(condition);
    }
}
