package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vrrp4j.config.AnnouncementLimits;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.InterfaceRefresh;
import org.vrrp4j.model.IpFamily;

/**
 * The garp keywords of global_defs or of one instance. Without any of them the schedules of this library apply; with
 * any, those of keepalived, its defaults filling in for the others: five at once and five more after five seconds, and
 * the same when a rival was heard. A refresh that is given, be it none, takes the place of the announcements along with
 * advertisements, which keepalived does not have.
 */
final class GarpSettings {
    private static final int DEFAULT_REPEAT = 5;
    private static final Duration DEFAULT_DELAY = Duration.ofSeconds(5);
    private static final int MAX_REPEAT = AnnouncementSchedule.MAX_COUNT / 2;
    private static final int MAX_SECONDS = (int) AnnouncementSchedule.MAX.toSeconds() / 2;
    private static final Duration MAX_GAP = Duration.ofMinutes(1);
    private static final int MAX_EXTRA = (int) AnnouncementSchedule.MAX.toSeconds();

    /** How often other interfaces are announced on, as one line says it. */
    private record Extra(Duration interval, boolean everyInterface) {}

    private OptionalInt repeat = OptionalInt.empty();
    private Optional<Duration> delay = Optional.empty();
    private Optional<Duration> refresh = Optional.empty();
    private boolean refreshRepeatGiven;
    private OptionalInt conflictRepeat = OptionalInt.empty();
    private Optional<Duration> conflictDelay = Optional.empty();
    private Optional<Duration> arpGap = Optional.empty();
    private Optional<Duration> neighbourGap = Optional.empty();
    private Optional<Extra> extra = Optional.empty();

    /** Adds the keywords that an instance and, with a prefix, the globals have. */
    static <D extends Draft> void addTo(KeywordTable<D> table, String prefix, Function<D, GarpSettings> of) {
        table.line(prefix + "garp_master_delay", (draft, line) -> of.apply(draft).delay = wholeSeconds(line));
        table.line(prefix + "garp_master_repeat", (draft, line) -> of.apply(draft).repeat = repeat(line));
        table.line(prefix + "garp_master_refresh", (draft, line) -> of.apply(draft).refresh = wholeSeconds(line));
        table.line(
                prefix + "garp_master_refresh_repeat",
                (draft, line) -> of.apply(draft).onRefreshRepeat(line));
        table.line(
                prefix + "garp_lower_prio_delay", (draft, line) -> of.apply(draft).conflictDelay = wholeSeconds(line));
        table.line(
                prefix + "garp_lower_prio_repeat",
                (draft, line) -> of.apply(draft).conflictRepeat = line.integer(0, MAX_REPEAT));
        Values<Extra> extra = extra(prefix.isEmpty() ? 0 : 1);
        table.line(prefix + "garp_extra_if", extra, (draft, value) -> of.apply(draft).extra = Optional.of(value));
        table.line(prefix + "vmac_garp_intvl", extra, (draft, value) -> of.apply(draft).extra = Optional.of(value));
    }

    private static Values<Extra> extra(int min) {
        String allowed = "[all] " + min + " to " + MAX_EXTRA;
        return new Values<>(allowed, List.of("" + min, "all " + MAX_EXTRA), List.of("86401", "x", "all"), line -> {
            List<String> values = new ArrayList<>(line.values());
            boolean all = values.removeIf("all"::equals);
            OptionalInt seconds =
                    values.size() == 1 ? Numbers.integer(values.get(0), min, MAX_EXTRA) : OptionalInt.empty();
            if (seconds.isEmpty()) {
                line.error(line.keyword() + " must be " + allowed + ": "
                        + Found.quote(values.isEmpty() ? "" : values.get(values.size() - 1)));
                return Optional.empty();
            }
            return Optional.of(new Extra(Duration.ofSeconds(seconds.getAsInt()), all));
        });
    }

    /** How often an address is announced on each other interface. */
    InterfaceRefresh interfaceRefresh(GarpSettings globals) {
        boolean all = Stream.of(extra, globals.extra).flatMap(Optional::stream).anyMatch(Extra::everyInterface);
        return extra.or(() -> globals.extra)
                .filter(given -> !given.interval().isZero())
                .map(given -> new InterfaceRefresh(given.interval(), all))
                .orElse(InterfaceRefresh.NONE);
    }

