package org.vrrp4j.keepalived;

/**
 * What a keyword does.
 *
 * @param repeat what a second one in the same block means
 * @param line takes it without a block; null if it must have one
 * @param block takes it with a block; null if it must have none
 * @param support what comes of it
 * @param values what stands after it, as far as that is known
 * @param inner the keywords of its block; null if it has none, or takes other lines than keywords
 */
record Keyword<D extends Draft>(
        Repeat repeat,
        LineHandler<D> line,
        BlockHandler<D> block,
        Support support,
        Values<?> values,
        KeywordTable<?> inner) {

    /** Takes a line. */
    interface LineHandler<D> {
        void onLine(D draft, Statement line);
    }

    /** Takes the value of a line, if it is a right one. */
    interface ValueHandler<D, T> {
        void onValue(D draft, T value);
    }

    /** Takes the line before an opening brace, and says how to read what is in the block. */
    interface BlockHandler<D> {
        Block<?> onBlock(D draft, Statement line);
    }
}
