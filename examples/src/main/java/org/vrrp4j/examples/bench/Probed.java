package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** A {@link ProbedNode} on a host, to be asked. */
final class Probed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LabProcess process;
    private int asked;

    private Probed(LabProcess process) {
        this.process = process;
    }

    static Probed start(LabHost host, RouterSet routers, List<String> options)
            throws IOException, InterruptedException {
        return start(host, routers, options, PauseGrace.DEFAULT);
    }

    static Probed start(LabHost host, RouterSet routers, List<String> options, PauseGrace grace)
            throws IOException, InterruptedException {
        String file = host.write("probed.conf", routers.configuration());
        String millis = Long.toString(grace.duration().toMillis());
        Probed probed = new Probed(host.start(Jvm.command(options, ProbedNode.class, file, millis)));
        probed.process.awaitLine(ProbedNode.ANSWER + "ready", PATIENCE);
        return probed;
    }

    LabProcess process() {
        return process;
    }

    /** The numbers that it answers with. */
    long[] ask(String question) throws IOException, InterruptedException {
        asked++;
        OutputStream input = process.standardInput();
        input.write((question + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
        String beginning = ProbedNode.ANSWER + question.split(" ")[0] + " ";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            List<String> answers = process.output()
                    .lines()
                    .filter(line -> line.startsWith(ProbedNode.ANSWER))
                    .skip(asked)
                    .toList();
            if (!answers.isEmpty()) {
                return Arrays.stream(
                                answers.get(0).substring(beginning.length()).split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();
            }
            Thread.sleep(5);
        }
        throw new IOException(process + " does not answer: " + question);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
