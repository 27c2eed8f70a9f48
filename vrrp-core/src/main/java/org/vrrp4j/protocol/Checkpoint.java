package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.model.IpAddresses;

/**
 * The state of a machine as named values, written or read: each part hands every value of its own through here and goes
 * on with the answer, which is the same value when writing and the kept one when reading. Times are kept as distances
 * from a moment. What is at its default is left out.
 */
final class Checkpoint {
    private final Map<String, String> values;
    private final long nowNanos;
    private final boolean reading;

    private Checkpoint(Map<String, String> values, long nowNanos, boolean reading) {
        this.values = values;
        this.nowNanos = nowNanos;
        this.reading = reading;
    }

    static Checkpoint writing(long nowNanos) {
        return new Checkpoint(new LinkedHashMap<>(), nowNanos, false);
    }

    static Checkpoint reading(long nowNanos, Map<String, String> values) {
        return new Checkpoint(values, nowNanos, true);
    }

    Map<String, String> values() {
        return values;
    }

    String text(String name, String value) {
        if (reading) {
            return values.getOrDefault(name, "");
        }
        if (!value.isEmpty()) {
            values.put(name, value);
        }
        return value;
    }

    boolean flag(String name, boolean value) {
        return !text(name, value ? "yes" : "").isEmpty();
    }

    long number(String name, long value) {
        String text = text(name, value == 0 ? "" : Long.toString(value));
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** A point in time. */
    long time(String name, long nanos) {
        return nowNanos + number(name, nanos - nowNanos);
    }

    <E extends Enum<E>> E constant(String name, E value) {
        String text = text(name, value.name());
        return Enum.valueOf(value.getDeclaringClass(), text);
    }

    /** An address, or null. */
    InetAddress address(String name, InetAddress value) {
        return Optional.of(text(name, value == null ? "" : value.getHostAddress()))
                .filter(text -> !text.isEmpty())
                .map(Checkpoint::parse)
                .orElse(null);
    }

    static InetAddress parse(String text) {
        return IpAddresses.parse(text).orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text));
    }
}
