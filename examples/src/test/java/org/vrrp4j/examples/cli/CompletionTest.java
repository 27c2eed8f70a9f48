package org.vrrp4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Completion as bash itself does it. */
class CompletionTest {
    @TempDir
    private Path directory;

    /** What bash offers when the tabulator is pressed after a line. */
    private List<String> offered(String line) throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        StringWriter out = new StringWriter();
        assertThat(Vrrp.commandLine().setOut(new PrintWriter(out)).execute("completion"))
                .isZero();
        Path script = Files.writeString(directory.resolve("vrrp-completion"), out.toString());
        String ask = """
                source "$0"
                COMP_LINE=$1 COMP_POINT=${#1}
                read -ra COMP_WORDS <<<"$1"
                [[ $1 != *" " ]] || COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                function_of_vrrp=$(complete -p vrrp | sed 's/.*-F \\([^ ]*\\).*/\\1/')
                "$function_of_vrrp" vrrp "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", ask, script.toString(), line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(answer).isZero();
        return answer.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "vrrp ru, run",
        "vrrp st, status",
        "vrrp run --log-fi, --log-file --log-files",
        "vrrp run --log-format , JSON TEXT",
        "vrrp doctor --li, --listen",
    })
    void bashOffersCommandsOptionsAndValues(String line, String words) throws Exception {
        String typed = line.endsWith("format") ? line + " " : line;
        assertThat(offered(typed)).containsExactlyInAnyOrder(words.split(" "));
    }

    @Test
    void bashOffersFilesWhereOneIsWanted() throws Exception {
        Files.createFile(directory.resolve("keepalived.conf"));
        assertThat(offered("vrrp check keep")).containsExactly("keepalived.conf");
        assertThat(offered("vrrp run --log-file keep")).containsExactly("keepalived.conf");
    }

    @Test
    void theHelpOfEachCommandHasExamplesAndExitCodes() {
        CommandLine vrrp = Vrrp.commandLine();
        vrrp.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help") && !command.getCommandSpec().usageMessage().hidden()) {
                assertThat(command.getUsageMessage()).contains("Examples:\n  ", "vrrp " + name, "Exit codes:\n");
            }
        });
        assertThat(vrrp.getUsageMessage()).contains("Examples:\n  ", "Exit codes:\n");
    }
}
