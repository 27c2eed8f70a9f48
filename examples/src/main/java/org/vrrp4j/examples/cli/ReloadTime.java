package org.vrrp4j.examples.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a file says that the configuration is to be read again: {@code HH:MM:SS}, with or without {@code YY-MM-DD} or
 * {@code YYYY-MM-DD} and a blank before it, and with a {@code Z} behind it if it is UTC (keepalived.conf(5),
 * "reload_time_file").
 *
 * @param at that moment
 * @param dated whether it is that of one day; otherwise it is the next one of that time of day
 */
record ReloadTime(Instant at, boolean dated) {
    private static final Pattern FORMAT =
            Pattern.compile("(?:(\\d\\d|\\d{4})-(\\d\\d)-(\\d\\d) )?(\\d\\d):(\\d\\d):(\\d\\d)(Z)?");
    private static final int CENTURY = 2000;

    /**
     * Reads it.
     *
     * @param zone that of a time without {@code Z}
     * @throws DateTimeException if it is none, or in the past; the message says which
     */
    static ReloadTime parse(String text, Instant now, ZoneId zone) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException(
                    "it must be HH:MM:SS, YY-MM-DD HH:MM:SS or YYYY-MM-DD HH:MM:SS, with Z for UTC: '" + text + "'");
        }
        ZoneId of = parts.group(7) == null ? zone : ZoneOffset.UTC;
        LocalTime time = LocalTime.of(number(parts, 4), number(parts, 5), number(parts, 6));
        if (parts.group(1) == null) {
            LocalDate today = LocalDate.ofInstant(now, of);
            Instant first = instant(today.atTime(time), of);
            return new ReloadTime(
                    first.isAfter(now) ? first : instant(today.plusDays(1).atTime(time), of), false);
        }
        int year = number(parts, 1) + (parts.group(1).length() == 2 ? CENTURY : 0);
        Instant at =
                instant(LocalDate.of(year, number(parts, 2), number(parts, 3)).atTime(time), of);
        if (!at.isAfter(now)) {
            throw new DateTimeException("it is in the past: '" + text + "'");
        }
        return new ReloadTime(at, true);
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /** The one of summer where there are two. */
    private static Instant instant(LocalDateTime time, ZoneId zone) {
        if (zone.getRules().getValidOffsets(time).isEmpty()) {
            throw new DateTimeException("there is no " + time + " in " + zone);
        }
        return time.atZone(zone).toInstant();
    }
}
