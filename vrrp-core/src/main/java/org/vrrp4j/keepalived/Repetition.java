package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A line that is read once for each of several values of its variables: {@code ~SEQ} and {@code ~LST}. */
final class Repetition implements LineSource {
    private final SourceLine line;
    private final List<String> variables;
    private final Iterator<List<String>> values;
    private final Definitions definitions;

    private Repetition(
            SourceLine line, List<String> variables, Iterator<List<String>> values, Definitions definitions) {
        this.line = line;
        this.variables = variables;
        this.values = values;
        this.definitions = definitions;
    }

    static boolean isOne(String text) {
        return text.startsWith("~SEQ") || text.startsWith("~LST");
    }

    /** The lines that a line stands for; empty if it is not written as it must be. */
    static Optional<Repetition> of(SourceLine line, Definitions definitions, String directory) {
        String text = line.text();
        int open = text.indexOf('(');
        int close = text.indexOf(')');
        String keyword = open < 0 ? text : text.substring(0, open).stripTrailing();
        if (close < open || open < 0) {
            return Optional.empty();
        }
        String inside = text.substring(open + 1, close);
        SourceLine repeated = line.withText(text.substring(close + 1).stripLeading());
        return switch (keyword) {
            case "~SEQ", "~SEQx" -> {
                int comma = inside.indexOf(',');
                String variable = comma < 0 ? "" : inside.substring(0, comma).strip();
                SourceLine bounds = line.withText(inside.substring(comma + 1).strip());
                SourceLine expanded = definitions.expand(bounds, directory).line();
                yield variable.isEmpty() || expanded == null
                        ? Optional.empty()
                        : numbers(expanded.text(), keyword.equals("~SEQx"))
                                .map(values -> new Repetition(repeated, List.of(variable), values, definitions));
            }
            case "~LST" ->
                ListParser.parse(inside)
                        .map(list -> new Repetition(repeated, list.get(0), list.listIterator(1), definitions));
            default -> Optional.empty();
        };
    }

    @Override
    public SourceLine next() {
        if (!values.hasNext()) {
            return null;
        }
        List<String> current = values.next();
        for (int i = 0; i < variables.size(); i++) {
            definitions.define(variables.get(i), Definition.of(i < current.size() ? current.get(i) : ""));
        }
        return line;
    }

    /** {@code [START,[STEP,]]END}; empty if it cannot be reached. */
    private static Optional<Iterator<List<String>>> numbers(String text, boolean hexadecimal) {
        String[] parts = text.split(",", -1);
        long[] given = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            Optional<Long> number = number(parts[i].strip());
            if (number.isEmpty()) {
                return Optional.empty();
            }
            given[i] = number.get();
        }
        long end = given[given.length - 1];
        long start = given.length > 1 ? given[0] : end < 0 ? -1 : 1;
        long step = given.length == 3 ? given[1] : start <= end ? 1 : -1;
        boolean reachable = step != 0 && (start == end || (end > start) == (step > 0));
        if (given.length > 3 || !reachable || hexadecimal && (start < 0 || end < 0)) {
            return Optional.empty();
        }
        return Optional.of(new Iterator<>() {
            private long next = start;

            @Override
            public boolean hasNext() {
                return step > 0 ? next <= end : next >= end;
            }

            @Override
            public List<String> next() {
                String shown = hexadecimal ? Long.toHexString(next) : Long.toString(next);
                next += step;
                return List.of(shown);
            }
        });
    }

    /** Decimal, hexadecimal after 0x, octal after 0; small enough that sums of two do not overflow. */
    private static Optional<Long> number(String text) {
        try {
            long value = Long.decode(text);
            return Math.abs(value) > Integer.MAX_VALUE ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The variables and their values: {@code NAME,VALUE,...} or {@code {NAME,NAME},{VALUE,VALUE},...}. */
    private static final class ListParser {
        private final String text;
        private int at;

        private ListParser(String text) {
            this.text = text;
        }

        /** First the names, then the values, each a list of one or several; empty if something is missing. */
        static Optional<List<List<String>>> parse(String text) {
            ListParser parser = new ListParser(text);
            List<List<String>> result = new ArrayList<>();
            do {
                List<String> group = parser.group();
                boolean fits = group != null
                        && (result.isEmpty() || group.size() <= result.get(0).size());
                if (!fits) {
                    return Optional.empty();
                }
                result.add(group);
            } while (parser.skip(','));
            return parser.at < text.length() || result.size() < 2 ? Optional.empty() : Optional.of(result);
        }

        private List<String> group() {
            List<String> members = new ArrayList<>();
            if (!skip('{')) {
                members.add(word());
                return members;
            }
            do {
                members.add(word());
            } while (skip(','));
            return skip('}') ? members : null;
        }

        private String word() {
            skipBlanks();
            int start = at;
            while (at < text.length() && " \t,{}".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private boolean skip(char wanted) {
            skipBlanks();
            boolean found = at < text.length() && text.charAt(at) == wanted;
            at += found ? 1 : 0;
            return found;
        }

        private void skipBlanks() {
            while (at < text.length() && Words.isBlank(text.charAt(at))) {
                at++;
            }
        }
    }
}
