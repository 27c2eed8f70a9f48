package org.vrrp4j.examples.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** Daemons of FRR on a host of a lab, with their files in a directory of the host. */
record Frr(LabHost host) {
    private static final Path DAEMONS = Path.of("/usr/lib/frr");

    /** Why one cannot run here; empty if it can. */
    static Optional<String> unavailabilityCause(TwoHosts hosts, String daemon) throws IOException {
        if (hosts.lab.isUserNamespace()) {
            return Optional.of("FRR changes to another user, which a user namespace has not; run as root");
        }
        Path program = DAEMONS.resolve(daemon);
        return Files.isExecutable(program) ? Optional.empty() : Optional.of("no " + program + ": install frr");
    }

    /** Starts zebra, without which the others have no interfaces, and waits for it. */
    LabProcess startZebra() throws IOException {
        configure("zebra", "");
        LabProcess zebra = start("zebra");
        host.run("sh", "-c", "until [ -S " + directory() + "/zebra.api ]; do sleep 0.1; done");
        return zebra;
    }

    /** Writes the configuration of a daemon. */
    void configure(String daemon, String configuration) throws IOException {
        String write = "mkdir -p %1$s; printf '%%s\\n' \"$0\" >%1$s/%2$s.conf; chown -R frr:frr %1$s";
        host.run("sh", "-c", write.formatted(directory(), daemon), configuration);
    }

    /** Starts a daemon that has been configured; its log is its output. */
    LabProcess start(String daemon, String... more) throws IOException {
        String command = "exec %1$s/%3$s -f %2$s/%3$s.conf -i %2$s/%3$s.pid -z %2$s/zebra.api --vty_socket %2$s"
                + " -A 127.0.0.1 --log stdout " + String.join(" ", more);
        return host.start("sh", "-c", command.formatted(DAEMONS, directory(), daemon));
    }

    private String directory() {
        return "/run/frr-" + host.name();
    }
}
