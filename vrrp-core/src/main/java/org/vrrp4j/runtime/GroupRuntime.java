package org.vrrp4j.runtime;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;
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
    private final SyncGroupConfig config;
    private final EventLoop loop;
    private final RouterObserver observer;
    private final Map<String, RouterRuntime> routers = new LinkedHashMap<>();
    private final Map<String, MemberState> told = new LinkedHashMap<>();
    private final SyncGroupMachine machine;
    private final Queue<GroupEffect> effects = new ArrayDeque<>();
    private boolean running;
    private boolean stopped;
    private volatile Role role = Role.INIT;

    /** A group of routers that have not been started; the observer hears of its changes. */
    GroupRuntime(SyncGroupConfig config, EventLoop loop, List<RouterRuntime> members, RouterObserver observer) {
        this.config = config;
        this.loop = loop;
        this.observer = observer;
        this.machine = new SyncGroupMachine(config.members());
        for (RouterRuntime router : members) {
            routers.put(router.name(), router);
            told.put(router.name(), MemberState.INITIAL);
        }
    }

    /** What a member follows: its own trackers and the group's; weights only if all members fare alike by them. */
    List<Tracked> followed(RouterConfig member) {
        Map<Tracker, Tracked> followed = new LinkedHashMap<>();
        config.trackers().forEach(tracked -> followed.put(tracked.tracker(), tracked));
        member.trackers().forEach(tracked -> followed.put(tracked.tracker(), tracked));
        boolean owned =
                routers.values().stream().anyMatch(router -> router.config().isOwner());
        followed.values()
                .removeIf(tracked ->
                        (owned || !config.weighted()) && !tracked.weight().isFault());
        return List.copyOf(followed.values());
    }

    boolean has(RouterRuntime router) {
        return routers.containsValue(router);
    }

    /** From now on the routers become master with its permission only. */
    void start() {
        routers.forEach((name, router) -> {
            router.feed(new Input.GroupJoined());
            router.follow(() -> onStepped(name, router.machine()));
        });
    }

    /** The routers end, each for itself; that the group has is told after the last one. */
    void stop() {
        stopped = true;
    }

    /** On any thread. */
    GroupStatus status() {
        return new GroupStatus(config.name(), config.members(), role);
    }

    /** What an effect brings about at a member comes back here before the next effect. */
    private void onStepped(String name, RouterMachine member) {
        MemberState state = new MemberState(
                member.role(),
                member.cause(),
                member.wantsMaster(),
                member.addressesHeld(),
                member.isLeaving(),
                ownFault(member));
        if (state.equals(told.put(name, state))) {
            return;
        }
        machine.onMember(name, state).stream()
                .filter(effect -> !stopped || effect instanceof GroupEffect.TellRole)
                .forEach(effects::add);
        if (running) {
            return;
        }
        running = true;
        try {
            for (GroupEffect next = effects.poll(); next != null; next = effects.poll()) {
                run(next);
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
            routers.get(permit.member()).feed(new Input.GroupPermitted());
        } else if (effect instanceof GroupEffect.GiveUpMaster giveUp) {
            routers.get(giveUp.member())
                    .feed(giveUp.handedOver() ? new Input.HandedOver() : new Input.GroupGaveUp(giveUp.because()));
        } else if (effect instanceof GroupEffect.RaiseFault raise) {
            routers.get(raise.member()).feed(new Input.FaultRaised(Fault.GROUP, raise.detail()));
        } else if (effect instanceof GroupEffect.ClearFault clear) {
            routers.get(clear.member()).feed(new Input.FaultCleared(Fault.GROUP));
        } else if (effect instanceof GroupEffect.TellRole tell) {
            role = tell.to();
            GroupChange change = new GroupChange(config.name(), tell.from(), tell.to(), loop.wallTime());
            observer.onGroupChange(change);
        }
    }
}
