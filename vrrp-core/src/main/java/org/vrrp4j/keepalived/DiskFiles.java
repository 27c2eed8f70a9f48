package org.vrrp4j.keepalived;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of this host, or of what looks like another one below a directory of it. */
final class DiskFiles implements ConfigFiles {
    private static final int MAX_NAMES = 100_000;

    private final String root;

    DiskFiles(String root) {
        this.root = root;
    }

    @Override
    public String read(String path, int maxLength) throws IOException {
        Path file = path(path);
        if (Files.isDirectory(file)) {
            throw new IOException("is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("is no regular file");
        }
        try (InputStream input = Files.newInputStream(file)) {
            return new String(input.readNBytes(maxLength + 1), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw (FileNotFoundException) new FileNotFoundException("there is no such file").initCause(e);
        } catch (AccessDeniedException e) {
            throw new IOException("this user may not read it", e);
        } catch (FileSystemException e) {
            throw new IOException("it cannot be read (" + e.getReason() + ")", e);
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(directory.isEmpty() ? "." : directory))) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
                if (names.size() > MAX_NAMES) {
                    throw new IOException("there are more than " + MAX_NAMES + " names in " + directory);
                }
            }
        }
        return names;
    }

    @Override
    public String absolute(String directory) {
        return Path.of(directory).toAbsolutePath().normalize().toString();
    }

    private Path path(String path) throws IOException {
        try {
            return Path.of(path.startsWith("/") ? root + path : path);
        } catch (InvalidPathException e) {
            throw new IOException("it is no path for this system", e);
        }
    }
}
