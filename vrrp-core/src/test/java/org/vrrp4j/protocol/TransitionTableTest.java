package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.Role;

/** Every role meets every input; no change may come of it that the Javadoc of {@link RouterMachine} does not list. */
class TransitionTableTest {

    record Transition(Role from, Role to, Cause cause) {}

    /** The table in the Javadoc of RouterMachine. */
    static final Set<Transition> TABLE = table();

    private static Set<Transition> table() {
        Set<Transition> table = new HashSet<>();
        table.add(new Transition(Role.INIT, Role.MASTER, Cause.OWNER));
        table.add(new Transition(Role.INIT, Role.BACKUP, Cause.STARTUP));
        table.add(new Transition(Role.BACKUP, Role.MASTER, Cause.MASTER_DOWN));
        table.add(new Transition(Role.BACKUP, Role.MASTER, Cause.MASTER_RELEASED));
        table.add(new Transition(Role.BACKUP, Role.MASTER, Cause.PREEMPTION));
        table.add(new Transition(Role.BACKUP, Role.MASTER, Cause.OWNER));
        table.add(new Transition(Role.MASTER, Role.BACKUP, Cause.HIGHER_PRIORITY));
        table.add(new Transition(Role.MASTER, Role.BACKUP, Cause.HIGHER_ADDRESS));
        table.add(new Transition(Role.MASTER, Role.BACKUP, Cause.HANDED_OVER));
        table.add(new Transition(Role.MASTER, Role.BACKUP, Cause.STALLED));
        table.add(new Transition(Role.MASTER, Role.BACKUP, Cause.GROUP));
        table.add(new Transition(Role.FAULT, Role.BACKUP, Cause.RECOVERED));
        table.add(new Transition(Role.FAULT, Role.MASTER, Cause.OWNER));
        for (Role role : EnumSet.of(Role.BACKUP, Role.MASTER, Role.FAULT)) {
            table.add(new Transition(role, Role.INIT, Cause.SHUTDOWN));
        }
        for (Fault fault : Fault.values()) {
            for (Role role : EnumSet.of(Role.INIT, Role.BACKUP, Role.MASTER)) {
                table.add(new Transition(role, Role.FAULT, fault.cause()));
            }
        }
        return Set.copyOf(table);
    }

    /** Routers in every role, the busy moments of acquiring and releasing among them. */
    private static Map<String, Supplier<Rig>> states() {
        Map<String, Supplier<Rig>> states = new LinkedHashMap<>();
        configurations().forEach((name, config) -> {
            states.put("INIT, " + name, () -> initial(config.get()));
            for (Fault fault : Fault.values()) {
                states.put("INIT with " + fault + ", " + name, () -> after(initial(config.get()), raised(fault)));
                states.put("FAULT " + fault + ", " + name, () -> after(Rig.backup(config.get()), raised(fault)));
            }
            states.put("stopped, " + name, () -> after(Rig.backup(config.get()), new Input.Stopped()));
            states.put(
                    "BACKUP of a group, " + name,
                    () -> after(after(initial(config.get()), new Input.GroupJoined()), new Input.Started()));
            states.put("BACKUP or owner, " + name, () -> Rig.backup(config.get()));
            states.put("MASTER acquiring, " + name, () -> Rig.acquiring(config.get()));
            states.put("MASTER, " + name, () -> Rig.master(config.get()));
            states.put("MASTER putting back, " + name, () -> after(Rig.master(config.get()), vanished()));
            states.put(
                    "MASTER unheard once, " + name, () -> after(Rig.acquiring(config.get()), new Input.SendFailed()));
            states.put("BACKUP releasing, " + name, () -> after(Rig.master(config.get()), better()));
            states.put("BACKUP again, " + name, () -> after(after(Rig.master(config.get()), better()), released()));
            states.put("BACKUP handing over, " + name, () -> after(Rig.master(config.get()), new Input.HandedOver()));
            states.put("FAULT releasing, " + name, () -> after(Rig.master(config.get()), raised(Fault.LINK_DOWN)));
            states.put("INIT releasing, " + name, () -> after(Rig.master(config.get()), new Input.Stopped()));
            states.put("INIT acquiring, " + name, () -> after(Rig.acquiring(config.get()), new Input.Stopped()));
        });
        return states;
    }

    private static Map<String, Supplier<RouterConfigBuilder>> configurations() {
        return Map.of(
                "priority 100", Rig::fast,
                "owner", () -> Rig.fast().priority(255),
                "no preemption", () -> Rig.fast().preempt(false),
                "stepping down", () -> Rig.fast().stepDownAfterStall(true));
    }

