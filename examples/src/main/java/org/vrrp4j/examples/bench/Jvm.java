package org.vrrp4j.examples.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a JVM like this one is started, for programs that need options of their own. */
final class Jvm {
    /** The options of {@code bin/vrrp}. */
    static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:Tier0InvokeNotifyFreqLog=4",
            "-XX:Tier3LoadFeedback=1000",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:GuaranteedSafepointInterval=0",
            "-Xms64m",
            "-Xmn8m",
            "-Xmx128m",
            "-Xshare:auto");

    private Jvm() {}

    static String[] command(List<String> options, Class<?> mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // hosts share /tmp but count their processes anew, and so would the files of counters clash
        command.add("-XX:-UsePerfData");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }
}
