package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.vrrp4j.config.ProcessTracker;

/** What {@code /proc} says of a process: proc(5). One that has ended meanwhile matches nothing. */
final class ProcessFiles {
    private static final Path PROC = Path.of("/proc");
    /** TASK_COMM_LEN, without the end. */
    private static final int COMM_CHARS = 15;

    private final Path directory;

    private ProcessFiles(Path directory) {
        this.directory = directory;
    }

    static ProcessFiles of(int pid) {
        return new ProcessFiles(PROC.resolve(Integer.toString(pid)));
    }

    static void forEach(Consumer<ProcessFiles> action) throws IOException {
        try (DirectoryStream<Path> pids = Files.newDirectoryStream(PROC, "[0-9]*")) {
            pids.forEach(pid -> action.accept(new ProcessFiles(pid)));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    int pid() {
        return Integer.parseInt(directory.getFileName().toString());
    }

    boolean matches(ProcessTracker tracker) {
        try {
            return hasName(tracker) && hasParameters(tracker) && isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean hasName(ProcessTracker tracker) throws IOException {
        String wanted = tracker.process();
        if (tracker.wholeCommand()) {
            return commandLine().get(0).equals(wanted);
        }
        String name = wanted.substring(wanted.lastIndexOf('/') + 1);
        return read("comm").strip().equals(name.substring(0, Math.min(COMM_CHARS, name.length())));
    }

    private boolean hasParameters(ProcessTracker tracker) throws IOException {
        return switch (tracker.match()) {
            case NONE -> true;
            case EXACT -> parameters().equals(tracker.parameters());
            case INITIAL -> begin(parameters(), tracker.parameters());
            case PARTIAL -> beginPartly(parameters(), tracker.parameters());
        };
    }

    private static boolean begin(List<String> found, List<String> wanted) {
        return found.size() >= wanted.size() && found.subList(0, wanted.size()).equals(wanted);
    }

    private static boolean beginPartly(List<String> found, List<String> wanted) {
        int last = wanted.size() - 1;
        return last < 0
                || found.size() > last
                        && begin(found, wanted.subList(0, last))
                        && found.get(last).startsWith(wanted.get(last));
    }

    private List<String> parameters() throws IOException {
        List<String> words = commandLine();
        return words.subList(1, words.size());
    }

    /** Never empty. */
    private List<String> commandLine() throws IOException {
        return Arrays.asList(read("cmdline").split("\0"));
    }

    /** A zombie does nothing any more; the state follows the name in parentheses. */
    private boolean isAlive() throws IOException {
        String stat = read("stat");
        char state = stat.charAt(stat.lastIndexOf(')') + 2);
        return state != 'Z' && state != 'X';
    }

    private String read(String file) throws IOException {
        return new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8);
    }
}
