package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.vrrp4j.linux.lab.LabProcess;

/**
 * What a process and its descendants have used, as the kernel counts it (proc(5)).
 *
 * @param nanos when it was read, by {@link System#nanoTime()}
 * @param ticks processor time in hundredths of a second (USER_HZ, the same on every architecture)
 * @param residentKilobytes VmRSS of all together; pages that they share count for each
 */
record ProcessUsage(long nanos, long ticks, long residentKilobytes) {
    private static final double NANOS_PER_TICK = 1e7;
    private static final int PERCENT = 100;
    private static final int USER_TIME = 11;

    static ProcessUsage of(LabProcess process) throws IOException, InterruptedException {
        ProcessHandle root = ProcessHandle.of(process.pid()).orElseThrow(() -> new IOException(process + " has ended"));
        long ticks = 0;
        long kilobytes = 0;
        for (ProcessHandle each :
                Stream.concat(Stream.of(root), root.descendants()).toList()) {
            Path directory = Path.of("/proc", Long.toString(each.pid()));
            if (Files.exists(directory)) {
                ticks += ticks(directory);
                kilobytes += kilobytes(directory);
            }
        }
        return new ProcessUsage(System.nanoTime(), ticks, kilobytes);
    }

    /** Behind the command's name, which may have spaces in it. */
    private static long ticks(Path directory) throws IOException {
        String stat = Files.readString(directory.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    }

    private static long kilobytes(Path directory) throws IOException {
        return Files.readString(directory.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** The share of one core used since an earlier reading, in percent. */
    double percentSince(ProcessUsage earlier) {
        return PERCENT * (ticks - earlier.ticks) * NANOS_PER_TICK / (nanos - earlier.nanos);
    }
}
