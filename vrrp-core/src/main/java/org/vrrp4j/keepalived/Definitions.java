package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The definitions that are in force at some line, those of keepalived among them. They are put in where they are used,
 * so a definition may use others that come after it.
 */
final class Definitions {
    /** A line cannot use so many but by definitions that use themselves. */
    private static final int MAX_REPLACEMENTS = 1000;

    private static final int MAX_RANDOM = 32767;

    private final Map<String, Definition> byName = new HashMap<>();
    private final ConfigHost host;
    private final Reading reading;
    private Random random;

    Definitions(ConfigHost host, Reading reading) {
        this.host = host;
        this.reading = reading;
        this.random = new Random(host.randomSeed());
        byName.put("_HASH", Definition.of("#"));
        byName.put("_BANG", Definition.of("!"));
    }

    void define(String name, Definition definition) {
        byName.put(name, definition);
    }

    /** {@code random_seed}: what is random is the same each time. */
    void seed(long seed) {
        random = new Random(seed);
    }

    /**
     * A line with all its definitions put in.
     *
     * @param line as it should be, or null if it cannot be expanded, which was reported
     * @param following what comes after it, the last one first
     */
    record Expansion(SourceLine line, List<LineSource> following) {}

    /** Puts in what a line uses, and what that uses. */
    Expansion expand(SourceLine line, String directory) {
        StringBuilder text = new StringBuilder(line.text());
        List<LineSource> following = new ArrayList<>();
        Position position = line.position();
        int replacements = 0;
        int at = text.indexOf("$");
        while (at >= 0) {
            Reference reference = Reference.at(text, at);
            Definition definition = reference == null ? null : find(reference, line, directory);
            boolean severalWithin =
                    definition != null && !definition.rest().isEmpty() && reference.end() < text.length();
            if (definition == null || severalWithin) {
                at++;
            } else {
                if (reference.end() - at == text.length() && definition.position() != null) {
                    position = definition.position();
                }
                text.replace(at, reference.end(), definition.text());
                if (!definition.rest().isEmpty()) {
                    following.add(definition.source());
                }
                if (!reading.spend(line.position(), text.length())) {
                    return new Expansion(null, List.of());
                }
                if (++replacements > MAX_REPLACEMENTS) {
                    refuse(line, Found.quote("$" + reference.name()) + " is defined by itself; the line is skipped");
                    return new Expansion(null, List.of());
                }
                if (text.length() > SourceLines.MAX_LENGTH) {
                    refuse(
                            line,
                            "line must have at most " + SourceLines.MAX_LENGTH
                                    + " characters when its definitions are put in; it is skipped");
                    return new Expansion(null, List.of());
                }
            }
            at = text.indexOf("$", at);
        }
        return new Expansion(new SourceLine(position, text.toString()), following);
    }

    private Definition find(Reference reference, SourceLine line, String directory) {
        Definition given = byName.get(reference.name());
        if (given != null) {
            if (reference.parameters().isEmpty()) {
                return given;
            }
            refuse(line, Found.quote("$" + reference.name()) + " takes no parameters");
            return null;
        }
        return switch (reference.name()) {
            case "_PWD" -> Definition.of(host.files().absolute(directory));
            case "_INSTANCE" -> Definition.of(host.id());
            case "_RANDOM" -> random(reference.parameters(), line);
            case "_ENV" -> environment(reference.parameters(), line);
            default -> unknown(reference, line);
        };
    }

    /** Without braces it may as well be meant as it stands. */
    private Definition unknown(Reference reference, SourceLine line) {
        if (reference.braced()) {
            refuse(line, Found.quote("${" + reference.name() + "}") + " is not defined");
        }
        return null;
    }

    private Definition random(List<String> bounds, SourceLine line) {
        boolean numbers = bounds.stream()
                .allMatch(bound -> Numbers.integer(bound, 0, Integer.MAX_VALUE).isPresent());
        int min = numbers && !bounds.isEmpty() ? Integer.parseInt(bounds.get(0)) : 0;
        int max = numbers && bounds.size() > 1 ? Integer.parseInt(bounds.get(1)) : MAX_RANDOM;
        if (!numbers || bounds.size() > 2 || min > max) {
            refuse(line, "'$_RANDOM' takes at most a lowest and a highest number");
            return Definition.of("0");
        }
        return Definition.of(Long.toString(min + (long) (random.nextDouble() * (max - (long) min + 1))));
    }

    private Definition environment(List<String> names, SourceLine line) {
        if (names.size() != 1) {
            refuse(line, "'$_ENV' takes the name of a variable: ${_ENV NAME}");
            return Definition.of("");
        }
        String value = host.environment().apply(names.get(0));
        if (value == null) {
            reading.warning(line.position(), "the environment has no " + Found.quote(names.get(0)) + ": read as empty");
        }
        return Definition.of(value == null ? "" : value);
    }

    private void refuse(SourceLine line, String message) {
        reading.markIncomplete();
        reading.error(line.position(), message);
    }
}
