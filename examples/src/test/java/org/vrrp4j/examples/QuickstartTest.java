package org.vrrp4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example runs to its end, which it does only if all it expects comes true. */
class QuickstartTest {

    @Test
    void tellsTheWholeStory() throws InterruptedException {
        PrintStream console = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            Quickstart.main(new String[0]);
        } finally {
            System.setOut(console);
        }
        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("is master; the client sends to left")
                .contains("right has taken over; the client sends to right")
                .contains("right did not have to wait for silence; the client sends to right")
                .doesNotContain("NOT SO");
    }
}
