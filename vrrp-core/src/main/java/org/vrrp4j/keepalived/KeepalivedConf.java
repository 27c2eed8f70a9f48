package org.vrrp4j.keepalived;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.Severity;

/**
 * A keepalived.conf that has been read: the configuration of a node, and what is wrong with the text. Whatever a file
 * holds, reading it ends with problems, never with an exception; all are found in one pass, and of errors and of
 * warnings the first hundred each are listed and the others counted.
 *
 * <p>Values and defaults are keepalived's (keepalived.conf(5)), with two exceptions. Without any garp keyword,
 * addresses are announced by {@link org.vrrp4j.config.AnnouncementSchedule#DEFAULT}; with one, as keepalived does. And
 * without a {@code router_id} the node is called {@code vrrp}, not after its host. A keyword that keepalived knows and
 * that has no effect here is a warning, which says what does not happen; it is an error where the node would otherwise
 * become master beside its peers. A misplaced brace is an error too, unless keepalived starts with what must be meant:
 * {@link #isRepaired()}. Immutable.
 */
public final class KeepalivedConf {
    /** The longest file that is read, in bytes. */
    public static final int MAX_FILE_SIZE = 16 << 20;

    static final String DEFAULT_NAME = "vrrp";

    private final List<Problem> problems;
    private final boolean repaired;
    private final Optional<NodeConfig> nodeConfig;

    private KeepalivedConf(List<Problem> problems, boolean repaired, Optional<NodeConfig> nodeConfig) {
        this.problems = problems;
        this.repaired = repaired;
        this.nodeConfig = nodeConfig;
    }

    /**
     * Reads a file and what it includes, in UTF-8, as this host does. Blocks for as long as the file system does.
     *
     * @throws IOException if there is no such file or it cannot be read; the message names the file and what to do
     */
    public static KeepalivedConf read(Path file) throws IOException {
        return read(file.toString(), ConfigHost.ofThisHost());
    }

    /**
     * Reads a file and what it includes.
     *
     * @param file its path, in the files of that host
     * @throws IOException if there is no such file or it cannot be read; the message names the file and what to do
     */
    public static KeepalivedConf read(String file, ConfigHost host) throws IOException {
        try {
            return parse(file, host.files().read(file, MAX_FILE_SIZE), host);
        } catch (IOException e) {
            throw new IOException(
                    "cannot read " + file + " (" + e + "): check that the file exists and that this user may read it",
                    e);
        }
    }

    /**
     * Reads a text that includes no files and asks nothing of a host.
     *
     * @param fileName what problems call it
     */
    public static KeepalivedConf parse(String fileName, String text) {
        return parse(fileName, text, ConfigHost.NONE);
    }

    /**
     * Reads a text and what it includes.
     *
     * @param fileName what problems call it; included files are relative to its directory
     */
    public static KeepalivedConf parse(String fileName, String text, ConfigHost host) {
        if (text.length() > MAX_FILE_SIZE) {
            return tooLong(fileName);
        }
        ConfigHost twice = host.files() == ConfigFiles.NONE ? host : host.withFiles(new CachedFiles(host.files()));
        Reading reading = new Reading();
        NodeDraft draft = new NodeDraft(new Position(fileName, 1));
        LogicalLines lines = new LogicalLines(fileName, text, twice, reading);
        new BlockReader(new Tokens(lines), BraceBalance.of(fileName, text, twice), reading)
                .read(new Block<>(RootKeywords.TABLE, draft));
        Optional<NodeConfig> nodeConfig = new NodeAssembly(draft, reading).assemble();
        return new KeepalivedConf(
                reading.problems().inOrder(), reading.problems().hasRepairs(), nodeConfig);
    }

    private static KeepalivedConf tooLong(String fileName) {
        String message = "file must have at most " + (MAX_FILE_SIZE >> 20) + " MiB; it is not read";
        return new KeepalivedConf(List.of(new Problem(Severity.ERROR, fileName, 1, message)), false, Optional.empty());
    }

    /** Errors and warnings in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether the text cannot be used. */
    public boolean hasErrors() {
        return nodeConfig.isEmpty();
    }

    /**
     * Whether the text can be used and yet has a mistake for which {@code keepalived -t} refuses it: a brace is missing
     * or too many where that leaves no doubt about what is meant. The problem says where.
     */
    public boolean isRepaired() {
        return repaired && !hasErrors();
    }

    /**
     * The configuration, one router for each vrrp_instance in the order of the file.
     *
     * @throws ConfigException if there are errors; it lists all problems
     */
    public NodeConfig nodeConfig() {
        return nodeConfig.orElseThrow(() -> new ConfigException(problems));
    }
}
