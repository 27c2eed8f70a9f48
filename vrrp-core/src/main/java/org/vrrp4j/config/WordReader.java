package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** The words of a line, one after the other; what is wrong is told by its word. */
final class WordReader {
    static final long MAX_UNSIGNED = 0xffff_ffffL;

    private final List<String> words;
    private final RoutingNames names;
    private int next;

    WordReader(String text, RoutingNames names) {
        this.words = Stream.of(text.trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        this.names = names;
    }

    boolean hasNext() {
        return next < words.size();
    }

    String next() {
        return words.get(next++);
    }

    /** The next word, without taking it; empty at the end. */
    String peek() {
        return hasNext() ? words.get(next) : "";
    }

    /** Takes the next word if it is this one. */
    boolean take(String word) {
        boolean there = peek().equals(word);
        next += there ? 1 : 0;
        return there;
    }

    String value(String word) {
        if (!hasNext()) {
            throw new IllegalArgumentException("'" + word + "' needs a value");
        }
        return next();
    }

    long number(String word, long min, long max) {
        return number(word, value(word), min, max);
    }

    int integer(String word, int min, int max) {
        return (int) number(word, min, max);
    }

    static long number(String word, String text, long min, long max) {
        try {
            long number = text.startsWith("-") || text.startsWith("+") ? Long.MIN_VALUE : Long.decode(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(word, "must be " + min + " to " + max, text);
    }

    /** A number, or a name that stands for one. */
    int named(String word, RoutingNames.Kind kind, long max) {
        return named(word, value(word), kind, max);
    }

    int named(String word, String text, RoutingNames.Kind kind, long max) {
        Integer number = names.number(kind, text);
        if (number != null) {
            return number;
        }
        if (!Character.isDigit(text.charAt(0))) {
            throw wrong(word, "must be 0 to " + max + " or a name in /etc/iproute2/" + kind.fileName(), text);
        }
        return (int) number(word, text, 0, max);
    }

    InetAddress address(String word) {
        String text = value(word);
        return IpAddresses.parse(text).orElseThrow(() -> wrong(word, "must be an IP address", text));
    }

    /** A prefix, or {@code default}, {@code any} or {@code all} of a family. */
    IpPrefix prefix(String word, String text, IpFamily family) {
        if (isAll(text)) {
            return IpPrefix.all(family);
        }
        try {
            return IpPrefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + word + "': " + e.getMessage(), e);
        }
    }

    static boolean isAll(String text) {
        return text.equals("default") || text.equals("any") || text.equals("all");
    }

    String device(String word) {
        String name = value(word);
        if (name.length() > VirtualAddress.MAX_LABEL_LENGTH || name.indexOf('/') >= 0) {
            throw wrong(word, "must be an interface name of 1 to 15 characters, none of them '/'", name);
        }
        return name;
    }

    /** {@code TO} or {@code FROM/TO}: from in the upper 16 bits, to in the lower. */
    int realms(String word) {
        String text = value(word);
        int slash = text.indexOf('/');
        int to = named(
                word,
                text.substring(slash + 1) + (slash == text.length() - 1 ? "?" : ""),
                RoutingNames.Kind.REALM,
                0xffff);
        int from = slash <= 0 ? 0 : named(word, text.substring(0, slash), RoutingNames.Kind.REALM, 0xffff);
        return from << Short.SIZE | to;
    }

    /** {@code inet} or {@code inet6}, if one of them is next. */
    IpFamily family() {
        if (take("inet6")) {
            return IpFamily.IPV6;
        }
        return take("inet") ? IpFamily.IPV4 : null;
    }

    OptionalInt flag(String word, List<String> off, List<String> on) {
        String text = value(word);
        if (off.contains(text)) {
            return OptionalInt.of(0);
        }
        if (on.contains(text)) {
            return OptionalInt.of(1);
        }
        throw wrong(word, "must be " + on.get(0) + " or " + off.get(0), text);
    }

    static IllegalArgumentException wrong(String word, String rule, String found) {
        return new IllegalArgumentException("'" + word + "' " + rule + ": '" + found + "'");
    }
}
