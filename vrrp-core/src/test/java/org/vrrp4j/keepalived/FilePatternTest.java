package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Patterns of file names. */
class FilePatternTest {

    @Test
    void nameMatchesItsPattern() {
        assertThat(FilePattern.matches("a*b*c", "a-b-b-c")).isTrue();
        assertThat(FilePattern.matches("a*b*c", "a-b-b-d")).isFalse();
        assertThat(FilePattern.matches("?[0-9a]\\*", "xa*")).isTrue();
        assertThat(FilePattern.matches("[^0-9]", "5")).isFalse();
        assertThat(FilePattern.matches("[]x]", "]")).isTrue();
        assertThat(FilePattern.matches("[a", "[a")).isTrue();
        assertThat(FilePattern.matches("*", "")).isTrue();
        assertThat(FilePattern.matches("*a".repeat(200), "a".repeat(199) + "b")).isFalse();
    }

    @Test
    void alternativesInBracesAreNested() throws IOException {
        assertThat(FilePattern.find("/a{b{1,2},c}d", ConfigFiles.NONE).paths())
                .containsExactly("/ab1d", "/ab2d", "/acd");
        assertThat(FilePattern.find("/a{b", ConfigFiles.NONE).paths()).containsExactly("/a{b");
    }

    @Test
    void tooManyAlternativesAreRefused() {
        assertThatThrownBy(() -> FilePattern.find("{a,b}".repeat(20), ConfigFiles.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 10000 files");
    }
}
