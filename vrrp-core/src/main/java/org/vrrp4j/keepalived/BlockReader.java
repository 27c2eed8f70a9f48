package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns words and braces into blocks and gives each line to its block's table. A brace that is missing or too many is
 * reported where the mistake is, and repaired as well as can be told, so that it does not make errors of what follows:
 * a keyword that is none in the open block but is one in the block around it ends the open one. It is an error all the
 * same where keepalived, which does not look for that, would run something else.
 */
final class BlockReader {
    static final int MAX_DEPTH = 64;

    private final Tokens tokens;
    private final BraceBalance balance;
    private final Reading reading;
    private final List<Frame<?>> frames = new ArrayList<>();
    private Statement pending;
    private Frame<?> lastClosed;
    private Position lastCloser;

    BlockReader(Tokens tokens, BraceBalance balance, Reading reading) {
        this.tokens = tokens;
        this.balance = balance;
        this.reading = reading;
    }

    /** Reads everything into the draft of the outermost level. */
    void read(Block<?> root) {
        frames.add(new Frame<>(root, null, ""));
        for (Token token = tokens.next(); token != null && !reading.isStopped(); token = tokens.next()) {
            switch (token.kind()) {
                case TEXT -> onStatement(new Statement(token.position(), token.text(), reading));
                case OPEN -> onOpen(token.position());
                case CLOSE -> onClose(token.position());
                default -> throw new IllegalStateException("unknown token: " + token.kind());
            }
        }
        finishPending(null);
        onEnd();
    }

    private void onStatement(Statement statement) {
        finishPending(statement);
        if (!top().table().isSkipped()) {
            endForgotten(statement);
        }
        reopen(statement);
        pending = statement;
    }

    private void onOpen(Position position) {
        Statement statement = pending;
        pending = null;
        if (statement == null) {
            reading.error(position, "'{' without a keyword before it; the block is skipped");
            push(Block.skipped(position), position, "{");
        } else {
            if (top().table().isSkipped()) {
                endForgotten(statement);
            }
            push(top().block(statement), statement.position(), title(statement));
        }
    }

    private void onClose(Position position) {
        finishPending(null);
        if (frames.size() > 1) {
            lastClosed = pop();
            lastCloser = position;
        } else {
            reading.repaired(position, "'}' without a block that it could close");
            balance.openerFound();
        }
    }

    /** The line before was one without a block; or its brace is missing, which the next line can show. */
    private void finishPending(Statement next) {
        Statement statement = pending;
        pending = null;
        if (statement == null) {
            return;
        }
        if (!top().needsBlock(statement.keyword())) {
            top().line(statement);
            return;
        }
        String mistake = "'{' is missing after " + Found.quote(title(statement));
        Frame<?> frame = new Frame<>(top().block(statement), statement.position(), title(statement));
        if (next != null && belongsIn(frame.table(), next.keyword())) {
            reading.repaired(statement.position(), mistake);
            push(frame);
            balance.openerFound();
        } else {
            statement.error(mistake);
            frame.draft().markDamaged();
        }
    }

    private boolean belongsIn(KeywordTable<?> table, String word) {
        return table.has(word)
                || table.others() != null
                        && !table.isSkipped()
                        && !top().table().has(word);
    }

    /**
     * Ends open blocks in which a word cannot be, if closing braces are missing and it can be around them. A skipped
     * block may have any word, so there only one with a block of its own counts.
     */
    private void endForgotten(Statement next) {
        if (top().table().has(next.keyword()) || !balance.lacksClosers()) {
            return;
        }
        int owner = frames.size() - 2;
        while (owner >= 0 && !frames.get(owner).table().has(next.keyword())) {
            owner--;
        }
        while (owner >= 0 && frames.size() - 1 > owner) {
            reportUnclosed(
                    pop(),
                    " before " + Found.quote(next.keyword()) + " in line "
                            + next.position().line());
            balance.closerFound();
        }
    }

    /** Goes back into the last block if closing braces are too many and a word can only be there. */
    private void reopen(Statement next) {
        boolean early = frames.size() == 1
                && lastClosed != null
                && !top().table().has(next.keyword())
                && lastClosed.table().has(next.keyword())
                && balance.lacksOpeners();
        if (early) {
            reading.error(
                    lastCloser,
                    "'}' closes " + Found.quote(lastClosed.title()) + " too early: " + Found.quote(next.keyword())
                            + " in line " + next.position().line() + " belongs in it");
            balance.openerFound();
            push(lastClosed);
        }
    }

    private void onEnd() {
        while (frames.size() > 1) {
            Frame<?> frame = pop();
            if (!reading.isStopped()) {
                reading.repaired(frame.opened(), unclosed(frame, " before the end of the file"));
            }
        }
    }

    private void reportUnclosed(Frame<?> frame, String before) {
        frame.draft().markDamaged();
        reading.error(frame.opened(), unclosed(frame, before));
    }

    private static String unclosed(Frame<?> frame, String before) {
        return Found.quote(frame.title()) + " is not closed: '}' is missing" + before;
    }

    private void push(Block<?> block, Position opened, String title) {
        push(new Frame<>(block, opened, title));
    }

    private void push(Frame<?> frame) {
        if (frames.size() > MAX_DEPTH) {
            reading.error(
                    frame.opened(), "blocks are nested deeper than " + MAX_DEPTH + "; the file is not read further");
            reading.stop();
        } else {
            frames.add(frame);
        }
    }

    private Frame<?> pop() {
        return frames.remove(frames.size() - 1);
    }

    private Frame<?> top() {
        return frames.get(frames.size() - 1);
    }

    private static String title(Statement statement) {
        return String.join(
                " ", statement.words().subList(0, Math.min(2, statement.words().size())));
    }
}
