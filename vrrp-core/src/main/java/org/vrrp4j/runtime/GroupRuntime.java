package org.vrrp4j.runtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.group.GroupEffect;
import org.vrrp4j.group.MemberState;
import org.vrrp4j.group.SyncGroupMachine;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.GroupStatus;
import org.vrrp4j.model.Role;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.protocol.RouterMachine;
import org.vrrp4j.spi.EventLoop;

/**
 * Runs one {@link SyncGroupMachine}: after each input of a member it is told what has changed, and its effects become
 * inputs of the others. On the loop's thread, but for {@link #status()}.
 */
final class GroupRuntime {
    private volatile SyncGroupConfig config;
    private final EventLoop loop;
    private final BiConsumer<RouterRuntime, GroupChange> observer;
    private final Map<String, RouterRuntime> routers = new LinkedHashMap<>();
    private final Map<String, MemberState> told = new HashMap<>();
    private final SyncGroupMachine machine;
    private final Queue<GroupEffect> effects = new ArrayDeque<>();
    private boolean running;
    private boolean stopped;
    private volatile Role role = Role.INIT;

    /** A group whose routers are still to {@link #join}; the observer hears of its changes, with its first router. */
    GroupRuntime(SyncGroupConfig config, EventLoop loop, BiConsumer<RouterRuntime, GroupChange> observer) {
        this.config = config;
        this.loop = loop;
        this.observer = observer;
        this.machine = new SyncGroupMachine(config.members());
    }

    SyncGroupConfig config() {
        return config;
    }

    boolean has(RouterRuntime router) {
        return routers.containsValue(router);
    }

    /** The members that are there. */
    List<RouterRuntime> routers() {
        return List.copyOf(routers.values());
    }

    /**
     * Goes on with another configuration, and with those of its routers that are among the members by their name.
     *
     * @param named the routers that there are, by their names from now on
     */
    void configure(SyncGroupConfig next, Map<String, RouterRuntime> named) {
        boolean same = next.members().equals(config.members());
        config = next;
        boolean left = routers.entrySet()
                .removeIf(entry ->
                        !next.members().contains(entry.getKey()) || named.get(entry.getKey()) != entry.getValue());
        if (!same || left) {
            told.keySet().retainAll(routers.keySet());
            run(machine.regroup(next.members(), routers.keySet()));
        }
    }

    /** From now on the router becomes master with its permission only. */
    void join(String name, RouterRuntime router) {
        Set<String> kept = Set.copyOf(routers.keySet());
        routers.put(name, router);
        router.feed(new Input.GroupJoined());
        router.follow(() -> onStepped(name, router.machine()));
        run(machine.regroup(config.members(), kept));
        if (router.role() != Role.INIT) {
            onStepped(name, router.machine());
        }
    }

    /** The routers end, each for itself; that the group has is told after the last one. */
    void stop() {
        stopped = true;
    }

    /** On any thread. */
    GroupStatus status() {
        SyncGroupConfig now = config;
        return new GroupStatus(now.name(), now.members(), role);
    }

    /** What an effect brings about at a member comes back here before the next effect. */
    private void onStepped(String name, RouterMachine member) {
        MemberState state = new MemberState(
                member.role(),
                member.cause(),
                member.wantsMaster(),
                member.addressesHeld(),
                member.isLeaving(),
                ownFault(member),
                member.role() == Role.BACKUP
                        && !member.wantsMaster()
                        && member.master().isPresent());
        if (state.equals(told.put(name, state))) {
            return;
        }
        run(machine.onMember(name, state));
    }

    private void run(List<GroupEffect> next) {
        next.stream()
                .filter(effect -> !stopped || effect instanceof GroupEffect.TellRole)
                .forEach(effects::add);
        if (running) {
            return;
        }
        running = true;
        try {
            for (GroupEffect effect = effects.poll(); effect != null; effect = effects.poll()) {
                run(effect);
            }
        } finally {
            running = false;
        }
    }

    private static String ownFault(RouterMachine member) {
        return member.faultDetails().entrySet().stream()
                .filter(fault -> fault.getKey() != Fault.GROUP)
                .findFirst()
                .map(fault ->
                        fault.getKey().cause().text() + (fault.getValue().isEmpty() ? "" : ": " + fault.getValue()))
                .orElse("");
    }

    private void run(GroupEffect effect) {
        if (effect instanceof GroupEffect.PermitMaster permit) {
            feed(permit.member(), new Input.GroupPermitted());
        } else if (effect instanceof GroupEffect.GiveUpMaster giveUp) {
            feed(
                    giveUp.member(),
                    giveUp.handedOver() ? new Input.HandedOver() : new Input.GroupGaveUp(giveUp.because()));
        } else if (effect instanceof GroupEffect.RaiseFault raise) {
            feed(raise.member(), new Input.FaultRaised(Fault.GROUP, raise.detail()));
        } else if (effect instanceof GroupEffect.ClearFault clear) {
            feed(clear.member(), new Input.FaultCleared(Fault.GROUP));
        } else if (effect instanceof GroupEffect.TellRole tell) {
            role = tell.to();
            GroupChange change = new GroupChange(config.name(), tell.from(), tell.to(), loop.wallTime());
            config.members().stream()
                    .map(routers::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(first -> observer.accept(first, change));
        }
    }

    /** One that has not joined yet hears it when it does. */
    private void feed(String member, Input input) {
        RouterRuntime router = routers.get(member);
        if (router != null) {
            router.feed(input);
        }
    }
}
