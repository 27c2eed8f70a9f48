package org.vrrp4j.examples.bench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A frame that passed the wire.
 *
 * @param micros when the kernel of the observing host received it, since 1970
 * @param kind what it is
 * @param mac who sent it
 * @param number the VRID of an advertisement; else 0
 * @param priority of an advertisement; else 0
 * @param address that an announcement is about, or that an echo reply comes from; else empty
 */
record Frame(long micros, Kind kind, String mac, int number, int priority, String address) {
    private static final Pattern LINE = Pattern.compile("(?<seconds>\\d+)\\.(?<micros>\\d{6}) "
            + "(?<mac>[0-9a-f:]{17}) > [^,]*, ethertype \\S+ \\(0x[0-9a-f]{4}\\), length \\d+: (?<rest>.*)");
    private static final Pattern ADVERTISEMENT = Pattern.compile("VRRPv3, Advertisement, vrid (\\d+), prio (\\d+),");
    private static final Pattern GRATUITOUS =
            Pattern.compile("(?:Request who-has (\\S+) (?:\\(\\S+\\) )?tell \\1,)|(?:Reply (\\S+) is-at )");
    private static final Pattern ECHO_REPLY = Pattern.compile("(\\S+) > \\S+: ICMP echo reply");

    /** What the measurements look at. */
    enum Kind {
        ADVERTISEMENT,
        /** A gratuitous ARP. */
        ANNOUNCEMENT,
        ECHO_REPLY,
        /** A host joins a multicast group, or leaves it (IGMP). */
        MEMBERSHIP
    }

    /** What tcpdump's filter must let pass. */
    static final String FILTER = "ip proto 112 or arp or igmp or icmp[icmptype] = icmp-echoreply";

    /** Reads a line of {@code tcpdump -n -e -tt}; empty if it is about none of these. */
    static Optional<Frame> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long micros = Long.parseLong(matcher.group("seconds")) * 1_000_000 + Long.parseLong(matcher.group("micros"));
        String mac = matcher.group("mac");
        String rest = matcher.group("rest");
        Matcher advertisement = ADVERTISEMENT.matcher(rest);
        if (advertisement.find()) {
            int vrid = Integer.parseInt(advertisement.group(1));
            int priority = Integer.parseInt(advertisement.group(2));
            return Optional.of(new Frame(micros, Kind.ADVERTISEMENT, mac, vrid, priority, ""));
        }
        Matcher gratuitous = GRATUITOUS.matcher(rest);
        if (gratuitous.lookingAt()) {
            String address = gratuitous.group(1) == null ? gratuitous.group(2) : gratuitous.group(1);
            return Optional.of(new Frame(micros, Kind.ANNOUNCEMENT, mac, 0, 0, address));
        }
        Matcher reply = ECHO_REPLY.matcher(rest);
        if (reply.lookingAt()) {
            return Optional.of(new Frame(micros, Kind.ECHO_REPLY, mac, 0, 0, reply.group(1)));
        }
        return rest.contains("igmp")
                ? Optional.of(new Frame(micros, Kind.MEMBERSHIP, mac, 0, 0, ""))
                : Optional.empty();
    }
}
