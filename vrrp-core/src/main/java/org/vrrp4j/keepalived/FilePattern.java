package org.vrrp4j.keepalived;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The file names that a pattern stands for (glob(7)): {@code *}, {@code ?}, {@code [...]}, {@code {a,b}} and a
 * backslash before one of these. No name that begins with a dot is found unless the pattern has the dot.
 */
final class FilePattern {
    /** So many files are no configuration any more. */
    private static final int MAX_RESULTS = 10_000;

    private final ConfigFiles files;
    private final List<String> found = new ArrayList<>();
    private boolean missing;
    private int listings;

    private FilePattern(ConfigFiles files) {
        this.files = files;
    }

    /**
     * What was found.
     *
     * @param paths in the order of their names; a path without wildcards is there whether or not there is such a file
     * @param missing whether a directory that the pattern names cannot be listed
     * @param wild whether the pattern has wildcards
     * @param braced whether it has alternatives in braces
     */
    record Result(List<String> paths, boolean missing, boolean wild, boolean braced) {}

    /** Empty if the pattern stands for too many files to look for. */
    static Result find(String pattern, ConfigFiles files) throws IOException {
        List<String> alternatives = new ArrayList<>();
        expandBraces("", pattern, alternatives);
        FilePattern search = new FilePattern(files);
        boolean wild = false;
        for (String alternative : alternatives) {
            boolean alternativeIsWild = isWild(alternative);
            wild |= alternativeIsWild;
            if (alternativeIsWild) {
                String rooted = alternative.startsWith("/") ? "/" : "";
                search.walk(rooted, alternative.substring(rooted.length()));
            } else {
                search.add(unescape(alternative));
            }
        }
        return new Result(List.copyOf(search.found), search.missing, wild, alternatives.size() > 1);
    }

    private void walk(String directory, String rest) throws IOException {
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        String further = slash < 0 ? null : rest.substring(slash + 1);
        if (!isWild(name)) {
            String path = directory + unescape(name);
            if (further != null) {
                walk(path + "/", further);
            } else if (exists(directory, unescape(name))) {
                add(path);
            }
            return;
        }
        for (String entry : list(directory)) {
            boolean hidden = entry.startsWith(".") && !name.startsWith(".");
            if (!hidden && matches(name, entry)) {
                if (further == null) {
                    add(directory + entry);
                } else {
                    walk(directory + entry + "/", further);
                }
            }
        }
    }

    private boolean exists(String directory, String name) throws IOException {
        return list(directory).contains(name);
    }

    private List<String> list(String directory) throws IOException {
        if (++listings > MAX_RESULTS) {
            throw tooMany();
        }
        try {
            List<String> names = new ArrayList<>(files.list(directory));
            names.sort(null);
            return names;
        } catch (IOException e) {
            missing = true;
            return List.of();
        }
    }

    private void add(String path) throws IOException {
        if (found.size() == MAX_RESULTS) {
            throw tooMany();
        }
        found.add(path);
    }

    private static IOException tooMany() {
        return new IOException("the pattern stands for more than " + MAX_RESULTS + " files");
    }

    private static boolean isWild(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    private static String unescape(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            result.append(text.charAt(i));
        }
        return result.toString();
    }

    /** Each alternative in braces with what stands before and after it; an open brace without its end is ordinary. */
    private static void expandBraces(String done, String rest, List<String> results) throws IOException {
        int open = rest.indexOf('{');
        int close = open < 0 ? -1 : closing(rest, open);
        if (close < 0) {
            if (results.size() == MAX_RESULTS) {
                throw tooMany();
            }
            results.add(done + rest);
            return;
        }
        int depth = 0;
        int start = open + 1;
        for (int i = start; i <= close; i++) {
            char c = rest.charAt(i);
            if (depth == 0 && (c == ',' || i == close)) {
                String alternative = rest.substring(start, i);
                expandBraces(done + rest.substring(0, open), alternative + rest.substring(close + 1), results);
                start = i + 1;
            }
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a name is what a pattern without braces and slashes describes. */
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            int length = p < pattern.length() ? elementLength(pattern, p) : 0;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (p < pattern.length() && elementMatches(pattern.substring(p, p + length), name.charAt(n))) {
                p += length;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static int elementLength(String pattern, int at) {
        if (pattern.charAt(at) == '\\' && at + 1 < pattern.length()) {
            return 2;
        }
        int first = pattern.startsWith("[!", at) || pattern.startsWith("[^", at) ? at + 3 : at + 2;
        int end = pattern.charAt(at) == '[' && first <= pattern.length() ? pattern.indexOf(']', first) : -1;
        return end < 0 ? 1 : end - at + 1;
    }

    private static boolean elementMatches(String element, char c) {
        if (element.length() == 1) {
            return element.equals("?") || element.charAt(0) == c;
        }
        if (element.charAt(0) == '\\') {
            return element.charAt(1) == c;
        }
        boolean negated = element.charAt(1) == '!' || element.charAt(1) == '^';
        boolean inside = false;
        for (int i = negated ? 2 : 1; i < element.length() - 1; i++) {
            boolean range = element.charAt(i + 1) == '-' && i + 2 < element.length() - 1;
            char last = range ? element.charAt(i + 2) : element.charAt(i);
            inside |= c >= element.charAt(i) && c <= last;
            i += range ? 2 : 0;
        }
        return inside != negated;
    }
}
