package org.vrrp4j.keepalived;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files by their paths; those in {@code /locked} cannot be read. */
final class MemoryFiles implements ConfigFiles {
    private final Map<String, String> texts = new TreeMap<>();

    /** Texts, each after its path. */
    static ConfigHost host(String... pathsAndTexts) {
        MemoryFiles files = new MemoryFiles();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.texts.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return new ConfigHost("web1", files, Map.of("SITE", "north")::get, 7);
    }

    @Override
    public String read(String path, int maxLength) throws IOException {
        if (path.startsWith("/locked/")) {
            throw new IOException("permission denied");
        }
        String text = texts.get(path);
        if (text == null) {
            throw new FileNotFoundException("there is no such file");
        }
        return text;
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = texts.keySet().stream()
                .filter(path -> path.startsWith(directory))
                .map(path -> path.substring(directory.length()).split("/", 2)[0])
                .distinct()
                .toList();
        if (names.isEmpty()) {
            throw new IOException("there is no such directory");
        }
        return names;
    }

    @Override
    public String absolute(String directory) {
        return "/" + directory;
    }
}
