package org.vrrp4j.linux.libc;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A right that vrrp4j needs, as capabilities(7) numbers them. */
public enum Capability {
    /** Puts addresses on interfaces. */
    CAP_NET_ADMIN(12, "put addresses on interfaces"),
    /** Opens raw sockets and packet sockets. */
    CAP_NET_RAW(13, "open the raw sockets of advertisements and the packet sockets of ARP"),
    /** Enters other network namespaces; only a node that lives in one needs it. */
    CAP_SYS_ADMIN(21, "open sockets in another network namespace"),
    /** Gives a thread a priority above the others; only a node whose configuration asks for one needs it. */
    CAP_SYS_NICE(23, "give the thread of a node a higher priority"),
    /** Keeps memory from being swapped out; only a process whose configuration asks for that needs it. */
    CAP_IPC_LOCK(14, "keep the memory of the process from being swapped out");

    /** What every node needs. */
    public static final Set<Capability> OF_EVERY_NODE =
            Collections.unmodifiableSet(EnumSet.of(CAP_NET_ADMIN, CAP_NET_RAW));

    private static final String PREFIX = "CAP_";

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

    /** The name without its beginning, as containers have it: {@code NET_RAW}. */
    public String shortName() {
        return name().substring(PREFIX.length());
    }

    /**
     * The ways to grant rights to a process that is not root.
     *
     * @param needed which, besides those of every node
     */
    public static String howToGrant(Collection<Capability> needed) {
        List<Capability> granted = Stream.concat(Stream.of(CAP_NET_RAW, CAP_NET_ADMIN), needed.stream())
                .distinct()
                .toList();
        String names = granted.stream().map(Capability::name).collect(Collectors.joining(" "));
        String shortNames = granted.stream().map(Capability::shortName).collect(Collectors.joining(", "));
        String added = granted.stream()
                .map(right -> "+" + right.shortName().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        return "systemd: AmbientCapabilities=" + names
                + "; shell, as root: setpriv --reuid=USER --regid=GROUP --clear-groups --inh-caps=" + added
                + " --ambient-caps=" + added + " java ...; container: cap_add: [" + shortNames
                + "], run as user 0 on the host's network";
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
     * @param needed what the call needs
     */
    static String remedy(Set<Capability> held, Collection<Capability> needed) {
        return missing(held, needed)
                .orElseGet(() -> names(needed) + (needed.size() == 1 ? " is" : " are")
                        + " in force, so something else refuses: a seccomp profile, a security module, or a network"
                        + " namespace that belongs to another user namespace");
    }

    private static String names(Collection<Capability> capabilities) {
        return capabilities.stream().map(Capability::name).collect(Collectors.joining(" and "));
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
        String operations = missing.stream().map(Capability::operation).collect(Collectors.joining(" and "));
        return Optional.of("this process lacks " + names(missing) + "; it cannot " + operations
                + "; grant it with one of: " + howToGrant(needed));
    }
}
