package org.vrrp4j.examples.watch;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.packet.Advertisement;

/** What has been heard of one virtual router. */
final class WireRouter {
    /** Three advertisements and any skew (RFC 9568, 6.1): a backup takes over before that many intervals are over. */
    private static final int DOWN_INTERVALS = 4;

    /**
     * A master that yields causes up to three changes of the sender: the better one speaks, the yielding one once more,
     * the better one again. A fourth soon after that means that both go on.
     */
    private static final int CHANGES_OF_TWO_MASTERS = 4;

    private static final long REMEMBERED_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int MAX_SENDERS = 16;

    private final Map<InetAddress, Sender> senders = new LinkedHashMap<>();
    private final Deque<Long> changes = new ArrayDeque<>();
    private Sender master;
    private long advertisements;

    void onAdvertisement(long nowNanos, InetAddress source, Advertisement advertisement) {
        advertisements++;
        Sender sender = senders.remove(source);
        if (sender == null) {
            sender = new Sender(source);
        }
        // last heard, last in the map
        senders.put(source, sender);
        if (senders.size() > MAX_SENDERS) {
            senders.remove(senders.keySet().iterator().next());
        }
        sender.onAdvertisement(nowNanos, advertisement);
        if (master == null || !advertisement.isRelease() && sender != master) {
            if (master != null && !master.gaveUp) {
                changes.addLast(nowNanos);
            }
            if (changes.size() > CHANGES_OF_TWO_MASTERS) {
                changes.removeFirst();
            }
            master = sender;
        }
    }

    WireRow row(long nowNanos, WireView.Key key) {
        return new WireRow(
                key.link(),
                key.vrid(),
                key.family(),
                master.address,
                state(nowNanos),
                master.last,
                master.gaps.mean(),
                master.gaps.jitter(),
                advertisements,
                conflicts(nowNanos));
    }

    private WireRow.State state(long nowNanos) {
        if (master.gaveUp) {
            return WireRow.State.GAVE_UP;
        }
        return nowNanos - master.heardNanos > master.downNanos() ? WireRow.State.SILENT : WireRow.State.PRESENT;
    }

    private List<String> conflicts(long nowNanos) {
        senders.values().removeIf(sender -> sender != master && nowNanos - sender.heardNanos > REMEMBERED_NANOS);
        List<String> conflicts = new ArrayList<>();
        List<Sender> masters = mastersAtOnce(nowNanos);
        if (masters.size() > 1) {
            conflicts.add("masters at once: " + joined(masters, sender -> "with priority " + sender.last.priority()));
        }
        addDifference(
                conflicts,
                "versions differ",
                advertisement -> advertisement.version(),
                advertisement -> "speaks version " + advertisement.version().number());
        addDifference(
                conflicts,
                "addresses differ",
                advertisement -> new HashSet<>(advertisement.addresses()),
                advertisement -> "has " + PacketText.addresses(advertisement.addresses()));
        addDifference(
                conflicts,
                "intervals differ",
                Advertisement::interval,
                advertisement -> "has " + PacketText.duration(advertisement.interval()));
        int before = conflicts.size();
        addDifference(
                conflicts,
                "authentication differs",
                advertisement -> advertisement.authentication().type(),
                advertisement -> "has " + advertisement.authentication());
        if (conflicts.size() == before) {
            addDifference(
                    conflicts,
                    "passwords differ",
                    advertisement -> advertisement.authentication().data(),
                    advertisement -> "");
        }
        return conflicts;
    }

    private List<Sender> mastersAtOnce(long nowNanos) {
        long window = 0;
        for (Sender sender : senders.values()) {
            boolean isHeard = nowNanos - sender.heardNanos <= sender.downNanos();
            window = isHeard ? Math.max(window, sender.downNanos()) : window;
        }
        if (changes.size() < CHANGES_OF_TWO_MASTERS || nowNanos - changes.getFirst() > window) {
            return List.of();
        }
        return ordered(senders.values().stream()
                .filter(sender -> !sender.gaveUp && nowNanos - sender.heardNanos <= sender.downNanos())
                .toList());
    }

    /** What senders are configured with must be the same, also if only one of them is master now. */
    private void addDifference(
            List<String> conflicts,
            String what,
            Function<Advertisement, Object> value,
            Function<Advertisement, String> words) {
        long values = senders.values().stream()
                .map(sender -> value.apply(sender.last))
                .distinct()
                .count();
        if (values > 1) {
            conflicts.add(
                    what + ": " + joined(ordered(List.copyOf(senders.values())), sender -> words.apply(sender.last)));
        }
    }

    /** By address, so that the words stay the same while senders take turns. */
    private static List<Sender> ordered(List<Sender> senders) {
        return senders.stream()
                .sorted((a, b) -> IpAddresses.compare(a.address, b.address))
                .toList();
    }

    private static String joined(List<Sender> senders, Function<Sender, String> words) {
        List<String> parts = senders.stream()
                .map(sender -> (IpAddresses.text(sender.address) + " " + words.apply(sender)).strip())
                .toList();
        return String.join(", ", parts);
    }

    /** One that advertises, or did. */
    private static final class Sender {
        private final InetAddress address;
        private final Gaps gaps = new Gaps();
        private Advertisement last;
        private long heardNanos;
        private boolean gaveUp;

        Sender(InetAddress address) {
            this.address = address;
        }

        void onAdvertisement(long nowNanos, Advertisement advertisement) {
            boolean goesOn = last != null && !gaveUp && nowNanos - heardNanos <= downNanos();
            gaveUp = advertisement.isRelease();
            if (!goesOn || !advertisement.interval().equals(last.interval())) {
                gaps.clear();
            } else if (!gaveUp) {
                gaps.add(nowNanos - heardNanos);
            }
            if (!gaveUp || last == null) {
                last = advertisement;
            }
            heardNanos = nowNanos;
        }

        long downNanos() {
            return DOWN_INTERVALS * last.interval().toNanos();
        }
    }
}
