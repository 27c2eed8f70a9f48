package org.vrrp4j.linux.libc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A right that vrrp4j needs, as capabilities(7) numbers them. */
public enum Capability {
    /** Puts addresses on interfaces. */
    CAP_NET_ADMIN(12),
    /** Opens raw sockets and packet sockets. */
    CAP_NET_RAW(13);

    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String EFFECTIVE = "CapEff:";

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /**
     * The rights that are in force for the calling thread.
     *
     * @throws IOException if /proc does not tell, as when it is not mounted
     */
    public static Set<Capability> effective() throws IOException {
        return parse(Files.readAllLines(STATUS));
    }

    /**
     * Reads the lines of /proc/self/status (proc(5)).
     *
     * @throws IOException if they have no readable {@code CapEff}
     */
    static Set<Capability> parse(List<String> status) throws IOException {
        String line = status.stream()
                .filter(text -> text.startsWith(EFFECTIVE))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + EFFECTIVE + " in " + STATUS));
        long bits;
        try {
            bits = Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).trim(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("not a capability set: " + line, e);
        }
        Set<Capability> held = EnumSet.noneOf(Capability.class);
        for (Capability capability : values()) {
            if ((bits >> capability.bit & 1) != 0) {
                held.add(capability);
            }
        }
        return held;
    }

    /**
     * What to do about a call that was refused for want of a right.
     *
     * @param held what the process has
     */
    static String remedy(Set<Capability> held) {
        return missing(held, EnumSet.allOf(Capability.class))
                .orElse("CAP_NET_RAW and CAP_NET_ADMIN are in force, so something else refuses: a seccomp profile, a"
                        + " security module, or a network namespace that belongs to another user namespace");
    }

    /**
     * Which of the needed rights are missing and how they are granted; empty if none is.
     *
     * @param held what the process has
     */
    static Optional<String> missing(Set<Capability> held, Collection<Capability> needed) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        missing.addAll(needed);
        missing.removeAll(held);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String names = missing.stream().map(Capability::name).collect(Collectors.joining(" and "));
        return Optional.of("this process lacks " + names + "; grant it with one of:"
                + " systemd: AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN;"
                + " shell: setpriv --inh-caps=+net_raw,+net_admin --ambient-caps=+net_raw,+net_admin java ...;"
                + " container: cap_add: [NET_RAW, NET_ADMIN], run as user 0 on the host's network");
    }
}
