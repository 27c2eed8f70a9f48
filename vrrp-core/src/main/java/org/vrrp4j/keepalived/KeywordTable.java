package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return put(keyword, new Keyword<>(Repeat.REPLACES, handler, null, Support.HONOURED, Values.ANY, null));
    }

    /** A keyword with values that is given once; its handler sees right ones only. */
    <T> KeywordTable<D> line(String keyword, Values<T> values, Keyword.ValueHandler<D, T> handler) {
        return put(keyword, Support.HONOURED, values, handler);
    }

    /** A keyword that may be given once only; its handler sees right values only. */
    <T> KeywordTable<D> once(String keyword, Values<T> values, Keyword.ValueHandler<D, T> handler) {
        return refusedAgain(line(keyword, values, handler), keyword);
    }

    /** A keyword whose values come to nothing yet. */
    <T> KeywordTable<D> notYet(
            String consequence, String keyword, Values<T> values, Keyword.ValueHandler<D, T> handler) {
        return put(keyword, new Support(KeywordInfo.Level.NOT_YET, consequence), values, handler);
    }

    /** Says of keywords that are honoured by whom, or for what. */
    KeywordTable<D> noted(String note, String... words) {
        for (String word : words) {
            Keyword<D> done = keywords.get(word);
            Support support = new Support(KeywordInfo.Level.HONOURED, note);
            put(word, new Keyword<>(done.repeat(), done.line(), done.block(), support, done.values(), done.inner()));
        }
        return this;
    }

    private static <D extends Draft> KeywordTable<D> refusedAgain(KeywordTable<D> table, String keyword) {
        Keyword<D> done = table.keywords.get(keyword);
        return table.put(
                keyword, new Keyword<>(Repeat.REFUSED, done.line(), null, done.support(), done.values(), done.inner()));
    }

    /** Keywords whose values are checked and come to nothing yet. */
    KeywordTable<D> notYet(String consequence, Values<?> values, String... words) {
        return checked(new Support(KeywordInfo.Level.NOT_YET, consequence), values, words);
    }

    /** Keywords that have nothing to work on here; their values are checked. */
    KeywordTable<D> noEffect(String reason, Values<?> values, String... words) {
        return checked(new Support(KeywordInfo.Level.NO_EFFECT, reason), values, words);
    }

    /** Keywords of a block that was reported as a whole: their values are checked. */
    KeywordTable<D> covered(Values<?> values, String... words) {
        return checked(new Support(KeywordInfo.Level.NOT_YET, ""), values, words);
    }

    /** A boolean whose one value is what this library does anyway; the other is not supported. */
    KeywordTable<D> fixed(String keyword, boolean value, String consequence) {
        Support support = new Support(KeywordInfo.Level.NOT_YET, consequence);
        Keyword.LineHandler<D> handler = (draft, line) -> Values.FLAG
                .read(line)
                .filter(flag -> flag != value)
                .ifPresent(flag -> line.warning(support.message(keyword)));
        Support shown = new Support(KeywordInfo.Level.HONOURED, (value ? "on" : "off") + " only: " + consequence);
        return put(keyword, new Keyword<>(Repeat.REPLACES, handler, null, shown, Values.FLAG, null));
    }

    /** A keyword with a block. */
    KeywordTable<D> block(String keyword, Keyword.BlockHandler<D> handler) {
        return put(keyword, new Keyword<>(Repeat.ADDS, null, handler, Support.HONOURED, Values.ANY, null));
    }

    /** A keyword with a block of keywords. */
    KeywordTable<D> block(String keyword, KeywordTable<?> inner, Keyword.BlockHandler<D> handler) {
        return put(keyword, new Keyword<>(Repeat.ADDS, null, handler, Support.HONOURED, Values.ANY, inner));
    }

    /** A keyword with a block that comes to nothing yet. */
    KeywordTable<D> notYetBlock(
            String consequence, String keyword, KeywordTable<?> inner, Keyword.BlockHandler<D> handler) {
        Support support = new Support(KeywordInfo.Level.NOT_YET, consequence);
        return put(keyword, reported(support, inner, handler));
    }

    /** A block whose keywords are checked and come to nothing yet. */
    KeywordTable<D> notYetBlock(String consequence, String keyword, KeywordTable<Draft> inner) {
        return notYetBlock(consequence, keyword, inner, (draft, line) -> inner.block(line));
    }

    /** A block whose keywords are checked and have nothing to work on here. */
    KeywordTable<D> noEffectBlock(String reason, String keyword, KeywordTable<Draft> inner) {
        Support support = new Support(KeywordInfo.Level.NO_EFFECT, reason);
        return put(keyword, reported(support, inner, (draft, line) -> inner.block(line)));
    }

    /** A block within a block that was reported as a whole: its keywords are checked. */
    KeywordTable<D> coveredBlock(String keyword, KeywordTable<Draft> inner) {
        Support support = new Support(KeywordInfo.Level.NOT_YET, "");
        return put(
                keyword,
                new Keyword<>(Repeat.ADDS, null, (draft, line) -> inner.block(line), support, Values.ANY, inner));
    }

    /** A block whose keywords are checked and without which the node would do harm: an error. */
    KeywordTable<D> refusedBlock(String consequence, String keyword, KeywordTable<Draft> inner) {
        Support support = new Support(KeywordInfo.Level.REFUSED, consequence);
        Keyword.BlockHandler<D> handler = (draft, line) -> {
            line.error(support.message(keyword));
            return inner.block(line);
        };
        return put(keyword, new Keyword<>(Repeat.ADDS, null, handler, support, Values.ANY, inner));
    }

    /** Takes the lines that begin with no keyword. */
    KeywordTable<D> others(Keyword.LineHandler<D> handler) {
        others = handler;
        return this;
    }

    /** A block of this table into nothing but its position. */
    Block<Draft> block(Statement line) {
        @SuppressWarnings("unchecked") // such a table is made for a plain draft
        KeywordTable<Draft> plain = (KeywordTable<Draft>) this;
        return new Block<>(plain, new Draft(line.position()));
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

    /** All keywords, each followed by those of its block. */
    List<KeywordInfo> describe(List<String> path) {
        List<KeywordInfo> result = new ArrayList<>();
        keywords.forEach((word, keyword) -> {
            List<String> inside = new ArrayList<>(path);
            inside.add(word);
            Values<?> values = keyword.values();
            result.add(new KeywordInfo(
                    inside,
                    keyword.support().level(),
                    keyword.support().note(),
                    values.allowed(),
                    values.examples(),
                    values.mistakes(),
                    keyword.block() != null));
            if (keyword.inner() != null) {
                result.addAll(keyword.inner().describe(inside));
            }
        });
        return result;
    }

    private <T> KeywordTable<D> put(
            String word, Support support, Values<T> values, Keyword.ValueHandler<D, T> handler) {
        boolean honoured = support.level() == KeywordInfo.Level.HONOURED;
        Keyword.LineHandler<D> line = (draft, statement) -> {
            Optional<T> value = values.read(statement);
            value.ifPresent(right -> handler.onValue(draft, right));
            boolean off = value.filter(Boolean.FALSE::equals).isPresent();
            if (!honoured && !off && !support.note().isEmpty()) {
                statement.warning(support.message(word));
            }
        };
        return put(word, new Keyword<>(Repeat.REPLACES, line, null, support, values, null));
    }

    private KeywordTable<D> checked(Support support, Values<?> values, String... words) {
        for (String word : words) {
            put(word, support, values, (draft, value) -> {});
        }
        return this;
    }

    private Keyword<D> reported(Support support, KeywordTable<?> inner, Keyword.BlockHandler<D> handler) {
        Keyword.BlockHandler<D> reporting = (draft, line) -> {
            line.warning(support.message(line.keyword()));
            return handler.onBlock(draft, line);
        };
        return new Keyword<>(Repeat.ADDS, null, reporting, support, Values.ANY, inner);
    }

    private KeywordTable<D> put(String word, Keyword<D> keyword) {
        keywords.put(word, keyword);
        return this;
    }
}
