package org.vrrp4j.keepalived;

import java.util.List;
import java.util.Optional;

/**
 * A word that is no keyword where it stands, and what may have been meant.
 *
 * @param message for the problem
 * @param meant the keyword of the same block that is nearest, if one is near
 */
record UnknownKeyword(String message, Optional<String> meant) {

    private static List<KeywordTable<?>> tables() {
        return List.of(
                InstanceKeywords.TABLE,
                GlobalKeywords.TABLE,
                RootKeywords.TABLE,
                AuthenticationKeywords.TABLE,
                SyncGroupKeywords.TABLE,
                ScriptKeywords.TABLE,
                ProcessKeywords.TABLE,
                FileKeywords.TABLE,
                BfdKeywords.TABLE);
    }

    static UnknownKeyword of(String word, KeywordTable<?> table) {
        for (KeywordTable<?> other : tables()) {
            if (other.has(word)) {
                return new UnknownKeyword(
                        Found.quote(word) + " does not belong in " + table.name() + " but in " + other.name(),
                        Optional.empty());
            }
        }
        Optional<String> meant = nearest(word, table.words());
        return new UnknownKeyword(
                "unknown keyword " + Found.quote(word) + " in " + table.name()
                        + meant.map(near -> "; did you mean " + Found.quote(near) + "?")
                                .orElse(""),
                meant);
    }

    /** The candidate that differs least, if it differs in less than about a third of its letters. */
    static Optional<String> nearest(String word, Iterable<String> candidates) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int limit = Math.max(1, Math.max(word.length(), candidate.length()) / 3);
            if (Math.abs(word.length() - candidate.length()) <= limit) {
                int distance = distance(word, candidate);
                if (distance <= limit && distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** How many letters must be inserted, removed, replaced or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
