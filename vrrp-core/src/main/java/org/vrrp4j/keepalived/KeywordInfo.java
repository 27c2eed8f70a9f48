package org.vrrp4j.keepalived;

import java.util.List;

/**
 * A keyword of keepalived.conf, and what comes of it here. For documentation.
 *
 * @param path the blocks that it is in, from the outermost, and the keyword itself
 * @param level whether it does what it does in keepalived
 * @param note why not, or what happens instead; may be empty
 * @param values what may stand after it; empty for nothing, or where its own documentation must say
 * @param examples values that are right
 * @param mistakes values that are wrong
 * @param block whether it has a block
 */
public record KeywordInfo(
        List<String> path,
        Level level,
        String note,
        String values,
        List<String> examples,
        List<String> mistakes,
        boolean block) {

    /** Whether a keyword does what it does in keepalived. */
    public enum Level {
        /** It does. */
        HONOURED("is honoured"),
        /** There is nothing here for it to work on; a warning says so. */
        NO_EFFECT("has no effect here"),
        /** Its values are read and checked, and a warning says that nothing comes of them. */
        NOT_YET("is not supported yet"),
        /** Without it the node would do harm, so it is an error. */
        REFUSED("is not supported yet");

        private final String words;

        Level(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Copies the lists. */
    public KeywordInfo {
        path = List.copyOf(path);
        examples = List.copyOf(examples);
        mistakes = List.copyOf(mistakes);
    }

    /** The keyword itself. */
    public String keyword() {
        return path.get(path.size() - 1);
    }

    /** Every keyword that the reader knows, block by block. */
    public static List<KeywordInfo> all() {
        return RootKeywords.TABLE.describe(List.of());
    }
}
