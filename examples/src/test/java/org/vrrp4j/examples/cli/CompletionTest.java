package org.vrrp4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Completion as bash and zsh themselves do it. */
class CompletionTest {
    @TempDir
    private Path directory;

    private Path script() throws IOException {
        StringWriter out = new StringWriter();
        assertThat(Vrrp.commandLine().setOut(new PrintWriter(out)).execute("completion"))
                .isZero();
        return Files.writeString(directory.resolve("vrrp-completion"), out.toString());
    }

    /** What bash offers when the tabulator is pressed after a line. */
    private List<String> offered(String line) throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
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
        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", ask, script().toString(), line)
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

    /** A terminal of zsh, in which the tabulator is pressed after a line; ends when the word has been shown. */
    @ParameterizedTest
    @CsvSource({
        "vrrp ru, vrrp run",
        "vrrp run --log-fi, --log-file",
        "vrrp run --log-format J, JSON",
        "vrrp check keep, keepalived.conf",
    })
    void zshCompletesTheSame(String line, String shown) throws Exception {
        assumeThat(Path.of("/bin/zsh")).as("zsh").exists();
        Files.createFile(directory.resolve("keepalived.conf"));
        String ask = """
                zmodload zsh/zpty
                zpty terminal zsh -f -i
                zpty -w terminal "source $1; PS1=; print REA''DY"
                zpty -r terminal answer '*READY*'
                zpty -w -n terminal "$2"$'\\t'
                zpty -r terminal answer "*$3*"
                zpty -d terminal
                """;
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/zsh", "-f", "-c", ask, "zsh", script().toString(), line, shown)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("answer").toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("TERM", "dumb");
        Process zsh = builder.start();
        try {
            assertThat(zsh.waitFor(1, TimeUnit.MINUTES))
                    .as("%s is completed", line)
                    .isTrue();
            assertThat(zsh.exitValue())
                    .as(Files.readString(directory.resolve("answer")))
                    .isZero();
        } finally {
            zsh.descendants().forEach(ProcessHandle::destroyForcibly);
            zsh.destroyForcibly();
        }
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
