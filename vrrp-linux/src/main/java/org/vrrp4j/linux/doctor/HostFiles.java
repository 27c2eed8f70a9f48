package org.vrrp4j.linux.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of /proc and /sys, or of a directory that stands for them. */
final class HostFiles {
    private final Path root;

    HostFiles(Path root) {
        this.root = root;
    }

    Path path(String file) {
        return root.resolve(file);
    }

    /** The content without white space around it; empty if there is no such file or it may not be read. */
    Optional<String> text(String file) {
        try {
            return Optional.of(Files.readString(path(file)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The lines; none if there is no such file or it may not be read. */
    List<String> lines(String file) {
        return text(file).stream().flatMap(String::lines).toList();
    }

    OptionalLong number(String file) {
        return text(file)
                .filter(text -> text.matches("-?\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** The names in a directory; none if it may not be read. */
    List<String> names(String directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(directory))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return List.copyOf(names);
        }
        return List.copyOf(names);
    }

    /** What a link points to, which for /proc/PID/ns and /proc/PID/fd is no file; empty if it may not be read. */
    Optional<String> link(String file) {
        try {
            return Optional.of(Files.readSymbolicLink(path(file)).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
