package org.vrrp4j.keepalived;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/** Numbers as keepalived.conf has them: decimal, and timers in seconds with decimals down to a microsecond. */
final class Numbers {
    static final int DECIMALS = 6;

    static final long MAX_SECONDS = 999_999_999;

    private static final int MAX_DIGITS = 9;
    private static final int MAX_LONG_DIGITS = 18;

    private Numbers() {}

    /** Empty if the text is no number or out of range. */
    static OptionalInt integer(String text, int min, int max) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !isDigits(digits)) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(digits);
        return value < min || value > max ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** Empty if the text is no number or out of range. */
    static Optional<Long> number(String text, long min, long max) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        String digits = signed ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > MAX_LONG_DIGITS || !isDigits(digits)) {
            return Optional.empty();
        }
        long value = Long.parseLong(text);
        return value < min || value > max ? Optional.empty() : Optional.of(value);
    }

    /** Seconds, rounded to microseconds; empty if the text is no number or out of range. */
    static Optional<Duration> duration(String text, Duration min, Duration max) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String decimals = point < 0 ? "" : text.substring(point + 1);
        if (whole.length() + decimals.length() == 0
                || whole.length() > MAX_DIGITS
                || !isDigits(whole)
                || !isDigits(decimals)) {
            return Optional.empty();
        }
        String padded = decimals + "0".repeat(DECIMALS + 1);
        long micros = Long.parseLong("0" + whole) * 1_000_000 + Long.parseLong(padded.substring(0, DECIMALS));
        micros += padded.charAt(DECIMALS) >= '5' ? 1 : 0;
        Duration value = Duration.ofNanos(micros * 1000);
        return value.compareTo(min) < 0 || value.compareTo(max) > 0 ? Optional.empty() : Optional.of(value);
    }

    /** Milliseconds, cut to microseconds; empty if the text is no number or out of range. */
    static Optional<Duration> milliseconds(String text, Duration min, Duration max) {
        return duration(text, min.multipliedBy(1000), max.multipliedBy(1000))
                .map(value -> value.dividedBy(1000).truncatedTo(ChronoUnit.MICROS));
    }

    static boolean hasTooManyDecimals(String text) {
        int point = text.indexOf('.');
        return point >= 0 && text.length() - point - 1 > DECIMALS;
    }

    /** A duration as the file would have it: {@code 1}, {@code 0.25}. */
    static String seconds(Duration value) {
        long micros = value.toNanos() / 1000;
        String decimals = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
        int end = decimals.length();
        while (end > 0 && decimals.charAt(end - 1) == '0') {
            end--;
        }
        return micros / 1_000_000 + (end == 0 ? "" : "." + decimals.substring(0, end));
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
