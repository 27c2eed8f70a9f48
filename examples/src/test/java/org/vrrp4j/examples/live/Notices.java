package org.vrrp4j.examples.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.vrrp4j.linux.lab.LabHost;

/**
 * What a router process on a host has told its scripts and its pipe: the scripts write down their parameters, and the
 * reader of the pipe its lines.
 */
final class Notices {
    private final LabHost host;
    private final String calls;
    private final String script;
    private final String reader;
    private int callsSeen;
    private int linesSeen;

    private Notices(LabHost host, String calls, String script, String reader) {
        this.host = host;
        this.calls = calls;
        this.script = script;
        this.reader = reader;
    }

    static Notices on(LabHost host) throws IOException {
        String calls = host.write("calls", "");
        return new Notices(
                host,
                calls,
                host.write("note", "echo \"$@\" >>" + calls + "\n"),
                host.write("reader", "while read line; do echo \"$line\" >>" + calls + ".pipe; done <$1\n"));
    }

    /** The path of a file beside them. */
    String file(String name) {
        return calls + "." + name;
    }

    /** The lines of global_defs. */
    String globals() {
        return """
               global_defs {
                   script_user root
                   vrrp_notify_fifo %s.fifo
                   vrrp_notify_fifo_script "/bin/sh %s"
               }
               """.formatted(calls, reader);
    }

    /** The lines of an instance or group. */
    String of(String subject) {
        return """
               notify_master "/bin/sh %1$s %2$s master 'a b'"
               notify_backup "/bin/sh %1$s %2$s backup"
               notify_fault "/bin/sh %1$s %2$s fault"
               notify_stop "/bin/sh %1$s %2$s stop"
               notify "/bin/sh %1$s %2$s any"
               """.formatted(script, subject);
    }

    /**
     * The calls that must come of some lines of the pipe, in the order of the alphabet: keepalived lets scripts run at
     * the same time.
     *
     * @param lines such as {@code VI_1 MASTER 100}
     */
    static List<String> calls(String... lines) {
        return Arrays.stream(lines)
                .flatMap(line -> {
                    String[] words = line.split(" ");
                    String own = words[1].toLowerCase(Locale.ROOT);
                    return Stream.of(
                            words[0] + " " + own + (own.equals("master") ? " a b" : ""),
                            words[0] + " any " + line(line).replace("\"", ""));
                })
                .sorted()
                .toList();
    }

    private static String line(String notice) {
        String[] words = notice.split(" ");
        String subject = words[2].equals("0") ? "GROUP" : "INSTANCE";
        return subject + " \"" + words[0] + "\" " + words[1] + " " + words[2];
    }

    /** The calls since {@link #seen()}, in the order of the alphabet. */
    List<String> newCalls() throws IOException {
        List<String> all = lines(calls);
        return all.subList(callsSeen, all.size()).stream().sorted().toList();
    }

    /** The lines of the pipe since {@link #seen()}, in the form of {@link #calls}. */
    List<String> newLines() throws IOException {
        List<String> all = lines(calls + ".pipe");
        List<String> told = new ArrayList<>();
        for (String line : all.subList(linesSeen, all.size())) {
            told.add(line.replaceFirst("\\w+ \"(\\w+)\"", "$1"));
        }
        return told;
    }

    /** What has been told until now is done with. */
    void seen() throws IOException {
        callsSeen = lines(calls).size();
        linesSeen = lines(calls + ".pipe").size();
    }

    private List<String> lines(String file) throws IOException {
        return host.run("sh", "-c", "cat " + file + " 2>/dev/null || true")
                .lines()
                .toList();
    }
}
