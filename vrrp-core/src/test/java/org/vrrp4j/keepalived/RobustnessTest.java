package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.Severity;

/** Whatever a file holds, reading it ends with problems, soon. */
@Timeout(120)
class RobustnessTest {
    private static final int TEN_MEGABYTES = 10_000_000;
    private static final int MUTATIONS = 1000;

    @Test
    void problemsComeWithTheExceptionOneALine() {
        KeepalivedConf conf = Conf.parse(Conf.instance("priority 0", "lvs_sync_daemon_interface eth1"));

        assertThat(conf.hasErrors()).isTrue();
        assertThatThrownBy(conf::nodeConfig)
                .isInstanceOf(ConfigException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "k.conf:5: error: priority must be 1 to 255: '0'",
                        "k.conf:6: warning: 'lvs_sync_daemon_interface' is not supported yet:"
                                + " no virtual server is set up"))
                .satisfies(e -> assertThat(((ConfigException) e).problems()).isEqualTo(conf.problems()));
    }

    @Test
    void problemsAreInTheOrderOfTheFile() {
        assertThat(Conf.parse("vrrp_instance A {", "priority 0", "}", Conf.instance("priority 256"))
                        .problems())
                .extracting(Problem::line)
                .containsExactly(1, 1, 1, 2, 8);
    }

    @Test
    void missingFileIsAnExceptionThatNamesFileAndRemedy(@TempDir Path directory) {
        Path file = directory.resolve("none.conf");

        assertThatThrownBy(() -> KeepalivedConf.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot read " + file)
                .hasMessageContaining("check that the file exists and that this user may read it");
        assertThatThrownBy(() -> KeepalivedConf.read(directory)).isInstanceOf(IOException.class);
    }

    @Test
    void fileIsReadUnderItsName(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a.conf"), Conf.instance("priority 0"));

        assertThat(KeepalivedConf.read(file).problems())
                .containsExactly(new Problem(Severity.ERROR, file.toString(), 5, "priority must be 1 to 255: '0'"));
    }

    @Test
    void binaryFileIsRecognized(@TempDir Path directory) throws IOException {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);

        KeepalivedConf conf = KeepalivedConf.read(Files.write(directory.resolve("binary"), bytes));

        assertThat(conf.hasErrors()).isTrue();
        assertThat(conf.problems().get(conf.problems().size() - 1).message())
                .isEqualTo("another line holds a NUL character; this is no text file and is not read further");
        assertThat(conf.problems())
                .allMatch(problem -> problem.message().chars().noneMatch(Character::isISOControl));
    }

    @Test
    void bytesThatAreNoTextNeverThrow() {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(5000)];
            random.nextBytes(bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', '{');

            assertThat(KeepalivedConf.parse("k.conf", text).hasErrors()).isTrue();
        }
    }

    @Test
    void tenMegabytesAreReadInBoundedTimeWithAHundredProblems() {
        for (String unit : List.of("x\n", "priority 5 6\n", "{", "# nothing\n")) {
            assertBounded(unit, TEN_MEGABYTES);
        }
    }

    @Test
    void anyRepetitionIsReadInBoundedTimeWithAHundredProblems() {
        List<String> units = List.of(
                "x {\n",
                "}\n",
                "{}\n",
                "\n",
                "\"\n",
                "$a=\\\n",
                "@a @a @a\n",
                "~SEQ() ~LST()\n",
                "vrrp_instance A {\n}\n",
                "vrrp_instance\n",
                "global_defs {\npriorty\n}\n",
                "virtual_server {\n",
                "include x\n");
        units.forEach(unit -> assertBounded(unit, TEN_MEGABYTES / 20));
    }

    private static void assertBounded(String unit, int length) {
        String text = unit.repeat(length / unit.length());
        long start = System.nanoTime();

        KeepalivedConf conf = KeepalivedConf.parse("k.conf", text);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(unit).isLessThan(Duration.ofSeconds(30));
        assertThat(conf.hasErrors()).as(unit).isTrue();
        assertThat(conf.problems()).as(unit).hasSizeBetween(1, 303);
    }

    @Test
    void whatIsNotListedIsCounted() {
        KeepalivedConf conf = Conf.parse("x\n".repeat(250), "use_pid_dir\n".repeat(51));

        assertThat(conf.problems()).hasSize(202);
        assertThat(conf.problems().get(200)).hasToString("k.conf:101: error: and 150 more errors");
        assertThat(conf.problems().get(201)).hasToString("k.conf:302: warning: and 1 more warnings");
    }

    @Test
    void fileThatIsTooLongIsNotRead() {
        String text = "#".repeat(KeepalivedConf.MAX_FILE_SIZE + 1);

        assertThat(KeepalivedConf.parse("k.conf", text).problems().stream().map(Problem::toString))
                .containsExactly("k.conf:1: error: file must have at most 16 MiB; it is not read");
    }

    @Test
    void deepNestingEndsTheReading() {
        String text = "vrrp_instance A {\n" + "x {\n".repeat(1000);

        assertThat(Conf.problems(text))
                .containsExactly(
                        "k.conf:2: error: unknown keyword 'x' in vrrp_instance",
                        "k.conf:65: error: blocks are nested deeper than 64; the file is not read further");
    }

    @Test
    void mutationsOfAGoodFileNeverThrow() throws IOException {
        String good = SeedFilesTest.text("lb01.conf");
        String alphabet = "{}\"#!\\@$~ \n\r\t\0019/:.x\u00e4\uFFFD";
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(good);
            for (int i = random.nextInt(8); i >= 0; i--) {
                mutate(text, random, alphabet);
            }
            KeepalivedConf conf = KeepalivedConf.parse("seed " + seed, text.toString());

            assertThat(conf.problems()).hasSizeLessThan(60);
            if (!conf.hasErrors()) {
                assertThat(conf.nodeConfig().routers()).isNotEmpty();
            }
        }
    }

    private static void mutate(StringBuilder text, Random random, String alphabet) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(5)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
            case 2 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            case 3 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(60)));
            default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
        }
    }
}
