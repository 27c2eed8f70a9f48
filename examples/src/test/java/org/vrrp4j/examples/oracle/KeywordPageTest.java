package org.vrrp4j.examples.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.keepalived.KeywordInfo;

/** The page of this repository; {@code -Dvrrp4j.rewrite} writes it anew. */
class KeywordPageTest {

    @Test
    @DisplayName("docs/keepalived-keywords.md says what the reader's tables say")
    void pageIsUpToDate() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/requirements.txt"))) {
            root = root.getParent();
        }
        Path page = root.resolve("docs/keepalived-keywords.md");
        String expected = KeywordPage.of(KeywordInfo.all());
        if (Boolean.getBoolean("vrrp4j.rewrite")) {
            Files.writeString(page, expected);
        }
        assertThat(page)
                .as("write it anew: mvn test -pl examples -am -Dvrrp4j.rewrite -Dtest=KeywordPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(expected);
    }
}
