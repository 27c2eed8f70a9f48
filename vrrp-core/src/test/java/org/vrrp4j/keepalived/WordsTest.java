package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The two ways to split a line. */
class WordsTest {

    @Test
    void usualWordsHaveDoubleQuotesOnly() {
        assertThat(Words.plain("a  'b c' \"d e\"f\\\"").list()).containsExactly("a", "'b", "c'", "d e", "f\\", "");
        assertThat(Words.plain("a \"b").complete()).isFalse();
    }

    @Test
    void commandsHaveBothQuotesAndEscapes() {
        assertThat(Words.command("script '/a b' c\" d\"e' f' \\'g\\ h").list())
                .containsExactly("script", "/a b", "c de f", "'g h");
        assertThat(Words.command("\\x41\\x4a1 \\101\\7z \\cA\\n\\E\\q").list())
                .containsExactly("AJ1", "A\u0007z", "\u0001\n\u001bq");
        assertThat(Words.command("a 'b").complete()).isFalse();
        assertThat(Words.command("a b\\").complete()).isFalse();
    }
}
