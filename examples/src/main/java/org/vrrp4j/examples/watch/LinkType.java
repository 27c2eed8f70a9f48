package org.vrrp4j.examples.watch;

import java.util.Optional;

/** How the records of a capture file begin; the numbers are those of the tcpdump group's registry of link types. */
enum LinkType {
    ETHERNET(1),
    /** An IPv4 or IPv6 packet without anything in front. */
    RAW(101),
    /** What {@code tcpdump -i any} writes. */
    LINUX_SLL(113),
    /** What a newer {@code tcpdump -i any} writes. */
    LINUX_SLL2(276);

    private final int number;

    LinkType(int number) {
        this.number = number;
    }

    static Optional<LinkType> of(int number) {
        for (LinkType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
