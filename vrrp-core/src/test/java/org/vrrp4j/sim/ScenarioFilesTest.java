package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every scenario file comes out as it is written. {@code -Dvrrp4j.rewrite} writes what came out into the source tree
 * instead; commit it only if each changed line is what the rule in the file's comment says.
 */
class ScenarioFilesTest {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "org", "vrrp4j", "sim", "scenarios");
    private static final boolean REWRITE = System.getProperty("vrrp4j.rewrite") != null;

    @TestFactory
    Stream<DynamicTest> everyFileComesOutAsItIsWritten() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(DIRECTORY)) {
            files = found.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(1);
        return files.stream().map(ScenarioFilesTest::test);
    }

    private static DynamicTest test(Path file) {
        String name = file.getFileName().toString();
        try {
            String text = Files.readString(file);
            Scenario scenario = Scenario.parse(name, text);
            String ids = String.join(" ", scenario.requirements());
            String display = (ids.isEmpty() ? "" : ids + " ") + name + ": " + scenario.title();
            return DynamicTest.dynamicTest(display, file.toUri(), () -> compare(file, text, scenario));
        } catch (IOException | IllegalArgumentException e) {
            return DynamicTest.dynamicTest(name, file.toUri(), () -> {
                throw e;
            });
        }
    }

    private static void compare(Path file, String text, Scenario scenario) throws IOException {
        String now = scenario.run();
        if (REWRITE) {
            Files.writeString(file, now);
        } else {
            assertThat(now)
                    .as("repeat with: mvn test -pl vrrp-core -Dtest=ScenarioFilesTest; if it is what it should be now,"
                            + " with -Dvrrp4j.rewrite")
                    .isEqualTo(text);
        }
    }
}
