package org.vrrp4j.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page of this repository; {@code -Dvrrp4j.rewrite} writes it anew. */
class ConformancePageTest {
    private static Path root;
    private static Conformance conformance;

    @BeforeAll
    static void read() throws IOException {
        root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/requirements.txt"))) {
            root = root.getParent();
        }
        conformance = new Conformance(
                Requirement.parseAll(Files.readAllLines(root.resolve("docs/requirements.txt"))),
                TestSources.read(root));
    }

    @Test
    @DisplayName("every requirement has a test or an excuse, and every test names requirements that exist")
    void nothingIsWrong() {
        assertThat(conformance.problems()).isEmpty();
    }

    @Test
    @DisplayName("docs/conformance.md says what the tests say")
    void pageIsUpToDate() throws IOException {
        Path page = root.resolve("docs/conformance.md");
        String expected = ConformancePage.of(conformance);
        if (Boolean.getBoolean("vrrp4j.rewrite")) {
            Files.writeString(page, expected);
        }
        assertThat(page)
                .as("write it anew: mvn test -pl examples -am -Dvrrp4j.rewrite -Dtest=ConformancePageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(expected);
    }
}
