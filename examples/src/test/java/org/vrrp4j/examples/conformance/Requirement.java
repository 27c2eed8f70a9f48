package org.vrrp4j.examples.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of {@code docs/requirements.txt}, where the fields are explained. */
record Requirement(
        String id, String level, String source, String layer, String text, Standing standing, String reason) {
    /** What a requirement is called wherever it is named. */
    static final Pattern ID = Pattern.compile("(?:R(?:9568|5798|3768|2338)-[0-9A-Z.]+|OPEN)-\\d+");

    private static final Pattern REMARK = Pattern.compile("([a-zA-Z ]+): (.+)");
    private static final int FIELDS = 6;
    private static final List<String> LEVELS =
            List.of("MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "RECOMMENDED", "NOT RECOMMENDED", "MAY", "rule");
    private static final List<String> LAYERS = List.of("core", "codec", "transport", "addresses", "host", "deployment");

    /** How this library stands to a requirement. */
    enum Standing {
        TESTED("", "tested", true),
        DIFFERENCE("difference", "tested, with a difference", true),
        DEVIATION("deviation", "deviation: done otherwise on purpose", false),
        NOT_OFFERED("not offered", "not offered", false),
        NOT_OURS("not ours", "not ours: the kernel's, a router's or a site's", false),
        SUPERSEDED("superseded", "superseded by a later standard", false);

        private final String keyword;
        private final String words;
        private final boolean needsTest;

        Standing(String keyword, String words, boolean needsTest) {
            this.keyword = keyword;
            this.words = words;
            this.needsTest = needsTest;
        }

        String keyword() {
            return keyword;
        }

        String words() {
            return words;
        }

        boolean needsTest() {
            return needsTest;
        }

        private static Standing of(String keyword) {
            for (Standing standing : values()) {
                if (standing != TESTED && standing.keyword.equals(keyword)) {
                    return standing;
                }
            }
            throw new IllegalArgumentException("unknown kind of remark: " + keyword);
        }
    }

    /** Reads the list; empty lines and those that begin with # are comments. */
    static List<Requirement> parseAll(List<String> lines) {
        List<Requirement> result = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    result.add(parse(line));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return List.copyOf(result);
    }

    private static Requirement parse(String line) {
        String[] fields = line.split("\\|", -1);
        require(fields.length == FIELDS, FIELDS + " fields are needed, found " + fields.length);
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].strip();
        }
        String id = fields[0];
        require(ID.matcher(id).matches(), "no id: " + id);
        require(LEVELS.contains(fields[1]), "unknown level: " + fields[1]);
        require(fitsSource(id, fields[2]), id + " is not from " + fields[2]);
        require(LAYERS.contains(fields[3]), "unknown layer: " + fields[3]);
        require(!fields[4].isEmpty(), "no text");
        if (fields[5].isEmpty()) {
            return new Requirement(id, fields[1], fields[2], fields[3], fields[4], Standing.TESTED, "");
        }
        Matcher remark = REMARK.matcher(fields[5]);
        require(remark.matches(), "a remark is a keyword, a colon and the reason: " + fields[5]);
        return new Requirement(
                id, fields[1], fields[2], fields[3], fields[4], Standing.of(remark.group(1)), remark.group(2));
    }

    /** R9568-7.1-4 is from "RFC 9568, 7.1", or from an erratum to it. */
    private static boolean fitsSource(String id, String source) {
        if (id.startsWith("OPEN")) {
            return source.equals("no RFC");
        }
        String[] parts = id.substring(1).split("-");
        String section = parts[1].equals("N") ? "" : ", " + parts[1];
        return source.matches(Pattern.quote("RFC " + parts[0] + section) + "(, erratum \\d+)?");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
