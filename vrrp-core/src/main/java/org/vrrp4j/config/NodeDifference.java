package org.vrrp4j.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.vrrp4j.model.RouterId;

/**
 * What a node that runs with one configuration has to do to run with another. Routers are told apart by interface, VRID
 * and family, not by name, as their peers do.
 *
 * @param removed routers that are to end; of the old configuration
 * @param added routers that are to start; of the new one
 * @param restarted routers that are to end and to start again, as they cannot change while they run, or one of the same
 *     name takes their place
 * @param changed routers that change while they run
 * @param unchanged routers for which nothing changes; of the new configuration
 * @param others what changes besides, in words
 */
public record NodeDifference(
        List<RouterConfig> removed,
        List<RouterConfig> added,
        List<Change> restarted,
        List<Change> changed,
        List<RouterConfig> unchanged,
        List<String> others) {

    /**
     * A router that is in both.
     *
     * @param before how it is
     * @param after how it is to be
     * @param settings the names of the settings that differ, see {@link RouterDifference#settings()}
     * @param receives whether it gets an address that another router has until now, which has to give it up first
     */
    public record Change(RouterConfig before, RouterConfig after, List<String> settings, boolean receives) {}

    /** Copies the lists. */
    public NodeDifference {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
        restarted = List.copyOf(restarted);
        changed = List.copyOf(changed);
        unchanged = List.copyOf(unchanged);
        others = List.copyOf(others);
    }

    /** Compares them. */
    public static NodeDifference between(NodeConfig before, NodeConfig after) {
        Map<RouterId, RouterConfig> gone = new LinkedHashMap<>();
        before.routers().forEach(router -> gone.put(router.id(), router));
        List<RouterConfig> added = new ArrayList<>();
        List<RouterConfig> unchanged = new ArrayList<>();
        List<Change> restarted = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        for (RouterConfig next : after.routers()) {
            RouterConfig old = gone.remove(next.id());
            if (old == null) {
                added.add(next);
                continue;
            }
            RouterDifference difference =
                    old == next ? new RouterDifference(List.of(), true) : RouterDifference.between(old, next);
            if (difference.isNone()) {
                unchanged.add(next);
            } else {
                (difference.live() ? changed : restarted).add(new Change(old, next, difference.settings(), false));
            }
        }
        pairByName(gone, added, restarted);
        return new NodeDifference(
                List.copyOf(gone.values()),
                added,
                restarted,
                orderOfAddresses(changed, restarted),
                unchanged,
                others(before, after));
    }

    /** For a node that does nothing yet. */
    public static NodeDifference ofStart(NodeConfig node) {
        return new NodeDifference(List.of(), node.routers(), List.of(), List.of(), List.of(), List.of());
    }

    /**
     * If one router changes while it runs, and nothing else does.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public static NodeDifference ofChange(RouterConfig before, RouterConfig after) {
        RouterDifference difference = RouterDifference.between(before, after);
        if (!difference.live()) {
            throw new IllegalArgumentException(
                    "version and virtual MAC address stay while a router runs: " + before + ", not " + after);
        }
        Change change = new Change(before, after, difference.settings(), false);
        return new NodeDifference(List.of(), List.of(), List.of(), List.of(change), List.of(), List.of());
    }

    /** One of the same name on another interface, or with another VRID, takes the place of the old one. */
    private static void pairByName(Map<RouterId, RouterConfig> gone, List<RouterConfig> added, List<Change> restarted) {
        for (RouterConfig old : List.copyOf(gone.values())) {
            RouterConfig next = added.stream()
                    .filter(router -> router.name().equals(old.name()))
                    .findFirst()
                    .orElse(null);
            if (next != null) {
                gone.remove(old.id());
                added.remove(next);
                restarted.add(new Change(old, next, settings(old.id(), next.id()), false));
            }
        }
    }

    private static List<String> settings(RouterId old, RouterId next) {
        List<String> settings = new ArrayList<>();
        if (!old.interfaceName().equals(next.interfaceName())) {
            settings.add("interface");
        }
        if (old.vrid() != next.vrid()) {
            settings.add("vrid");
        }
        if (old.family() != next.family()) {
            settings.add("family");
        }
        return settings;
    }

    /** An address has one holder at a time; routers that would have to wait for each other are restarted. */
    private static List<Change> orderOfAddresses(List<Change> changed, List<Change> restarted) {
        Map<String, Change> givers = new HashMap<>();
        for (Change change : changed) {
            Set<String> given = held(change.before());
            given.removeAll(held(change.after()));
            given.forEach(address -> givers.put(address, change));
        }
        Set<Change> receivers = new HashSet<>();
        changed.stream()
                .filter(change -> held(change.after()).stream().anyMatch(givers::containsKey))
                .forEach(receivers::add);
        List<Change> ordered = new ArrayList<>();
        for (Change change : changed) {
            Change marked = new Change(change.before(), change.after(), change.settings(), receivers.contains(change));
            boolean inTurn = held(change.after()).stream()
                    .map(givers::get)
                    .filter(Objects::nonNull)
                    .anyMatch(receivers::contains);
            (inTurn ? restarted : ordered).add(marked);
        }
        return ordered;
    }

    private static Set<String> held(RouterConfig router) {
        Set<String> held = new HashSet<>();
        router.resources().addresses().forEach(address -> held.add(router.placeOf(address)));
        return held;
    }

    private static List<String> others(NodeConfig before, NodeConfig after) {
        List<String> others = new ArrayList<>();
        if (!before.name().equals(after.name())) {
            others.add("name");
        }
        if (before.waitsForInterfaces() != after.waitsForInterfaces()) {
            others.add("waitsForInterfaces");
        }
        if (before.logsUnknownRouters() != after.logsUnknownRouters()) {
            others.add("logsUnknownRouters");
        }
        if (!before.linkDelays().equals(after.linkDelays())) {
            others.add("linkDelays");
        }
        if (!before.notification().equals(after.notification())) {
            others.add("notification");
        }
        if (!before.staticResources().equals(after.staticResources())) {
            others.add("staticResources");
        }
        if (!before.process().equals(after.process())) {
            others.add("process");
        }
        Map<String, SyncGroupConfig> gone = new LinkedHashMap<>();
        before.groups().forEach(group -> gone.put(group.name(), group));
        after.groups().forEach(group -> {
            SyncGroupConfig old = gone.remove(group.name());
            if (!group.equals(old)) {
                others.add((old == null ? "new group " : "group ") + group.name());
            }
        });
        gone.keySet().forEach(name -> others.add("no group " + name));
        return others;
    }

    /** Whether nothing differs. */
    public boolean isNone() {
        return removed.isEmpty() && added.isEmpty() && restarted.isEmpty() && changed.isEmpty() && others.isEmpty();
    }
}
