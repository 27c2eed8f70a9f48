package org.vrrp4j.examples.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vrrp4j.examples.bench.Figure.Unit;

/** One run of the benchmark: what scenarios are told, and where they put their figures. */
final class Session {
    private final List<Contender> contenders;
    private final boolean quick;
    private final Duration garbage;
    private final Progress progress;
    private final Random random = new Random();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Session(List<Contender> contenders, boolean quick, Duration garbage, Progress progress) {
        this.contenders = contenders;
        this.quick = quick;
        this.garbage = garbage;
        this.progress = progress;
    }

    /** In the order in which they take their turns. */
    List<Contender> contenders() {
        return contenders;
    }

    boolean isQuick() {
        return quick;
    }

    /** How often or how long: one number for a whole run, another one for a look whether it works. */
    int amount(int whole, int ifQuick) {
        return quick ? ifQuick : whole;
    }

    /** How long garbage is made. */
    int garbageSeconds() {
        return amount((int) garbage.toSeconds(), 1);
    }

    Progress progress() {
        return progress;
    }

    /** Lets a moment of random length pass, so that what is done next meets the timers anywhere. */
    void pause(long leastMillis, long mostMillis) throws InterruptedException {
        Thread.sleep(leastMillis + random.nextInt((int) (mostMillis - leastMillis + 1)));
    }

    /** The figure of that scenario and name, made at its first use. */
    Figure figure(Scenario scenario, String name, Unit unit) {
        return figures.stream()
                .filter(each ->
                        each.scenario().equals(scenario.name()) && each.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    Figure added = new Figure(scenario.name(), name, unit);
                    figures.add(added);
                    return added;
                });
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** An outage to be drawn. */
    void add(Outage outage) {
        outages.add(outage);
    }

    List<Outage> outages() {
        return List.copyOf(outages);
    }

    /** Something that the reader of the figures must know. */
    void note(String note) {
        notes.add(note);
        progress.say(note);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
