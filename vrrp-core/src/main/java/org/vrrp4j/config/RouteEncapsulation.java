package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** What packets are wrapped into before they leave by a route: its {@code encap} (ip-route(8)). */
public sealed interface RouteEncapsulation {

    /**
     * A collect-metadata tunnel, {@code encap ip} or {@code encap ip6}.
     *
     * @param family IPv4 for {@code ip}, IPv6 for {@code ip6}
     * @param id the tunnel's key
     * @param destination the other end
     * @param source this end
     * @param hopLimit {@code ttl} or {@code hoplimit}, 0 to 255
     * @param trafficClass {@code tos} or {@code tc}, 0 to 255
     * @param flags what the header of the tunnel has besides
     */
    record Tunnel(
            IpFamily family,
            OptionalLong id,
            Optional<InetAddress> destination,
            Optional<InetAddress> source,
            OptionalInt hopLimit,
            OptionalInt trafficClass,
            Set<Flag> flags)
            implements RouteEncapsulation {

        /** What the header of a tunnel has, as far as its kind (GRE, VXLAN, ...) knows it. */
        public enum Flag {
            /** {@code key}: its key. */
            KEY(4),
            /** {@code csum}: a checksum. */
            CSUM(1),
            /** {@code seq}: a sequence number. */
            SEQ(8);

            private final int bit;

            Flag(int bit) {
                this.bit = bit;
            }

            /** The kernel's bit, {@code TUNNEL_KEY} and so on, in the byte order of the host. */
            public int bit() {
                return bit;
            }

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Keeps the flags in the order of ip-route(8). */
        public Tunnel {
            Set<Flag> ordered = EnumSet.noneOf(Flag.class);
            ordered.addAll(flags);
            flags = Collections.unmodifiableSet(ordered);
        }

        @Override
        public String toString() {
            boolean ipv4 = family == IpFamily.IPV4;
            StringBuilder text = new StringBuilder(ipv4 ? "ip" : "ip6");
            id.ifPresent(value -> text.append(" id ").append(value));
            source.ifPresent(value -> text.append(" src ").append(IpAddresses.text(value)));
            destination.ifPresent(value -> text.append(" dst ").append(IpAddresses.text(value)));
            hopLimit.ifPresent(
                    value -> text.append(ipv4 ? " ttl " : " hoplimit ").append(value));
            trafficClass.ifPresent(value -> text.append(ipv4 ? " tos " : " tc ").append(value));
            flags.forEach(flag -> text.append(' ').append(flag));
            return text.toString();
        }
    }

    /**
     * MPLS labels, {@code encap mpls 100/200 ttl 64}.
     *
     * @param labels the outermost first, each 0 to 1048575
     * @param ttl 1 to 255; empty for what the kernel takes
     */
    record Mpls(List<Integer> labels, OptionalInt ttl) implements RouteEncapsulation {
        @Override
        public String toString() {
            return "mpls " + labels.stream().map(String::valueOf).collect(Collectors.joining("/"))
                    + (ttl.isPresent() ? " ttl " + ttl.getAsInt() : "");
        }
    }

    /**
     * Identifier-locator addressing, {@code encap ila LOCATOR}.
     *
     * @param locator the upper 64 bits of the destination
     * @param checksumMode what is done about transport checksums
     * @param identifierType which kind of identifier is expected
     * @param hook where it happens
     */
    record Ila(long locator, Optional<Checksum> checksumMode, Optional<Identifier> identifierType, Optional<Hook> hook)
            implements RouteEncapsulation {

        /** {@code csum-mode}; the place in the list is the kernel's number. */
        public enum Checksum {
            /** Adjusts the transport checksum. */
            ADJ_TRANSPORT,
            /** Makes the identifier neutral. */
            NEUTRAL_MAP,
            /** Does nothing. */
            NO_ACTION,
            /** Makes the identifier neutral, by its checksum bit. */
            NEUTRAL_MAP_AUTO
        }

        /** {@code ident-type}; the place in the list is the kernel's number. */
        public enum Identifier {
            /** Interface identifiers. */
            IID,
            /** Locally unique. */
            LUID,
            /** Virtual networks over IPv4. */
            VIRT_V4,
            /** Virtual networks over IPv6, unicast. */
            VIRT_UNI_V6,
            /** Virtual networks over IPv6, multicast. */
            VIRT_MULTI_V6,
            /** Non-local addresses. */
            NONLOCAL_ADDR,
            /** Whatever the identifier says. */
            USE_FORMAT
        }

        /** {@code hook-type}; the place in the list is the kernel's number. */
        public enum Hook {
            /** As packets are routed out. */
            OUTPUT,
            /** As they are routed in. */
            INPUT
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("ila ");
            for (int shift = 48; shift >= 0; shift -= 16) {
                text.append(Long.toHexString(locator >>> shift & 0xffff)).append(shift == 0 ? "" : ":");
            }
            checksumMode.ifPresent(mode -> text.append(" csum-mode ").append(word(mode)));
            identifierType.ifPresent(type -> text.append(" ident-type ").append(word(type)));
            hook.ifPresent(type -> text.append(" hook-type ").append(word(type)));
            return text.toString();
        }
    }
}
