package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The threads of a process by their names, and the processor time that they have used, to the nanosecond (proc(5)). */
final class ThreadTime {
    private ThreadTime() {}

    /** The numbers of those whose name begins so. */
    static List<Long> threads(long process, String beginning) throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).startsWith(beginning)) {
                    found.add(Long.parseLong(task.getFileName().toString()));
                }
            }
        }
        return found;
    }

    /** Of some threads of a process together. */
    static long nanos(long process, List<Long> threads) throws IOException {
        long sum = 0;
        for (long thread : threads) {
            Path task = Path.of("/proc", Long.toString(process), "task", Long.toString(thread));
            sum += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
        }
        return sum;
    }
}
