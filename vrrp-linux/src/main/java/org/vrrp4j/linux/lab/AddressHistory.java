package org.vrrp4j.linux.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** What a watch has seen: tells additions from renewals and answers who held what when. Not thread-safe. */
final class AddressHistory {
    /** A day of renewals every 250 ms fits. */
    static final int MAX_EVENTS = 400_000;

    private final List<AddressEvent> events = new ArrayList<>();
    private final List<Holding> ended = new ArrayList<>();
    private final Map<Place, Holding> held = new LinkedHashMap<>();

    private record Place(String host, int interfaceIndex, String address) {}

    AddressEvent onPresent(Instant time, String host, int interfaceIndex, String address, Optional<Duration> lifetime) {
        Place place = new Place(host, interfaceIndex, address);
        boolean known = held.containsKey(place);
        if (!known) {
            held.put(place, new Holding(host, address, time, Optional.empty()));
        }
        AddressEvent.Kind kind = known ? AddressEvent.Kind.RENEWED : AddressEvent.Kind.ADDED;
        return add(new AddressEvent(time, host, interfaceIndex, address, kind, lifetime));
    }

    AddressEvent onDeleted(Instant time, String host, int interfaceIndex, String address, Optional<Duration> lifetime) {
        Holding holding = held.remove(new Place(host, interfaceIndex, address));
        if (holding != null) {
            ended.add(new Holding(host, address, holding.from(), Optional.of(time)));
        }
        return add(new AddressEvent(time, host, interfaceIndex, address, AddressEvent.Kind.DELETED, lifetime));
    }

    private AddressEvent add(AddressEvent event) {
        if (events.size() == MAX_EVENTS) {
            throw new IllegalStateException("a watch keeps at most " + MAX_EVENTS + " events: open another one");
        }
        events.add(event);
        return event;
    }

    List<AddressEvent> events() {
        return List.copyOf(events);
    }

    Set<String> holders(String address) {
        Set<String> hosts = new LinkedHashSet<>();
        held.values().stream()
                .filter(holding -> isSame(holding.address(), address))
                .forEach(holding -> hosts.add(holding.host()));
        return hosts;
    }

    List<Holding> holdings(String address) {
        List<Holding> all = new ArrayList<>(ended);
        all.addAll(held.values());
        return all.stream()
                .filter(holding -> isSame(holding.address(), address))
                .sorted(Comparator.comparing(Holding::from))
                .toList();
    }

    private static boolean isSame(String held, String asked) {
        return asked.indexOf('/') < 0 ? held.startsWith(asked + "/") : held.equals(asked);
    }

    /** The spans between two instants in which the number of hosts that held the address satisfies a condition. */
    List<TimeSpan> spans(String address, Instant from, Instant until, IntPredicate wanted) {
        List<Holding> holdings = holdings(address);
        TreeSet<Instant> borders = new TreeSet<>(List.of(from, until));
        for (Holding holding : holdings) {
            borders.add(holding.from());
            holding.until().ifPresent(borders::add);
        }
        List<TimeSpan> found = new ArrayList<>();
        Instant start = null;
        for (Instant border : borders.subSet(from, true, until, true)) {
            boolean fits = wanted.test(hostsAt(border, holdings)) && border.isBefore(until);
            if (fits && start == null) {
                start = border;
            } else if (!fits && start != null) {
                found.add(new TimeSpan(start, border));
                start = null;
            }
        }
        return found;
    }

    private static int hostsAt(Instant time, List<Holding> holdings) {
        return (int) holdings.stream()
                .filter(holding -> !holding.from().isAfter(time)
                        && holding.until().map(time::isBefore).orElse(true))
                .map(Holding::host)
                .distinct()
                .count();
    }
}
