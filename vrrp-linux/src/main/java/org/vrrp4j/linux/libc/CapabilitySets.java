package org.vrrp4j.linux.libc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The capability sets of a thread (capabilities(7)), as far as vrrp4j needs them.
 *
 * @param effective what is in force
 * @param permitted what may be put in force
 * @param bounding what a program that is started can get at most
 * @param ambient what a program that is started keeps without being root
 */
public record CapabilitySets(
        Set<Capability> effective, Set<Capability> permitted, Set<Capability> bounding, Set<Capability> ambient) {
    static final Path STATUS = Path.of("/proc/thread-self/status");

    /** Makes the sets unchangeable. */
    public CapabilitySets {
        effective = Set.copyOf(effective);
        permitted = Set.copyOf(permitted);
        bounding = Set.copyOf(bounding);
        ambient = Set.copyOf(ambient);
    }

    /**
     * Those of the calling thread.
     *
     * @throws IOException if /proc does not tell, as when it is not mounted
     */
    public static CapabilitySets read() throws IOException {
        List<String> status = Files.readAllLines(STATUS);
        return new CapabilitySets(
                Capability.parse(status),
                Capability.parse(status, "CapPrm:"),
                Capability.parse(status, "CapBnd:"),
                Capability.parse(status, "CapAmb:"));
    }
}
