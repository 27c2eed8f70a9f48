package org.vrrp4j.examples.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vrrp4j.keepalived.KeywordInfo;
import org.vrrp4j.keepalived.KeywordInfo.Level;

/** The text of {@code docs/keepalived-keywords.md}. */
final class KeywordPage {
    private static final String HEAD = """
            # Keywords of keepalived.conf

            What comes of each keyword of keepalived (keepalived.conf(5)), block by block. Generated from the reader's
            own tables: do not edit, see [CONTRIBUTING.md](../CONTRIBUTING.md). The build fails if this page is stale.

            A keyword is *honoured*, or it has *no effect* here for the reason given, or what it says is *not yet*
            acted on: then its values are read and checked all the same, and a warning says what does not happen. It is
            *refused*, with an error, where a node without it would do harm. Values that keepalived does not take are
            errors in any case.

            What the lines between the keywords mean (`include`, `$NAME=VALUE`, `@id`, `~SEQ`, `~LST`) is as in
            keepalived.

            """;

    private KeywordPage() {}

    static String of(List<KeywordInfo> keywords) {
        StringBuilder page = new StringBuilder(HEAD);
        Map<Level, Long> counts =
                keywords.stream().collect(Collectors.groupingBy(KeywordInfo::level, Collectors.counting()));
        page.append("| | keywords |\n| --- | ---: |\n");
        for (Level level : Level.values()) {
            page.append("| ").append(name(level)).append(" | ");
            page.append(counts.getOrDefault(level, 0L)).append(" |\n");
        }
        Map<String, List<KeywordInfo>> byBlock = keywords.stream()
                .collect(Collectors.groupingBy(KeywordPage::block, LinkedHashMap::new, Collectors.toList()));
        byBlock.forEach((block, members) -> {
            page.append("\n## ").append(block).append("\n\n");
            page.append("| keyword | values | | note |\n| --- | --- | --- | --- |\n");
            members.forEach(member -> row(member, note(member, keywords), page));
        });
        return page.toString();
    }

    /** What a block does not do, none of its keywords does. */
    private static String note(KeywordInfo keyword, List<KeywordInfo> keywords) {
        for (int length = keyword.path().size(); length > 0 && keyword.level() != Level.HONOURED; length--) {
            List<String> path = keyword.path().subList(0, length);
            Optional<String> note = keywords.stream()
                    .filter(other -> other.path().equals(path))
                    .map(KeywordInfo::note)
                    .filter(text -> !text.isEmpty())
                    .findFirst();
            if (note.isPresent()) {
                return note.get();
            }
        }
        return keyword.note();
    }

    private static String block(KeywordInfo keyword) {
        List<String> blocks = keyword.path().subList(0, keyword.path().size() - 1);
        return blocks.isEmpty() ? "Outside of all blocks" : String.join(" / ", blocks);
    }

    private static void row(KeywordInfo keyword, String note, StringBuilder page) {
        page.append("| `").append(keyword.keyword()).append("` | ");
        page.append(keyword.block() ? "{...}" : keyword.values().replace("|", "\\|"));
        page.append(" | ").append(name(keyword.level())).append(" | ");
        page.append(note).append(" |\n");
    }

    private static String name(Level level) {
        return switch (level) {
            case HONOURED -> "honoured";
            case NO_EFFECT -> "no effect";
            case NOT_YET -> "not yet";
            case REFUSED -> "refused";
        };
    }
}
