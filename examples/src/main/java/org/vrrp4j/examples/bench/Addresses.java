package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.util.regex.Pattern;
import org.vrrp4j.linux.lab.LabHost;

/** The virtual addresses of a host. */
final class Addresses {
    private static final Pattern VIRTUAL = Pattern.compile("inet6? (198\\.51\\.100\\.|2001:db8:1:)");

    private Addresses() {}

    /** How many there are on all its interfaces together. */
    static long held(LabHost host) throws IOException {
        return host.run("ip", "-o", "address", "show")
                .lines()
                .filter(line -> VIRTUAL.matcher(line).find())
                .count();
    }
}
