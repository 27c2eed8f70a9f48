package org.vrrp4j.examples.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vrrp4j.keepalived.KeywordInfo;

/**
 * The configurations that are shown to both, by name: those written down in {@code corpus.txt}, one for each right and
 * each wrong value of each keyword, and the samples that come with keepalived.
 */
final class Corpus {
    /** An instance that is complete but for what stands in its place. */
    private static final String INSTANCE = """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                virtual_ipaddress {
                    192.0.2.100/24
                }
                %s
            }
            """;

    /** What a group needs beside it, and leave to run scripts as root. */
    private static final String AROUND = """
            global_defs {
                enable_script_security
                script_user root
            }
            vrrp_instance VI_2 {
                interface eth1
                virtual_router_id 52
                virtual_ipaddress {
                    192.0.2.101/24
                }
            }
            """;

    /** Its checks are not looked at one by one: without all that belongs to one, keepalived 2.2.7 crashes. */
    private static final int MAX_DEPTH = 3;

    private static final String FILES = "/tmp/vrrp4j-oracle";
    private static final Path SAMPLES = Path.of("/usr/share/doc/keepalived/samples");
    private static final Map<String, String> NAMES = Map.of(
            "vrrp_sync_group", "G",
            "vrrp_script", "s",
            "vrrp_track_process", "p",
            "track_file", "f",
            "vrrp_track_file", "f",
            "bfd_instance", "b",
            "virtual_server", "192.0.2.200 80",
            "virtual_server_group", "V",
            "real_server", "192.0.2.201 80");

    /** Without these keepalived has something else to say of a block. */
    private static final Map<String, String> NEEDED = Map.of(
            "vrrp_sync_group", "group { VI_1 VI_2 }",
            "vrrp_script", "script /bin/true",
            "vrrp_track_process", "process java",
            "track_file", "file " + FILES,
            "vrrp_track_file", "file " + FILES,
            "bfd_instance", "neighbor_ip 192.0.2.7",
            "virtual_server", "protocol TCP\nlvs_sched wlc\nlvs_method NAT\nreal_server 192.0.2.202 80 {\n}",
            "auth_hmac", "key 1 0123456789abcdef0123456789abcdef\nactive_key 1",
            "garp_group", "garp_interval 0.1\ninterface eth1");

    private Corpus() {}

    /** With the files that keepalived makes in a directory of the test. */
    static String in(Path directory, String text) {
        return text.replace(FILES, directory.resolve("oracle").toString());
    }

    static Map<String, String> all() throws IOException {
        Map<String, String> all = new LinkedHashMap<>(written());
        all.putAll(keywords());
        all.putAll(samples());
        return all;
    }

    /** {@code == NAME}, then its lines; a line after {@code @@} stands in a complete instance. */
    static Map<String, String> written() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        String[] entries = resource("corpus.txt").split("(?m)^== ");
        for (int i = 1; i < entries.length; i++) {
            int end = entries[i].indexOf('\n');
            String name = entries[i].substring(0, end);
            if (texts.put(name, expand(entries[i].substring(end + 1))) != null) {
                throw new IllegalStateException("two entries are called " + name);
            }
        }
        return texts;
    }

    private static String expand(String body) {
        StringBuilder text = new StringBuilder();
        List<String> inside = new ArrayList<>();
        for (String line : body.split("\n", -1)) {
            if (line.startsWith("@@")) {
                inside.add(line.substring(2).strip());
            } else {
                flush(inside, text);
                text.append(line).append('\n');
            }
        }
        flush(inside, text);
        return text.toString();
    }

    private static void flush(List<String> inside, StringBuilder text) {
        if (!inside.isEmpty()) {
            text.append(INSTANCE.formatted(String.join("\n    ", inside)));
            inside.clear();
        }
    }

    /** One for each value that the table of keywords calls right or wrong. */
    static Map<String, String> keywords() {
        Map<String, String> texts = new TreeMap<>();
        for (KeywordInfo keyword : KeywordInfo.all()) {
            if (keyword.path().size() > MAX_DEPTH) {
                continue;
            }
            Stream.concat(keyword.examples().stream(), keyword.mistakes().stream())
                    .forEach(value -> {
                        String line = (keyword.keyword() + " " + value).strip();
                        List<String> blocks =
                                keyword.path().subList(0, keyword.path().size() - 1);
                        String name = String.join("/", blocks) + (blocks.isEmpty() ? "" : "/") + line;
                        texts.put(name, within(blocks, line));
                    });
        }
        return texts;
    }

    private static String within(List<String> blocks, String line) {
        boolean ofInstance = !blocks.isEmpty() && blocks.get(0).equals("vrrp_instance");
        List<String> nested = ofInstance ? blocks.subList(1, blocks.size()) : blocks;
        StringBuilder text = new StringBuilder();
        for (String block : nested) {
            text.append(block).append(' ').append(NAMES.getOrDefault(block, "")).append(" {\n");
            boolean innermost = block.equals(nested.get(nested.size() - 1));
            String keyword = line.split(" ")[0] + " ";
            NEEDED.getOrDefault(block, "")
                    .lines()
                    .filter(needed -> !innermost || !needed.startsWith(keyword))
                    .forEach(needed -> text.append(needed).append('\n'));
        }
        text.append(line).append('\n').append("}\n".repeat(nested.size()));
        return AROUND + (ofInstance ? INSTANCE.formatted(text) : text + INSTANCE.formatted(""));
    }

    /** What Debian's package brings. */
    static Map<String, String> samples() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("keepalived.conf."))
                    .toList()) {
                texts.put("sample " + file.getFileName(), Files.readString(file));
            }
        }
        return texts;
    }

    static String resource(String name) throws IOException {
        try (InputStream input = Corpus.class.getResourceAsStream(name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
