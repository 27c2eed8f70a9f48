package org.vrrp4j.examples.oracle;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The differences that are meant, as {@code differences.txt} lists them. */
final class Differences {
    private final List<Rule> rules;
    private final Set<Rule> unused;

    private Differences(List<Rule> rules) {
        this.rules = rules;
        this.unused = new LinkedHashSet<>(rules);
    }

    /**
     * A line of the list.
     *
     * @param ours whether we accept
     * @param theirs whether keepalived does
     * @param error what the one that refuses says
     */
    private record Rule(boolean ours, boolean theirs, Pattern error, String text) {

        static Rule parse(String line) {
            int first = line.indexOf(" | ");
            int second = line.indexOf(" | ", first + 1);
            int last = line.lastIndexOf(" | ");
            return new Rule(
                    line.substring(0, first).equals("accept"),
                    line.substring(first + 3, second).equals("accept"),
                    Pattern.compile(line.substring(second + 3, last)),
                    line);
        }
    }

    static Differences read() throws IOException {
        return new Differences(Corpus.resource("differences.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Rule::parse)
                .toList());
    }

    /** Whether a difference is listed; the rule then counts as used. */
    boolean allow(boolean ours, boolean theirs, String error) {
        Optional<Rule> found = rules.stream()
                .filter(rule -> rule.ours() == ours && rule.theirs() == theirs)
                .filter(rule -> rule.error().matcher(error).find())
                .findFirst();
        found.ifPresent(unused::remove);
        return found.isPresent();
    }

    /** The lines of the list that no configuration needed. */
    List<String> unused() {
        return unused.stream().map(Rule::text).toList();
    }
}
