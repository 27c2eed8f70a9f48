package org.vrrp4j.linux.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs are: PATH, and the directories that the PATH of a service may leave out. */
public final class Programs {

    private Programs() {}

    /** A program by its path, or by its name. */
    public static Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(Programs::isProgram);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)).filter(directory -> !directory.isBlank()),
                        Stream.of("/usr/local/sbin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"))
                .map(directory -> Path.of(directory, program))
                .filter(Programs::isProgram)
                .findFirst();
    }

    /** As {@link #find}, for a program of util-linux or coreutils. */
    static String ofSystem(String program) throws IOException {
        return find(program)
                .orElseThrow(() -> new IOException(
                        "there is no program " + program + ": install the packages util-linux and coreutils"))
                .toString();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
