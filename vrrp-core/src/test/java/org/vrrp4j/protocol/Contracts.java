package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.Role;

/**
 * What holds for every step of a {@link RouterMachine}, whatever comes in and in whatever order: the contract of
 * {@link Effect}, the table of roles, and that nothing which must have no effect has one.
 */
final class Contracts {
    /** As many as Rivals and OtherHolders remember, and all announcements of a schedule that are due at once. */
    private static final int MAX_EFFECTS = 64 + 64 + 32;

    private static final int SHOWN_INPUTS = 40;

    private final RouterMachine machine;
    private final Deque<Step> lastInputs = new ArrayDeque<>();
    private RouterConfig config;
    private int adjustment;
    private Optional<RouterMachine> twin = Optional.empty();
    private Role told = Role.INIT;
    private boolean acquiring;
    private boolean releasing;
    private boolean changing;
    private boolean held;

    Contracts(RouterConfig config) {
        this.config = config;
        this.machine = new RouterMachine(config);
    }

    RouterMachine machine() {
        return machine;
    }

    RouterConfig config() {
        return config;
    }

    Role told() {
        return told;
    }

    /** The good answer that the machine waits for. */
    Optional<Input> dueAnswer() {
        if (acquiring) {
            return Optional.of(new Input.AddressesAcquired());
        }
        if (changing) {
            return Optional.of(new Input.AddressesChanged());
        }
        return releasing ? Optional.of(new Input.AddressesReleased()) : Optional.empty();
    }

    /** Whether the answer that is due may be a bad one. */
    boolean mayFail() {
        return acquiring || changing;
    }

    /** From now on a second machine, which begins in the state of the first one, must do the same. */
    void duplicate(long now) {
        twin = Optional.of(RouterMachine.inState(config, now, machine.state(now)));
    }

    /** Takes a step and checks it. */
    void step(long now, Input input) {
        note(now, input);
        State before = State.of(machine);
        boolean isDue = before.deadline().isPresent() && before.deadline().getAsLong() - now <= 0;
        boolean counts = counts(input);
        if (input instanceof Input.Reconfigured reconfigured) {
            config = reconfigured.config();
        } else if (input instanceof Input.PriorityAdjusted adjusted) {
            adjustment = adjusted.adjustment();
        }
        List<Effect> effects = machine.step(now, input);
        State after = State.of(machine);

        require(effects.size() <= MAX_EFFECTS, "effects of one step are bounded: ", effects.size());
        checkTransition(before, after);
        checkEffects(before.role() == Role.MASTER || after.role() == Role.MASTER, effects);
        checkOrder(before, after, effects);
        boolean changed = !effects.isEmpty() || !after.equals(before);
        require(counts || !changed, "an answer that is not due has no effect: ", effects);
        if (input instanceof Input.TimePassed) {
            require(isDue || !changed, "too early a call has no effect: ", effects);
            require(
                    after.deadline().isEmpty() || after.deadline().getAsLong() - now > 0,
                    "no deadline is left that has come");
        }
        checkState(after);
        twin.ifPresent(second -> checkTwin(second, now, input, effects));
    }

    /** What is sent, announced and reported may differ. */
    private void checkTwin(RouterMachine second, long now, Input input, List<Effect> effects) {
        List<Effect> found = decisions(second.step(now, input));
        require(found.equals(decisions(effects)), "a machine in the same state does the same: ", found);
        boolean same = second.role() == machine.role()
                && second.cause() == machine.cause()
                && second.addressesHeld() == machine.addressesHeld()
                && second.isLeaving() == machine.isLeaving()
                && second.master().equals(machine.master())
                && second.faults().equals(machine.faults());
        require(same, "a machine in the same state stays in it: ", second.role());
    }