    /** How far apart announcements are on one interface, in global_defs. */
    AnnouncementLimits.Gaps gaps() {
        return new AnnouncementLimits.Gaps(arpGap.orElse(Duration.ZERO), neighbourGap.orElse(Duration.ZERO));
    }

    void onArpInterval(Statement line) {
        arpGap = line.seconds(Duration.ZERO, MAX_GAP);
    }

    void onNeighbourInterval(Statement line) {
        neighbourGap = line.seconds(Duration.ZERO, MAX_GAP);
    }

    /** The short form for one announcement without a second burst and a refresh. */
    void onMinimal(Statement line) {
        if (line.flag().orElse(false)) {
            repeat = OptionalInt.of(1);
            delay = Optional.of(Duration.ZERO);
            refresh = Optional.of(Duration.ZERO);
        }
    }

    /** When addresses are announced after becoming master. */
    AnnouncementSchedule announcements(GarpSettings globals, Optional<Duration> gap) {
        boolean any = isMasterGiven() || globals.isMasterGiven() || gap.isPresent();
        if (!any) {
            return AnnouncementSchedule.DEFAULT;
        }
        return AnnouncementSchedule.bursts(
                masterRepeat(globals),
                distance(gap),
                masterDelay(globals),
                refresh.or(() -> globals.refresh).orElse(Duration.ZERO));
    }

    /** Whether they are announced along with advertisements. */
    boolean announceWithAdvertisements(GarpSettings globals) {
        return refresh.isEmpty() && globals.refresh.isEmpty();
    }

    /** When they are announced again after a rival was heard; empty for this library's default. */
    Optional<AnnouncementSchedule> conflictAnnouncements(GarpSettings globals, Optional<Duration> gap) {
        boolean any = isMasterGiven()
                || globals.isMasterGiven()
                || isConflictGiven()
                || globals.isConflictGiven()
                || gap.isPresent();
        if (!any) {
            return Optional.empty();
        }
        return Optional.of(AnnouncementSchedule.bursts(
                first(conflictRepeat, globals.conflictRepeat).orElseGet(() -> masterRepeat(globals)),
                distance(gap),
                conflictDelay.or(() -> globals.conflictDelay).orElseGet(() -> masterDelay(globals)),
                Duration.ZERO));
    }

    private int masterRepeat(GarpSettings globals) {
        return first(repeat, globals.repeat).orElse(DEFAULT_REPEAT);
    }

    private Duration masterDelay(GarpSettings globals) {
        return delay.or(() -> globals.delay).orElse(DEFAULT_DELAY);
    }

    private boolean isMasterGiven() {
        return repeat.isPresent() || delay.isPresent() || refresh.isPresent() || refreshRepeatGiven;
    }

    private boolean isConflictGiven() {
        return conflictRepeat.isPresent() || conflictDelay.isPresent();
    }

    private static Duration distance(Optional<Duration> gap) {
        return gap.filter(given -> given.compareTo(MAX_GAP) < 0)
                .orElseGet(() -> gap.isEmpty() ? Duration.ZERO : MAX_GAP);
    }

    /** The gap of announcements on one interface, if one is said. */
    Optional<Duration> gap(IpFamily family) {
        return family == IpFamily.IPV4 ? arpGap : neighbourGap;
    }

    private static OptionalInt first(OptionalInt own, OptionalInt global) {
        return own.isPresent() ? own : global;
    }

    private static Optional<Duration> wholeSeconds(Statement line) {
        OptionalInt seconds = line.integer(0, MAX_SECONDS);
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsInt())) : Optional.empty();
    }

    private static OptionalInt repeat(Statement line) {
        if (line.values().size() == 1 && line.values().get(0).equals("0")) {
            line.warning(line.keyword() + " must be 1 to " + MAX_REPEAT + ": '0' is read as 1");
            return OptionalInt.of(1);
        }
        return line.integer(1, MAX_REPEAT);
    }

    private void onRefreshRepeat(Statement line) {
        refreshRepeatGiven = true;
        OptionalInt value = line.integer(0, MAX_REPEAT);
        if (value.isPresent() && value.getAsInt() > 1) {
            line.warning(line.keyword() + " is not supported yet: each refresh announces once");
        }
    }
}
