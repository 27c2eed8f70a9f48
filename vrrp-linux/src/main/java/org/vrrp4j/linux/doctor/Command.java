package org.vrrp4j.linux.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the host that are asked for what they know. */
final class Command {
    private static final long TIMEOUT_SECONDS = 5;
    private static final int MAX_BYTES = 32 << 20;

    private Command() {}

    /** Where a program is: on the PATH, or where a plain user's PATH does not look. */
    static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)).filter(directory -> !directory.isBlank()),
                        Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"))
                .map(directory -> Path.of(directory, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * Runs a program to its end, in the network namespace of this thread.
     *
     * @return its standard output
     * @throws IOException if it fails, with its error output, or takes longer than 5 seconds
     */
    static String output(List<String> command) throws IOException, InterruptedException {
        Path program = find(command.get(0)).orElseThrow(() -> new IOException("no command " + command.get(0)));
        List<String> words = new ArrayList<>(command);
        words.set(0, program.toString());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<byte[]> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.get(0) + " has not ended after " + TIMEOUT_SECONDS + " seconds");
            }
            if (process.exitValue() != 0) {
                String first = text(errors.join()).lines().findFirst().orElse("exit code " + process.exitValue());
                throw new IOException(command.get(0) + ": " + first.strip());
            }
            return text(output.join());
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] read(java.io.InputStream stream) {
        try {
            return stream.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
