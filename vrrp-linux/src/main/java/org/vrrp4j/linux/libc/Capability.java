package org.vrrp4j.linux.libc;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A right that vrrp4j needs, as capabilities(7) numbers them. */
public enum Capability {
    /** Puts addresses on interfaces. */
    CAP_NET_ADMIN(12, "put addresses on interfaces"),
    /** Opens raw sockets and packet sockets. */
    CAP_NET_RAW(13, "open the raw sockets of advertisements and the packet sockets of ARP");

    /** The ways to grant both rights to a process that is not root. */
    public static final String HOW_TO_GRANT = "systemd: AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN;"
            + " shell, as root: setpriv --reuid=USER --regid=GROUP --clear-groups --inh-caps=+net_raw,+net_admin"
            + " --ambient-caps=+net_raw,+net_admin java ...;"
            + " container: cap_add: [NET_RAW, NET_ADMIN], run as user 0 on the host's network";

    private static final String EFFECTIVE = "CapEff:";

    private final int bit;
    private final String operation;

    Capability(int bit, String operation) {
        this.bit = bit;
        this.operation = operation;
    }

    /** What it is needed for, in words that complete "it cannot". */
    public String operation() {
        return operation;
    }

    /**
     * The rights that are in force for the calling thread.
     *
     * @throws IOException if /proc does not tell, as when it is not mounted
     */
    public static Set<Capability> effective() throws IOException {
        return CapabilitySets.read().effective();
    }

    /**
     * Reads the lines of /proc/self/status (proc(5)).
     *
     * @throws IOException if they have no readable {@code CapEff}
     */
    static Set<Capability> parse(List<String> status) throws IOException {
        return parse(status, EFFECTIVE);
    }

    /** The same for another of the sets, by what its line begins with. */
    static Set<Capability> parse(List<String> status, String field) throws IOException {
        String line = status.stream()
                .filter(text -> text.startsWith(field))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + field + " in " + CapabilitySets.STATUS));
        long bits;
        try {
            bits = Long.parseUnsignedLong(line.substring(field.length()).trim(), 16);
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
        String operations = missing.stream().map(Capability::operation).collect(Collectors.joining(" and "));
        return Optional.of("this process lacks " + names + "; it cannot " + operations + "; grant it with one of: "
                + HOW_TO_GRANT);
    }
}
