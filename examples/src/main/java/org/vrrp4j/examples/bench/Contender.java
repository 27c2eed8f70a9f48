package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.examples.cli.Vrrp;
import org.vrrp4j.linux.lab.KeepalivedPeer;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** A program that holds addresses by VRRP as a keepalived.conf says. */
enum Contender {
    /** {@code vrrp run}, as a user starts it. */
    VRRP4J("vrrp4j", "o"),
    /** The keepalived of this machine, with its defaults. */
    KEEPALIVED("keepalived", "k");

    /** Set by {@code bin/vrrp} to its own path. */
    private static final String COMMAND = "VRRP_COMMAND";

    private static final String CONFIGURATION = "vrrp.conf";

    private final String label;
    private final String hostPrefix;

    Contender(String label, String hostPrefix) {
        this.label = label;
        this.hostPrefix = hostPrefix;
    }

    /** The name for people. */
    String label() {
        return label;
    }

    /** The host of that letter, by the name that tells the contenders' hosts apart. */
    String host(String letter) {
        return hostPrefix + letter;
    }

    /**
     * Starts it on a host.
     *
     * @param options further ones of {@code vrrp run}
     */
    LabProcess start(LabHost host, RouterSet routers, String... options) throws IOException {
        if (this == KEEPALIVED) {
            return KeepalivedPeer.start(host, routers.configuration()).process();
        }
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        arguments.add(host.write(CONFIGURATION, routers.configuration()));
        String command = System.getenv(COMMAND);
        if (command == null) {
            return host.start(Jvm.command(Jvm.SMALL, Vrrp.class, arguments.toArray(String[]::new)));
        }
        arguments.add(0, command);
        return host.start(arguments.toArray(String[]::new));
    }

    /** Why it cannot be measured on this machine; empty if it can. */
    Optional<String> unavailabilityCause() {
        return this == KEEPALIVED ? KeepalivedPeer.unavailabilityCause() : Optional.empty();
    }

    /** What its process writes, as a regular expression, when a router becomes backup. */
    String backupLine() {
        return this == KEEPALIVED ? "Entering BACKUP STATE" : "-> BACKUP";
    }

    /** What its process writes, as a regular expression, when a router becomes master. */
    String masterLine() {
        return this == KEEPALIVED ? "Entering MASTER STATE" : "-> MASTER";
    }

    /** Alone, or beside keepalived. */
    static List<Contender> of(boolean againstKeepalived) {
        return againstKeepalived ? List.of(VRRP4J, KEEPALIVED) : List.of(VRRP4J);
    }
}
