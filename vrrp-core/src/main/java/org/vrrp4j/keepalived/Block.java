package org.vrrp4j.keepalived;

/**
 * How a block is read, and into what.
 *
 * @param table the keywords in it
 * @param draft what they fill
 */
record Block<D extends Draft>(KeywordTable<D> table, D draft) {

    static Block<Draft> skipped(Position position) {
        return new Block<>(KeywordTable.SKIPPED, new Draft(position));
    }
}
