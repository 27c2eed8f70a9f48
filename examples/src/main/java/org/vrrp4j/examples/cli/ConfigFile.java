package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.vrrp4j.keepalived.ConfigHost;
import org.vrrp4j.keepalived.KeepalivedConf;

/** Reads the file of a subcommand and says what is wrong with it. */
final class ConfigFile {

    private ConfigFile() {}

    /** The read file; empty, with a message, if it cannot be read. */
    static Optional<KeepalivedConf> read(Path file, ConfigHost host, PrintWriter err) {
        try {
            KeepalivedConf conf = KeepalivedConf.read(file.toString(), host);
            conf.problems().forEach(err::println);
            return Optional.of(conf);
        } catch (IOException e) {
            err.println("vrrp: " + e.getMessage());
            return Optional.empty();
        } finally {
            err.flush();
        }
    }
}