    private static List<Effect> decisions(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.TellRoleChange
                        || effect instanceof Effect.AcquireAddresses
                        || effect instanceof Effect.ChangeAddresses
                        || effect instanceof Effect.ReleaseAddresses
                        || effect instanceof Effect.RejectPacket)
                .toList();
    }

    /** Everything asked for has been answered after the end: nothing is left. */
    void checkEnd() {
        require(machine.isAtRest(), "at rest");
        require(told == Role.INIT, "the end is told: ", told);
        require(machine.cause() == Cause.SHUTDOWN, "stopped: ", machine.cause());
    }

    void require(boolean holds, String what) {
        require(holds, what, "");
    }

    void require(boolean holds, String what, Object found) {
        if (!holds) {
            throw new AssertionError(what + found + "\nof " + config + " in " + machine.role() + ", last inputs:\n"
                    + lastInputs.stream().map(Step::toString).collect(Collectors.joining("\n")));
        }
    }

    private void note(long now, Input input) {
        lastInputs.addLast(new Step(now, input));
        if (lastInputs.size() > SHOWN_INPUTS) {
            lastInputs.removeFirst();
        }
    }

    /** Notes an answer; false if it is one that is not due. */
    private boolean counts(Input input) {
        if (input instanceof Input.AddressesAcquired) {
            boolean due = acquiring;
            acquiring = false;
            held |= due;
            return due;
        }
        if (input instanceof Input.AcquireFailed) {
            boolean due = acquiring || changing;
            acquiring = false;
            changing = false;
            held &= !due;
            return due;
        }
        if (input instanceof Input.AddressesChanged) {
            boolean due = changing;
            changing = false;
            return due;
        }
        if (input instanceof Input.AddressesReleased) {
            boolean due = releasing;
            releasing = false;
            return due;
        }
        return true;
    }

    private void checkTransition(State before, State after) {
        TransitionTableTest.Transition transition =
                new TransitionTableTest.Transition(before.role(), after.role(), after.cause());
        require(
                before.role() == after.role() || TransitionTableTest.TABLE.contains(transition),
                "in the table: ",
                transition);
    }

    private void checkEffects(boolean isOrWasMaster, List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.SendAdvertisement send) {
                int priority = send.advertisement().priority();
                require(send.advertisement().isRelease() || isOrWasMaster, "only a master advertises");
                require(
                        send.advertisement().isRelease()
                                || priority == Priority.adjusted(config.priority(), adjustment),
                        "with its priority: ",
                        priority);
            } else if (effect instanceof Effect.AcquireAddresses) {
                require(dueAnswer().isEmpty(), "one request at a time");
                require(machine.role() == Role.MASTER, "only a master acquires");
                acquiring = true;
                held = false;
            } else if (effect instanceof Effect.ReleaseAddresses) {
                require(dueAnswer().isEmpty(), "one request at a time");
                require(held, "only what is held is released");
                releasing = true;
                held = false;
            } else if (effect instanceof Effect.ChangeAddresses) {
                require(dueAnswer().isEmpty(), "one request at a time");
                changing = true;
            } else if (effect instanceof Effect.Announce
                    || effect instanceof Effect.AnnounceNext
                    || effect instanceof Effect.AnnounceInterfaces
                    || effect instanceof Effect.RenewAddresses) {
                require(held && isOrWasMaster, "only what is held: ", effect);
            } else if (effect instanceof Effect.TellRoleChange change) {
                checkTold(change);
            }
        }
    }

    private void checkTold(Effect.TellRoleChange change) {
        require(change.from() == told, "a chain: ", change);
        require(change.to() != told, "a change: ", change);
        require(change.to() != Role.MASTER || held, "master only with its addresses: ", change);
        require(told != Role.MASTER || !held || changing, "no master any more only without its addresses: ", change);
        told = change.to();
    }

    /** Where in the list the kinds of effect stand whose order is a contract; -1 if they do not. */
    private void checkOrder(State before, State after, List<Effect> effects) {
        int advertised = -1;
        int acquired = -1;
        int released = -1;
        int toldMaster = effects.size();
        int toldOther = effects.size();
        for (int i = 0; i < effects.size(); i++) {
            Effect effect = effects.get(i);
            if (effect instanceof Effect.SendAdvertisement send
                    && send.advertisement().isRelease()) {
                require(released < i, "release, then advertise priority 0");
                require(i < toldOther, "advertise priority 0, then tell");
            } else if (effect instanceof Effect.SendAdvertisement) {
                advertised = advertised < 0 ? i : advertised;
            } else if (effect instanceof Effect.AcquireAddresses) {
                acquired = i;
            } else if (effect instanceof Effect.ReleaseAddresses) {
                released = i;
                require(i < toldOther, "release, then tell");
            } else if (effect instanceof Effect.Announce) {
                require(i < toldMaster, "announce, then tell");
            } else if (effect instanceof Effect.RejectPacket) {
                require(effects.size() == 1 && after.equals(before), "a rejected packet changes nothing");
            } else if (effect instanceof Effect.TellRoleChange change) {
                toldMaster = change.to() == Role.MASTER ? i : toldMaster;
                toldOther = change.from() == Role.MASTER ? i : toldOther;
            }
        }
        boolean becameMaster = before.role() != Role.MASTER && after.role() == Role.MASTER;
        require(!becameMaster || advertised >= 0, "a new master advertises");
        require(!becameMaster || acquired < 0 || advertised < acquired, "advertise, then acquire");
    }

    private void checkState(State state) {
        Set<Fault> faults = state.faults();
        require(machine.addressesHeld() == held, "addresses in place: ", held);
        if (state.role() == Role.MASTER || state.role() == Role.BACKUP && !machine.wantsMaster()) {
            require(state.deadline().isPresent(), "waits for something");
            require(faults.isEmpty(), "no fault in the election: ", faults);
        }
        if (state.role() == Role.FAULT) {
            require(!faults.isEmpty(), "in FAULT for a reason");
            require(!faults.contains(Fault.ADDRESS_FAILED) || state.deadline().isPresent(), "tried again");
        }
        require(
                state.role() != Role.MASTER || !held || changing || told == Role.MASTER,
                "a master with its addresses is told");
    }

    private record Step(long now, Input input) {
        @Override
        public String toString() {
            return now + " " + input;
        }
    }

    private record State(
            Role role,
            Cause cause,
            OptionalLong deadline,
            Optional<InetAddress> master,
            int masterPriority,
            boolean heardPeer,
            boolean held,
            boolean atRest,
            boolean leaving,
            Set<Fault> faults) {
        static State of(RouterMachine machine) {
            return new State(
                    machine.role(),
                    machine.cause(),
                    machine.nextDeadlineNanos(),
                    machine.master(),
                    machine.masterPriority(),
                    machine.hasHeardPeer(),
                    machine.addressesHeld(),
                    machine.isAtRest(),
                    machine.isLeaving(),
                    Set.copyOf(machine.faults()));
        }
    }
}
