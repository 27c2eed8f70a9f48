package org.vrrp4j.keepalived;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The keywords of one block level, and what each does to the draft of that level. A table is filled once and then only
 * read.
 */
final class KeywordTable<D extends Draft> {
    /** The level of everything that is skipped: it knows no keyword and minds none. */
    static final KeywordTable<Draft> SKIPPED = new KeywordTable<>("a skipped block").others((draft, line) -> {});

    private final String name;
    private final Map<String, Keyword<D>> keywords = new LinkedHashMap<>();
    private Keyword.LineHandler<D> others;

    KeywordTable(String name) {
        this.name = name;
    }

    /** A keyword with values that is given once. */
    KeywordTable<D> line(String keyword, Keyword.LineHandler<D> handler) {
        return put(keyword, new Keyword<>(true, handler, null));
    }

    /** A keyword with a block. */
    KeywordTable<D> block(String keyword, Keyword.BlockHandler<D> handler) {
        return put(keyword, new Keyword<>(false, null, handler));
    }

    /** Keywords that keepalived knows and that do nothing here: a warning, and the block, if any, is skipped. */
    KeywordTable<D> unsupported(String consequence, String... words) {
        for (String word : words) {
            put(word, skipping((draft, line) -> line.warning(notSupported(line, consequence))));
        }
        return this;
    }

    /** Keywords that keepalived knows and without which the node would do harm: an error. */
    KeywordTable<D> refused(String consequence, String... words) {
        for (String word : words) {
            put(word, skipping((draft, line) -> line.error(notSupported(line, consequence))));
        }
        return this;
    }

    /** Keywords about which there is nothing to say, as the whole block was reported already. */
    KeywordTable<D> covered(String... words) {
        for (String word : words) {
            put(word, skipping((draft, line) -> {}));
        }
        return this;
    }

    /** A boolean whose one value is what this library does anyway; the other is not supported. */
    KeywordTable<D> fixed(String keyword, boolean value, String consequence) {
        return line(
                keyword,
                (draft, line) -> line.flag()
                        .filter(flag -> flag != value)
                        .ifPresent(flag -> line.warning(notSupported(line, consequence))));
    }

    /** Takes the lines that begin with no keyword. */
    KeywordTable<D> others(Keyword.LineHandler<D> handler) {
        others = handler;
        return this;
    }

    String name() {
        return name;
    }

    Keyword<D> find(String word) {
        return keywords.get(word);
    }

    Keyword.LineHandler<D> others() {
        return others;
    }

    boolean has(String word) {
        return keywords.containsKey(word);
    }

    boolean isSkipped() {
        return this == (Object) SKIPPED;
    }

    Set<String> words() {
        return keywords.keySet();
    }

    private KeywordTable<D> put(String word, Keyword<D> keyword) {
        keywords.put(word, keyword);
        return this;
    }

    private static <D extends Draft> Keyword<D> skipping(Keyword.LineHandler<D> handler) {
        return new Keyword<>(false, handler, (draft, line) -> {
            handler.onLine(draft, line);
            return Block.skipped(line.position());
        });
    }

    private static String notSupported(Statement line, String consequence) {
        return Found.quote(line.keyword()) + " is not supported yet: " + consequence;
    }
}