    /** Samples of every kind of input. */
    static List<Input> inputs() {
        List<Input> inputs = new ArrayList<>(List.of(
                new Input.Started(),
                new Input.Stopped(),
                new Input.TimePassed(),
                new Input.SourceChanged(Rig.address("192.0.2.9")),
                new Input.AddressesAcquired(),
                new Input.MacChanged(),
                new Input.RoutingVanished("route default via 192.0.2.254"),
                new Input.OtherHolderHeard(Rig.address(Rig.VIP), new MacAddress(0x0200_0000_0077L)),
                new Input.SendFailed(),
                new Input.SendRecovered(),
                new Input.HandedOver(),
                new Input.AddressesChanged(),
                new Input.GroupJoined(),
                new Input.GroupPermitted(),
                new Input.GroupLeft(),
                new Input.GroupGaveUp("VI_2"),
                new Input.PriorityAdjusted(-50),
                new Input.PriorityAdjusted(300),
                reconfigured(Rig.fast()),
                reconfigured(Rig.fast().priority(200)),
                reconfigured(Rig.fast().preempt(false).address(VirtualAddress.parse("192.0.2.101/24"))),
                released(),
                vanished(),
                better()));
        for (Fault fault : Fault.values()) {
            inputs.add(raised(fault));
            inputs.add(new Input.FaultCleared(fault));
            inputs.add(new Input.AcquireFailed(fault, "detail"));
        }
        Rig sender = new Rig(Rig.fast());
        for (int priority : new int[] {0, 1, 99, 100, 101, 254, 255}) {
            for (String source : List.of(Rig.LESS, Rig.SOURCE, Rig.GREATER)) {
                inputs.add(Rig.heard(source, sender.advertisement(priority)));
            }
        }
        return inputs;
    }

    private static Rig initial(RouterConfigBuilder config) {
        Rig rig = new Rig(config);
        rig.source(Rig.SOURCE);
        return rig;
    }

    private static Rig after(Rig rig, Input input) {
        rig.step(input);
        return rig;
    }

    private static Input raised(Fault fault) {
        return new Input.FaultRaised(fault, "detail");
    }

    private static Input released() {
        return new Input.AddressesReleased();
    }

    private static Input reconfigured(RouterConfigBuilder config) {
        return new Input.Reconfigured(config.build());
    }

    private static Input vanished() {
        return new Input.AddressVanished(Rig.address(Rig.VIP));
    }

    private static Input better() {
        return Rig.heard(Rig.GREATER, new Rig(Rig.fast()).advertisement(255));
    }

    @Test
    @DisplayName("the samples have every kind of input")
    void samplesAreComplete() {
        assertThat(inputs().stream().map(Input::getClass).collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(Input.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @Test
    @DisplayName("the states have every role")
    void statesAreComplete() {
        assertThat(states().values().stream().map(state -> state.get().machine.role()))
                .contains(Role.values());
    }

    @Test
    @DisplayName("RFC 9568, 6.4: every role and every input: only what the table lists, and all of it")
    void onlyListedTransitions() {
        Set<Transition> seen = new HashSet<>();
        List<Duration> pauses = List.of(Duration.ZERO, Duration.ofMillis(99), Duration.ofMillis(370));
        states().forEach((name, state) -> inputs().forEach(input -> pauses.forEach(pause -> {
            Rig rig = state.get();
            step(rig.stall(pause), new Input.TimePassed(), name).forEach(seen::add);
            step(rig, input, name + ", " + input).forEach(seen::add);
            step(rig.stall(Duration.ofSeconds(6)), new Input.TimePassed(), name + ", " + input + ", 6 s later")
                    .forEach(seen::add);
        })));
        states().forEach((name, state) -> fallBackInTime(state.get(), name).forEach(seen::add));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(TABLE);
    }

    /** A backup that hears a lower priority and then nothing, and one whose master gives up. */
    private static Stream<Transition> fallBackInTime(Rig rig, String name) {
        Rig sender = new Rig(Rig.fast());
        List<Transition> seen = new ArrayList<>();
        for (int priority : new int[] {1, 0}) {
            step(rig, Rig.heard(Rig.LESS, sender.advertisement(priority)), name).forEach(seen::add);
            step(rig.stall(Duration.ofMillis(370)), new Input.TimePassed(), name)
                    .forEach(seen::add);
        }
        return seen.stream();
    }

    private static Stream<Transition> step(Rig rig, Input input, String what) {
        Role before = rig.machine.role();
        rig.step(input);
        Role role = rig.machine.role();
        if (role == before) {
            return Stream.empty();
        }
        Transition transition = new Transition(before, role, rig.machine.cause());
        if (!TABLE.contains(transition)) {
            fail("%s: %s is not listed", what, transition);
        }
        return Stream.of(transition);
    }
}
