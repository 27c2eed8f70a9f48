package org.vrrp4j.keepalived;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files as they were when they were first asked for, so that a second pass sees the same; and no more than a bound. */
final class CachedFiles implements ConfigFiles {
    private final ConfigFiles files;
    private final Map<String, Outcome<String>> texts = new HashMap<>();
    private final Map<String, Outcome<List<String>>> directories = new HashMap<>();
    private int room = KeepalivedConf.MAX_FILE_SIZE;

    CachedFiles(ConfigFiles files) {
        this.files = files;
    }

    /** What came of asking: a value, or else a failure. */
    private record Outcome<T>(T value, IOException failure) {

        T get() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return value;
        }
    }

    /** Asks the file system. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    @Override
    public String read(String path, int maxLength) throws IOException {
        return texts.computeIfAbsent(path, key -> outcome(() -> readWithin(path)))
                .get();
    }

    private String readWithin(String path) throws IOException {
        String text = files.read(path, room);
        if (text.length() > room) {
            throw new IOException(
                    "included files have more than " + (KeepalivedConf.MAX_FILE_SIZE >> 20) + " MiB together");
        }
        room -= text.length();
        return text;
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return directories
                .computeIfAbsent(directory, key -> outcome(() -> files.list(directory)))
                .get();
    }

    @Override
    public String absolute(String directory) {
        return files.absolute(directory);
    }

    private static <T> Outcome<T> outcome(Question<T> question) {
        try {
            return new Outcome<>(question.ask(), null);
        } catch (IOException e) {
            return new Outcome<>(null, e);
        }
    }
}
