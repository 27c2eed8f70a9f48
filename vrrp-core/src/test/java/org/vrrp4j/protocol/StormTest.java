package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;

/**
 * Machines that answer each other on a broken network: how much they say is bounded. Advertisements are 100 ms apart;
 * the network takes a millisecond.
 */
class StormTest {
    private static final int SECONDS = 20;
    private static final int MILLIS = 1000;
    private static final AnnouncementSchedule ONCE = new AnnouncementSchedule(List.of(Duration.ZERO), Duration.ZERO);

    /** Two in an interval: its own, and an answer. */
    private static final int MOST_ADVERTISEMENTS = 2 * 10 + 1;

    /** One machine, and how often it did something in each millisecond. */
    private static final class Machine {
        private final Rig rig = Rig.master(Rig.fast().announcements(ONCE).conflictAnnouncements(ONCE));
        private final Deque<Integer> inbox = new ArrayDeque<>();
        private final List<Integer> advertised = new ArrayList<>();
        private final List<Integer> announced = new ArrayList<>();

        /** Takes what came in, from a source that loses against its own, and returns what it sends. */
        private List<Integer> tick(String rival) {
            List<String> effects = new ArrayList<>();
            for (int priority = next(); priority >= 0; priority = next()) {
                effects.addAll(rig.hear(rival, priority));
            }
            effects.addAll(rig.passMillis(1));
            announced.add(Collections.frequency(effects, "ANNOUNCE"));
            List<Integer> sent = effects.stream()
                    .filter(effect -> effect.startsWith("ADV "))
                    .map(effect -> Integer.valueOf(effect.substring(4)))
                    .toList();
            advertised.add(sent.size());
            return sent;
        }

        private int next() {
            return inbox.isEmpty() ? -1 : inbox.poll();
        }
    }

    private static int mostInASecond(List<Integer> counts) {
        int most = 0;
        for (int from = 0; from + MILLIS <= counts.size(); from++) {
            most = Math.max(
                    most,
                    counts.subList(from, from + MILLIS).stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        }
        return most;
    }

    /** Lets machines speak, each heard by those that the network says, so many times. */
    private static List<Machine> run(int count, BiFunction<Integer, Integer, Integer> copies) {
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            machines.add(new Machine());
            machines.get(i).rig.passMillis(7L * i);
        }
        for (int millis = 0; millis < SECONDS * MILLIS; millis++) {
            List<List<Integer>> sent = new ArrayList<>();
            machines.forEach(machine -> sent.add(machine.tick(Rig.LESS)));
            for (int from = 0; from < count; from++) {
                for (int to = 0; to < count; to++) {
                    for (int copy = 0; copy < copies.apply(from, to); copy++) {
                        machines.get(to).inbox.addAll(sent.get(from));
                    }
                }
            }
        }
        return machines;
    }

    private static void assertCalm(List<Machine> machines) {
        assertThat(machines).allSatisfy(machine -> {
            assertThat(machine.rig.machine.role()).isEqualTo(Role.MASTER);
            assertThat(mostInASecond(machine.advertised)).isBetween(10, MOST_ADVERTISEMENTS);
            assertThat(mostInASecond(machine.announced)).isLessThanOrEqualTo(2);
            assertThat(machine.rig.reports(VrrpEvent.MasterConflict.class)).hasSizeLessThanOrEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    @DisplayName("R9568-6.4.3-12 masters that each see a lesser address in the other's packets do not storm")
    void mastersThatAllBelieveToWinDoNotStorm(int count) {
        assertCalm(run(count, (from, to) -> from.equals(to) ? 0 : 1));
    }

    @Test
    @DisplayName("R9568-6.4.3-12 nor where the network hands every packet over ten times")
    void duplicatedPacketsMakeNoStorm() {
        assertCalm(run(2, (from, to) -> from.equals(to) ? 0 : 10));
    }

    @Test
    @DisplayName("R9568-6.4.3-12 nor where a master's own packets come back to it from another address")
    void packetsThatComeBackMakeNoStorm() {
        assertCalm(run(1, (from, to) -> 3));
    }

    @Test
    @DisplayName("its own packets that come back as they are change nothing at all")
    void ownPacketsThatComeBackChangeNothing() {
        Rig rig = Rig.master(Rig.fast().announcements(ONCE));
        int advertised = 0;
        for (int millis = 0; millis < MILLIS; millis++) {
            List<String> effects = rig.passMillis(1);
            for (int i = 0; i < Collections.frequency(effects, "ADV 100"); i++) {
                assertThat(rig.hear(Rig.SOURCE, 100)).containsExactly("REJECT OWN_ADDRESS");
                advertised++;
            }
        }
        assertThat(advertised).isEqualTo(10);
    }

    @Test
    @DisplayName("R9568-6.4.3-9 priority 0 is answered at once each time, but not without end when it comes in a flood")
    void releasesInAFloodAreNotAllAnswered() {
        Rig rig = Rig.master(Rig.fast().announcements(ONCE));
        for (int i = 0; i < 10; i++) {
            assertThat(rig.hear(Rig.GREATER, 0)).contains("ADV 100");
        }
        List<Integer> advertised = new ArrayList<>();
        for (int millis = 0; millis < 5 * MILLIS; millis++) {
            int count = 0;
            for (int i = 0; i < 5; i++) {
                count += Collections.frequency(rig.hear(Rig.GREATER, 0), "ADV 100");
            }
            count += Collections.frequency(rig.passMillis(1), "ADV 100");
            advertised.add(count);
        }
        assertThat(mostInASecond(advertised)).isBetween(10, 11 * 11);
        rig.passMillis(200);
        assertThat(rig.hear(Rig.GREATER, 0)).contains("ADV 100");
    }
}
