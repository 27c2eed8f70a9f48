package org.vrrp4j.examples.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.Severity;
import org.vrrp4j.keepalived.KeepalivedConf;

/** keepalived -t and ours accept the same configurations, but for differences that are meant. */
class AcceptanceLiveTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Each in turn: its name, its exit code and what it says first. */
    private static final String JUDGE = """
            cd "$0"
            for file in *.conf; do
                timeout 10 keepalived --config-test --use-file="$file" >/dev/null 2>said
                code=$?
                echo "$file $code $(grep -v '^$' said | head -n 1)"
            done
            """;

    @Test
    @DisplayName("keepalived -t and vrrp check agree on every configuration of the corpus")
    void agreesWithKeepalived(@TempDir Path directory) throws IOException {
        Map<String, String> corpus = Corpus.all();
        Map<String, String> nameOf = new HashMap<>();
        for (Map.Entry<String, String> entry : corpus.entrySet()) {
            String file = "c%04d.conf".formatted(nameOf.size());
            nameOf.put(file, entry.getKey());
            Files.writeString(directory.resolve(file), Corpus.in(directory, entry.getValue()));
        }
        Differences differences = Differences.read();
        List<String> unexpected = new ArrayList<>();
        try (OracleHost host = OracleHost.open()) {
            String answer = host.run(PATIENCE, "sh", "-c", JUDGE, directory.toString());
            for (String line : answer.lines().toList()) {
                String[] words = line.split(" ", 3);
                boolean theirs = words[1].equals("0");
                KeepalivedConf conf = KeepalivedConf.read(directory.resolve(words[0]));
                boolean ours = !conf.hasErrors() && !conf.isRepaired();
                String error = theirs ? firstError(conf) : words[2];
                if (ours != theirs && !differences.allow(ours, theirs, error)) {
                    unexpected.add(nameOf.get(words[0]) + ": ours " + (ours ? "accepts" : "refuses") + ", theirs says "
                            + words[1] + ": " + error);
                }
            }
            assertThat(answer.lines()).hasSameSizeAs(corpus.keySet());
        }
        assertThat(unexpected).isEmpty();
        assertThat(differences.unused()).isEmpty();
        assertThat(Corpus.written()).hasSizeGreaterThanOrEqualTo(150);
    }

    private static String firstError(KeepalivedConf conf) {
        return conf.problems().stream()
                .filter(problem -> problem.severity() != Severity.WARNING)
                .map(Problem::message)
                .findFirst()
                .orElse("");
    }
}
