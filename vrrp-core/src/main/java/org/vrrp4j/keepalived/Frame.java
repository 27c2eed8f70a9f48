package org.vrrp4j.keepalived;

/** An open block: its table at work on its draft. */
final class Frame<D extends Draft> {
    private final KeywordTable<D> table;
    private final D draft;
    private final Position opened;
    private final String title;

    /** A block whose brace stands at a position; the title is what stands before the brace. */
    Frame(Block<D> block, Position opened, String title) {
        this.table = block.table();
        this.draft = block.draft();
        this.opened = opened;
        this.title = title;
    }

    KeywordTable<D> table() {
        return table;
    }

    Draft draft() {
        return draft;
    }

    Position opened() {
        return opened;
    }

    String title() {
        return title;
    }

    boolean needsBlock(String word) {
        Keyword<D> keyword = table.find(word);
        return keyword != null && keyword.line() == null;
    }

    /** A line without a block. */
    void line(Statement line) {
        take(line);
        line.checkQuotes();
    }

    private void take(Statement line) {
        Keyword<D> keyword = table.find(line.keyword());
        if (keyword != null) {
            if (noteGiven(keyword, line)) {
                keyword.line().onLine(draft, line);
            }
        } else if (table.others() != null) {
            table.others().onLine(draft, line);
        } else {
            unknown(line);
        }
    }

    /** A line with a block: how to read it. */
    Block<?> block(Statement line) {
        Keyword<D> keyword = table.find(line.keyword());
        if (keyword == null) {
            if (table.others() == null) {
                unknown(line);
            } else if (!table.isSkipped()) {
                line.error(Found.quote(line.keyword()) + " takes no block; the block is skipped");
            }
            return Block.skipped(line.position());
        }
        noteGiven(keyword, line);
        if (keyword.block() == null) {
            line.error(Found.quote(line.keyword()) + " takes no block; the block is skipped");
            return Block.skipped(line.position());
        }
        return keyword.block().onBlock(draft, line);
    }

    /** Whether the keyword may stand here. */
    private boolean noteGiven(Keyword<D> keyword, Statement line) {
        Position before = draft.noteGiven(line.keyword(), line.position());
        if (before == null || keyword.repeat() == Repeat.ADDS) {
            return true;
        }
        String given = Found.quote(line.keyword()) + " was given in line " + before.line() + " already";
        if (keyword.repeat() == Repeat.REFUSED) {
            line.error(given + "; only one may be");
            return false;
        }
        if (!line.isIncomplete()) {
            line.warning(given + "; this one counts");
        }
        return true;
    }

    private void unknown(Statement line) {
        if (line.isOverLimit()) {
            line.error("unknown keyword");
            return;
        }
        UnknownKeyword unknown = UnknownKeyword.of(line.keyword(), table);
        unknown.meant().ifPresent(meant -> draft.noteGiven(meant, line.position()));
        line.error(unknown.message());
    }
}
