package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The system calls of threads, counted by the kernel at its tracepoints with {@code perf stat}: unlike strace, that
 * does not stop them. It needs root, perf and a mounted tracefs.
 *
 * @param all a second
 * @param uring of them io_uring_enter
 * @param sends of them sendmsg
 */
record SystemCalls(double all, double uring, double sends) {
    private static final List<String> EVENTS =
            List.of("raw_syscalls:sys_enter", "syscalls:sys_enter_io_uring_enter", "syscalls:sys_enter_sendmsg");
    private static final String SEPARATOR = ";";
    private static final int SECONDS_TO_START = 10;

    /** A count that has begun. */
    static final class Counting {
        private final Process perf;
        private final int seconds;

        private Counting(Process perf, int seconds) {
            this.perf = perf;
            this.seconds = seconds;
        }

        /**
         * Waits for its end.
         *
         * @throws IOException with what perf says if it cannot count
         */
        SystemCalls await() throws IOException, InterruptedException {
            if (!perf.waitFor(seconds + SECONDS_TO_START, TimeUnit.SECONDS)) {
                perf.destroyForcibly();
                throw new IOException("perf does not end");
            }
            String output = new String(perf.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (perf.exitValue() != 0) {
                throw new IOException("perf ended with " + perf.exitValue() + ": " + output);
            }
            return parse(output, seconds);
        }
    }

    /** Why they cannot be counted here, with the remedy; empty if they can. */
    static Optional<String> unavailabilityCause() throws InterruptedException {
        try {
            Process self = command(List.of("--", "true"));
            String output = new String(self.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return self.waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("perf cannot count (root? mount -t tracefs none /sys/kernel/tracing?): " + output);
        } catch (IOException e) {
            return Optional.of("perf is missing (apt-get install linux-perf)");
        }
    }

    /** Counts those of some threads, from now on. */
    static Counting count(List<Long> threads, int seconds) throws IOException {
        String numbers = String.join(",", threads.stream().map(String::valueOf).toList());
        return new Counting(command(List.of("-t", numbers, "--", "sleep", Integer.toString(seconds))), seconds);
    }

    private static Process command(List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("perf", "stat", "-x", SEPARATOR, "-e", String.join(",", EVENTS)));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The output of {@code perf stat -x}: a line for each event, which begins with its count. */
    static SystemCalls parse(String output, int seconds) throws IOException {
        double[] found = new double[EVENTS.size()];
        for (int i = 0; i < found.length; i++) {
            String event = EVENTS.get(i);
            String count = output.lines()
                    .map(line -> line.split(SEPARATOR))
                    .filter(fields -> fields.length > 2 && fields[2].equals(event))
                    .map(fields -> fields[0])
                    .findFirst()
                    .orElseThrow(() -> new IOException("perf does not say " + event + ": " + output));
            found[i] = perSecond(count, seconds);
        }
        return new SystemCalls(found[0], found[1], found[2]);
    }

    private static double perSecond(String count, int seconds) throws IOException {
        if (count.equals("<not counted>")) {
            // of threads that have not run at all
            return 0;
        }
        if (!count.matches("\\d+")) {
            throw new IOException("perf does not count: " + count);
        }
        return Double.parseDouble(count) / seconds;
    }
}
