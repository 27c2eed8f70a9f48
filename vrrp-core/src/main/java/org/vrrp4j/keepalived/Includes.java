package org.vrrp4j.keepalived;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Opens what an include line names: a file or a pattern, relative to the file that the line is in. */
final class Includes {
    private final ConfigFiles files;
    private final Reading reading;

    Includes(ConfigFiles files, Reading reading) {
        this.files = files;
        this.reading = reading;
    }

    /** What makes an include fail; without it a warning says what was not found. */
    enum Check {
        READABLE,
        MATCH,
        WILDCARD_MATCH,
        BRACE_MATCH;

        /** Those of a word of include_check; none if it is no such word. */
        static Set<Check> named(String word) {
            return switch (word) {
                case "readable" -> EnumSet.of(READABLE);
                case "match" -> EnumSet.of(READABLE, MATCH);
                case "wildcard_match" -> EnumSet.of(READABLE, MATCH, WILDCARD_MATCH);
                case "brace_match" -> EnumSet.of(READABLE, BRACE_MATCH);
                case "all" -> EnumSet.allOf(Check.class);
                default -> EnumSet.noneOf(Check.class);
            };
        }

        /** Those of an include keyword; null if the word is none. */
        static Set<Check> of(String word) {
            return switch (word) {
                case "include" -> EnumSet.noneOf(Check.class);
                case "includer" -> EnumSet.of(READABLE);
                case "includem" -> EnumSet.of(READABLE, MATCH);
                case "includew" -> EnumSet.of(READABLE, MATCH, WILDCARD_MATCH);
                case "includeb" -> EnumSet.of(READABLE, BRACE_MATCH);
                case "includea" -> EnumSet.allOf(Check.class);
                default -> null;
            };
        }
    }

    static boolean isOne(String text) {
        String word = firstWord(text);
        return word.length() < text.length() && Check.of(word) != null;
    }

    /**
     * The lines of the files that a line names.
     *
     * @param directory of the file that the line is in, empty or with a slash at its end
     * @param open the files that are open
     */
    LineSource open(SourceLine line, String directory, List<String> open) {
        String word = firstWord(line.text());
        String pattern = line.text().substring(word.length()).strip();
        Set<Check> checks = Check.of(word);
        checks.addAll(reading.includeChecks());
        FilePattern.Result result;
        try {
            result = FilePattern.find(pattern.startsWith("/") ? pattern : directory + pattern, files);
        } catch (IOException e) {
            refuse(line, Found.quote(pattern) + ": " + e.getMessage());
            return new Files(List.of());
        }
        Check missing = result.braced() ? Check.BRACE_MATCH : Check.MATCH;
        if (result.paths().isEmpty() && result.missing()) {
            report(line, checks.contains(missing), pattern, "its directory cannot be listed");
        } else if (result.paths().isEmpty() && checks.contains(Check.WILDCARD_MATCH)) {
            report(line, true, pattern, "no file has such a name");
        }
        List<SourceLines> sources = new ArrayList<>();
        boolean complete = true;
        for (String path : result.paths()) {
            try {
                if (open.contains(path)) {
                    refuse(line, Found.quote(path) + " is included by itself");
                } else {
                    sources.add(new SourceLines(path, files.read(path, KeepalivedConf.MAX_FILE_SIZE), reading));
                }
            } catch (FileNotFoundException e) {
                complete = false;
                report(line, checks.contains(missing), path, e.getMessage());
            } catch (IOException e) {
                boolean refused = files == ConfigFiles.NONE || checks.contains(Check.READABLE);
                report(line, refused, path, e.getMessage());
            }
        }
        return new Files(complete || !checks.contains(Check.BRACE_MATCH) ? sources : List.of());
    }

    /** Files one after the other. */
    private static final class Files implements LineSource {
        private final List<SourceLines> files;
        private int current;

        Files(List<SourceLines> files) {
            this.files = files;
        }

        @Override
        public SourceLine next() {
            SourceLine line = null;
            while (line == null && current < files.size()) {
                line = files.get(current).next();
                current += line == null ? 1 : 0;
            }
            return line;
        }

        @Override
        public String file() {
            return files.isEmpty()
                    ? ""
                    : files.get(Math.min(current, files.size() - 1)).file();
        }
    }

    private void report(SourceLine line, boolean refused, String path, String what) {
        if (refused) {
            refuse(line, Found.quote(path) + " is not included: " + what);
        } else {
            reading.warning(line.position(), Found.quote(path) + " is not included: " + what);
        }
    }

    private void refuse(SourceLine line, String message) {
        reading.markIncomplete();
        reading.error(line.position(), message);
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && !Words.isBlank(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
