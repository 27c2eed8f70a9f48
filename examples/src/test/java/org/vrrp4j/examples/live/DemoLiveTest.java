package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.linux.lab.Lab;

/** {@code vrrp demo} from the command line to the picture. */
class DemoLiveTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("on real hosts the client has answers again after everything that happens")
    void onRealHosts() throws Exception {
        TwoHosts.require("a network lab", Lab.unavailabilityCause());
        assertThat(run("real hosts")).contains("its kernel's lease has ended", "SIGKILL", "the link is down: eth0");
    }

    @Test
    @DisplayName("on simulated hosts as well, without any rights")
    void onSimulatedHosts() throws Exception {
        run("simulated network", "--simulated");
    }

    private String run(String stage, String... options) throws Exception {
        Path picture = directory.resolve("demo.svg");
        String[] command = RouterProcess.command("demo", "--svg", picture.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.command().addAll(List.of(options));
        Process demo = builder.start();
        String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(demo.waitFor()).as(output).isZero();
        assertThat(output)
                .contains(stage, picture.toString())
                .containsPattern("lb01 killed with SIGKILL +\\d+ ms +361 ms")
                .containsPattern("lb01 started again +\\d+ ms +0 ms")
                .containsPattern("lb01 asked to stop with SIGTERM +\\d+ ms +61 ms")
                .containsPattern("lb01 unplugged +\\d+ ms +361 ms")
                .containsPattern("lb01 plugged in again +\\d+ ms +0 ms")
                .doesNotContain("\tat ", "no answers again");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(picture.toFile())
                        .getElementsByTagName("text")
                        .getLength())
                .isGreaterThan(10);
        return output;
    }
}
