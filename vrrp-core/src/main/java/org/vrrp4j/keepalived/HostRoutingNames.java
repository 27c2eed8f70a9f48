package org.vrrp4j.keepalived;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vrrp4j.config.RoutingNames;

/**
 * The names of routing tables and the like that this host knows: the files of iproute2, in the places where its
 * versions have them, the administrator's last, so that they count. What cannot be read is left out.
 */
public final class HostRoutingNames {
    private List<Path> usr = List.of(Path.of("/usr/lib/iproute2"), Path.of("/usr/share/iproute2"));
    private Path etc = Path.of("/etc/iproute2");

    /** In the usual places, until told otherwise. */
    HostRoutingNames() {}

    /** Looks for the files of iproute2 itself there; keepalived's {@code iproute_usr_dir}. */
    void lookInUsr(String directory) {
        usr = List.of(Path.of(directory));
    }

    /** Looks for the administrator's files there; keepalived's {@code iproute_etc_dir}. */
    void lookInEtc(String directory) {
        etc = Path.of(directory);
    }

    /** Reads those in the usual places. Blocks for a few small files. */
    public static RoutingNames read() {
        return new HostRoutingNames().names();
    }

    RoutingNames names() {
        List<Path> places = new ArrayList<>(usr);
        places.add(etc);
        return read(places);
    }

    static RoutingNames read(List<Path> places) {
        RoutingNames names = RoutingNames.BUILT_IN;
        for (Path place : places) {
            for (RoutingNames.Kind kind : RoutingNames.Kind.values()) {
                for (Path file : files(place, kind)) {
                    names = names.with(kind, parse(file));
                }
            }
        }
        return names;
    }

    /** The file itself, then what packages add in {@code rt_tables.d}. */
    private static List<Path> files(Path place, RoutingNames.Kind kind) {
        List<Path> files = new ArrayList<>();
        files.add(place.resolve(kind.fileName()));
        Path directory = place.resolve(kind.fileName() + ".d");
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> more = Files.newDirectoryStream(directory, "*.conf")) {
                more.forEach(files::add);
            } catch (IOException | UncheckedIOException e) {
                return files;
            }
        }
        return files;
    }

    /** Lines of a number and a name; {@code #} begins a comment. */
    private static Map<String, Integer> parse(Path file) {
        Map<String, Integer> names = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                String[] words = line.replaceFirst("#.*", "").trim().split("\\s+");
                if (words.length >= 2) {
                    names.put(words[1], Long.decode(words[0]).intValue());
                }
            }
        } catch (IOException | NumberFormatException e) {
            return names;
        }
        return names;
    }
}
