package org.vrrp4j.examples.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the sockets are, unless a path is given: /run/vrrp4j, or vrrp4j in $XDG_RUNTIME_DIR for others. */
public final class StatusPath {
    private static final String END = ".sock";

    private StatusPath() {}

    private static Path directory() {
        String own = System.getenv("XDG_RUNTIME_DIR");
        return Files.isWritable(Path.of("/run")) || own == null ? Path.of("/run/vrrp4j") : Path.of(own, "vrrp4j");
    }

    /** That of a node, by its name. */
    public static Path of(String node) {
        return directory().resolve(node.replaceAll("[^A-Za-z0-9._-]", "_") + END);
    }

    /**
     * The only one that there is.
     *
     * @throws IOException if there is none, or more than one; the message names them
     */
    public static Path only() throws IOException {
        Path directory = directory();
        List<Path> found = List.of();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                found = files.filter(file -> file.toString().endsWith(END))
                        .sorted()
                        .toList();
            }
        }
        if (found.size() != 1) {
            throw new IOException(
                    found.isEmpty()
                            ? "no 'vrrp run' has a socket in " + directory + ": is one running? --socket gives another"
                            : "there are several sockets, choose one with --socket: " + found);
        }
        return found.get(0);
    }
}
