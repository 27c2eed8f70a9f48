package org.vrrp4j.examples.cli;

import org.vrrp4j.keepalived.ConfigHost;
import picocli.CommandLine.Option;

/** The option of keepalived that says which conditional lines of a file are meant. */
final class ConfigIdOption {

    @Option(
            names = {"-i", "--config-id"},
            paramLabel = "ID",
            description = "Lines that begin with @ID are read, and $_INSTANCE is ID. Default: the name of this host,"
                    + " without its domain.")
    private String id;

    ConfigHost host() {
        return id == null ? ConfigHost.ofThisHost() : ConfigHost.ofThisHost().withId(id);
    }
}
