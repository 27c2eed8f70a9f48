package org.vrrp4j.keepalived;

import java.util.List;

/**
 * What keepalived does to lines before it reads them: included files, definitions, conditional and repeated lines. None
 * is carried out yet, and since each changes what the file means, each is an error. Reading goes on so that further
 * problems are found: a conditional line as if it were wanted, a repeated one once, without a definition's text.
 */
final class Directives {
    private static final List<String> INCLUDES =
            List.of("include", "includer", "includem", "includew", "includeb", "includea");
    private static final List<String> PREDEFINED = List.of("_PWD", "_INSTANCE", "_RANDOM", "_ENV", "_HASH", "_BANG");

    private final SourceLines source;
    private final Reading reading;

    Directives(SourceLines source, Reading reading) {
        this.source = source;
        this.reading = reading;
    }

    /** What is left of the line, or null if nothing. */
    SourceLine apply(SourceLine line) {
        String text = line.text().stripLeading();
        if (text.startsWith("@")) {
            refuse(line, Found.quote(firstWord(text)) + ": conditional lines are not supported yet");
            return apply(line.withText(text.substring(firstWord(text).length())));
        }
        if (text.startsWith("~SEQ") || text.startsWith("~LST")) {
            refuse(line, Found.quote(text.substring(0, 4)) + ": repeated lines are not supported yet");
            int end = text.indexOf(')');
            return end < 0 ? null : apply(line.withText(text.substring(end + 1)));
        }
        int nameEnd = definedName(text);
        if (nameEnd > 0) {
            refuse(
                    line,
                    Found.quote(text.substring(0, nameEnd)) + ": definitions are not supported yet; write the"
                            + " value where it is used");
            skipDefinition(text.substring(nameEnd + 1));
            return null;
        }
        if (INCLUDES.contains(firstWord(text))) {
            refuse(line, Found.quote(firstWord(text)) + " is not supported yet; put the content of the file here");
            return null;
        }
        for (String name : PREDEFINED) {
            if (text.contains("${" + name) || text.contains("$" + name)) {
                refuse(line, Found.quote("$" + name) + ": definitions are not supported yet");
            }
        }
        return line.withText(text);
    }

    private void refuse(SourceLine line, String message) {
        reading.markIncomplete();
        reading.error(line.position(), message);
    }

    private void skipDefinition(String value) {
        if (!value.strip().equals("\\")) {
            return;
        }
        SourceLine line = source.next();
        while (line != null && line.text().stripTrailing().endsWith("\\")) {
            line = source.next();
        }
    }

    /** The end of the name in {@code $NAME=VALUE}, or 0 if the line is no definition. */
    private static int definedName(String text) {
        int end = text.indexOf('=');
        if (end < 2 || text.charAt(0) != '$' || Character.isDigit(text.charAt(1))) {
            return 0;
        }
        boolean isName =
                text.substring(1, end).chars().allMatch(c -> c == '_' || c < 128 && Character.isLetterOrDigit(c));
        return isName ? end : 0;
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && !Tokens.isBlank(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
