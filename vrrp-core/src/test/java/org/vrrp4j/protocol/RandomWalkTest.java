package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;

/** Seeded random inputs in random order, answers that nobody asked for among them; what must always hold does. */
class RandomWalkTest {
    private static final int STEPS = 60_000;

    private final List<Input> inputs = TransitionTableTest.inputs();
    private Random random;
    private Rig rig;
    private Role told = Role.INIT;
    private boolean acquiring;
    private boolean releasing;
    private boolean changing;
    private boolean held;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @DisplayName("R9568-7.1-9 what is told is a chain, acquires and releases are answered one by one,"
            + " only a master advertises, and a rejected packet has no effect")
    void invariantsHold(long seed) {
        random = new Random(seed);
        rig = new Rig(config((int) (seed % 6)));
        rig.source(Rig.SOURCE);
        for (int i = 0; i < STEPS; i++) {
            Input input = next();
            rig.stall(Duration.ofMillis(random.nextInt(8) == 0 ? random.nextInt(500) : 0));
            step(input);
            rig.take();
        }
        finish();
    }

    private static RouterConfigBuilder config(int kind) {
        return switch (kind) {
            case 0 -> Rig.fast().priority(255);
            case 1 -> Rig.fast().preempt(false);
            case 2 -> Rig.fast().downTimerAdverts(1);
            case 3 -> Rig.fast().stepDownAfterStall(true);
            case 4 -> Rig.fast().preemptDelay(Duration.ofMillis(700));
            default -> Rig.fast();
        };
    }

    /** Mostly time and the answers that are due, so that the walk gets around. */
    private Input next() {
        int choice = random.nextInt(10);
        if (choice < 4) {
            return new Input.TimePassed();
        }
        if (choice < 6 && acquiring) {
            return random.nextInt(5) == 0
                    ? new Input.AcquireFailed(Fault.ADDRESS_FAILED, "detail")
                    : new Input.AddressesAcquired();
        }
        if (choice < 6 && changing) {
            return random.nextInt(5) == 0
                    ? new Input.AcquireFailed(Fault.ADDRESS_FAILED, "detail")
                    : new Input.AddressesChanged();
        }
        if (choice < 6 && releasing) {
            return new Input.AddressesReleased();
        }
        if (choice < 8 && !rig.machine.faults().isEmpty()) {
            return new Input.FaultCleared(rig.machine.faults().iterator().next());
        }
        if (choice < 8 && rig.machine.role() == Role.INIT) {
            return new Input.Started();
        }
        Input input = inputs.get(random.nextInt(inputs.size()));
        boolean unlikely = input instanceof Input.FaultRaised || input instanceof Input.Stopped;
        return unlikely && random.nextInt(4) > 0 ? new Input.TimePassed() : input;
    }

    private void step(Input input) {
        Role before = rig.machine.role();
        boolean masterBefore = before == Role.MASTER;
        boolean answered = answer(input);
        List<String> effects = rig.step(input);
        Role role = rig.machine.role();
        if (role != before) {
            assertThat(TransitionTableTest.TABLE)
                    .contains(new TransitionTableTest.Transition(before, role, rig.machine.cause()));
        }
        boolean wasMaster = masterBefore || role == Role.MASTER;
        for (Effect effect : rig.effects) {
            if (effect instanceof Effect.SendAdvertisement send) {
                assertThat(send.advertisement().isRelease() || wasMaster)
                        .as("%s", input)
                        .isTrue();
            } else if (effect instanceof Effect.AcquireAddresses) {
                assertThat(acquiring || releasing || changing)
                        .as("an answer is due")
                        .isFalse();
                assertThat(role).isEqualTo(Role.MASTER);
                acquiring = true;
                held = false;
            } else if (effect instanceof Effect.ReleaseAddresses) {
                assertThat(acquiring || releasing || changing)
                        .as("an answer is due")
                        .isFalse();
                assertThat(held).as("only what is held is released").isTrue();
                releasing = true;
                held = false;
            } else if (effect instanceof Effect.ChangeAddresses) {
                assertThat(acquiring || releasing || changing)
                        .as("an answer is due")
                        .isFalse();
                changing = true;
            } else if (effect instanceof Effect.Announce || effect instanceof Effect.RenewAddresses) {
                assertThat(held && wasMaster).as("only what is held").isTrue();
            } else if (effect instanceof Effect.TellRoleChange change) {
                assertThat(change.from()).as("a chain").isEqualTo(told);
                assertThat(change.to()).isNotEqualTo(told);
                assertThat(change.to() != Role.MASTER || held).isTrue();
                told = change.to();
            } else if (effect instanceof Effect.RejectPacket) {
                assertThat(effects).containsExactly("REJECT OWN_ADDRESS");
                assertThat(role).isEqualTo(before);
            }
        }
        checkState(answered, input, effects);
    }

    /** Notes an answer; one that is not due is none. */
    private boolean answer(Input input) {
        if (input instanceof Input.AddressesAcquired && acquiring) {
            acquiring = false;
            held = true;
        } else if (input instanceof Input.AcquireFailed && (acquiring || changing)) {
            acquiring = false;
            changing = false;
            held = false;
        } else if (input instanceof Input.AddressesChanged && changing) {
            changing = false;
        } else if (input instanceof Input.AddressesReleased && releasing) {
            releasing = false;
        } else {
            boolean isAnswer = input instanceof Input.AddressesAcquired
                    || input instanceof Input.AcquireFailed
                    || input instanceof Input.AddressesChanged
                    || input instanceof Input.AddressesReleased;
            return !isAnswer;
        }
        return true;
    }

    private void checkState(boolean answered, Input input, List<String> effects) {
        assertThat(answered || effects.isEmpty())
                .as("%s was not due and had effects: %s", input, effects)
                .isTrue();
        assertThat(rig.machine.addressesHeld()).isEqualTo(held);
        boolean waits = rig.machine.role() == Role.BACKUP || rig.machine.role() == Role.MASTER;
        if (waits) {
            assertThat(rig.machine.nextDeadlineNanos()).isNotEmpty();
            assertThat(rig.machine.faults()).isEmpty();
        }
        if (rig.machine.faults().contains(Fault.ADDRESS_FAILED) && rig.machine.role() == Role.FAULT) {
            assertThat(rig.machine.nextDeadlineNanos())
                    .as("will be tried again")
                    .isNotEmpty();
        }
        if (rig.machine.role() == Role.FAULT) {
            assertThat(rig.machine.faults()).isNotEmpty();
        }
        if (rig.machine.role() == Role.MASTER && held && !changing) {
            assertThat(told).isEqualTo(Role.MASTER);
        }
    }

    private void finish() {
        step(new Input.Stopped());
        rig.take();
        if (acquiring) {
            step(new Input.AddressesAcquired());
            rig.take();
        }
        for (int i = 0; i < 3; i++) {
            if (changing) {
                step(new Input.AddressesChanged());
                rig.take();
            }
            if (releasing) {
                step(new Input.AddressesReleased());
                rig.take();
            }
        }
        assertThat(rig.machine.isAtRest()).isTrue();
        assertThat(told).isEqualTo(Role.INIT);
        assertThat(rig.machine.cause()).isEqualTo(Cause.SHUTDOWN);
    }
}
