package org.vrrp4j.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks themselves, on lists and sources made up here. */
class ConformanceTest {
    private static final String TESTED = "R9568-7.1-4 | MUST | RFC 9568, 7.1, erratum 8298 | core | text |";
    private static final String EXCUSED = "R2338-10.3-1 | rule | RFC 2338, 10.3 | codec | text | not offered: why";

    @TempDir
    private Path root;

    private List<NamedTest> tests(String body) throws IOException {
        Path directory = Files.createDirectories(root.resolve("some-module/src/test/java/a"));
        Files.writeString(directory.resolve("SomeTest.java"), "package a;\n" + body);
        Files.createDirectories(root.resolve("no-module"));
        return TestSources.read(root);
    }

    private List<String> problems(String list, String label) throws IOException {
        List<NamedTest> tests = tests("class SomeTest { @Test @DisplayName(\"" + label + "\") void works() {} }");
        return new Conformance(Requirement.parseAll(list.lines().toList()), tests).problems();
    }

    @Test
    @DisplayName("ids are found in display names, also in parts of them, in tags, and on classes")
    void idsAreFound() throws IOException {
        List<NamedTest> tests = tests("""
                @Tag("t0") class SomeTest {
                    @Test @DisplayName("n1" + " n2") void named() {}
                    @ParameterizedTest @Tag(value = "t1") @Tag("t2") void tagged(int i) {}
                    @Nested @DisplayName("of inner") class Inner { @RepeatedTest(2) void inner() {} }
                    @DisplayName("n3") void noTest() {}
                    @Test @Disabled @DisplayName("n4") void disabled() {}
                    @Disabled static class Off { @Test @DisplayName("n5") void off() {} }
                }
                """);
        String file = "some-module/src/test/java/a/SomeTest.java";
        assertThat(tests)
                .containsExactly(
                        new NamedTest(file, "SomeTest.Inner", "inner", List.of("t0", "of inner")),
                        new NamedTest(file, "SomeTest", "named", List.of("t0", "n1 n2")),
                        new NamedTest(file, "SomeTest", "tagged", List.of("t0", "t1", "t2")));
    }

    @Test
    @DisplayName("ids are found in the comments of scenario files, each of which is a test")
    void idsOfScenariosAreFound() throws IOException {
        String file = "some-module/src/test/resources/a/tie.scenario";
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "# one\n# R9568-7.1-4\nhost a R9568-7.1-5\n");
        Files.writeString(path.resolveSibling("other.txt"), "# R9568-7.1-6\n");
        assertThat(TestSources.read(root))
                .containsExactly(new NamedTest(file, "tie.scenario", "", List.of("# one", "# R9568-7.1-4")));
    }

    @Test
    @DisplayName("a requirement needs a test or an excuse, and not both")
    void testOrExcuse() throws IOException {
        assertThat(problems(TESTED + "\n" + EXCUSED, "R9568-7.1-4 works")).isEmpty();
        assertThat(problems(TESTED, "works")).containsExactly("R9568-7.1-4 has neither a test nor an excuse");
        assertThat(problems(TESTED + " difference: no", "works"))
                .containsExactly("R9568-7.1-4 has neither a test nor an excuse");
        assertThat(problems(EXCUSED, "R2338-10.3-1: works"))
                .containsExactly("R2338-10.3-1 is excused (not offered), but named by SomeTest.works");
    }

    @ParameterizedTest
    @CsvSource({"R9568-7.1-5", "R9568-7.1", "R9568-7.1-1..4", "R9999-1-1", "OPEN-77"})
    @DisplayName("a test must name requirements that exist")
    void unknownIds(String id) throws IOException {
        assertThat(problems(TESTED, "R9568-7.1-4, " + id + ": works"))
                .containsExactly("SomeTest.works names " + id + ", which is no requirement");
    }

    @Test
    @DisplayName("what an excuse refers to must exist, and no id is listed twice")
    void references() throws IOException {
        assertThat(problems(EXCUSED + "\n" + EXCUSED, "works")).containsExactly("R2338-10.3-1 is listed twice");
        assertThat(problems("OPEN-1 | rule | no RFC | core | text | superseded: R9568-7.1-5", "works"))
                .containsExactly("OPEN-1 refers to R9568-7.1-5, which is no requirement");
        assertThat(problems("OPEN-1 | rule | no RFC | core | text | superseded: by now", "works"))
                .containsExactly("OPEN-1 does not say by what it is superseded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "R9568-7.1-4 | MUST | RFC 9568, 7.1 | core | text; 6 fields are needed, found 5",
                "R9568-7.1 | MUST | RFC 9568, 7.1 | core | text |; no id: R9568-7.1",
                "R9568-7.1-4 | HAS TO | RFC 9568, 7.1 | core | text |; unknown level: HAS TO",
                "R9568-7.1-4 | MUST | RFC 9568, 7.2 | core | text |; R9568-7.1-4 is not from RFC 9568, 7.2",
                "R9568-7.1-4 | MUST | RFC 9568, 7.1 | top | text |; unknown layer: top",
                "R9568-7.1-4 | MUST | RFC 9568, 7.1 | core | |; no text",
                "R9568-7.1-4 | MUST | RFC 9568, 7.1 | core | text | no excuse; a remark is a keyword",
                "R9568-7.1-4 | MUST | RFC 9568, 7.1 | core | text | lazy: me; unknown kind of remark: lazy"
            })
    @DisplayName("a line that is not well formed is refused with its number")
    void malformedLines(String line, String message) {
        assertThatThrownBy(() -> Requirement.parseAll(List.of("# comment", "", line)))
                .hasMessageStartingWith("line 3: " + message);
    }
}
