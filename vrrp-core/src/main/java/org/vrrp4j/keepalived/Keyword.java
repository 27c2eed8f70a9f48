package org.vrrp4j.keepalived;

/**
 * What a keyword does.
 *
 * @param once whether a second one in the same block replaces the first
 * @param line takes it without a block; null if it must have one
 * @param block takes it with a block; null if it must have none
 */
record Keyword<D extends Draft>(boolean once, LineHandler<D> line, BlockHandler<D> block) {

    /** Takes a line. */
    interface LineHandler<D> {
        void onLine(D draft, Statement line);
    }

    /** Takes the line before an opening brace, and says how to read what is in the block. */
    interface BlockHandler<D> {
        Block<?> onBlock(D draft, Statement line);
    }
}
