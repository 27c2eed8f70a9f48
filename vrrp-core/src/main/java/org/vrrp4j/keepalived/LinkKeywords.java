package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.List;

/** Blocks of the outermost level about network interfaces: read and checked. */
final class LinkKeywords {
    private static final Values<Duration> GAP = Values.seconds(Duration.ZERO, Duration.ofSeconds(4294));
    private static final Duration MAX_DELAY = Duration.ofSeconds(255);
    private static final int MAX_WORDS = 3;

    /** {@code INTERFACE [METHOD]}. */
    static final KeywordTable<Draft> POLLED = new KeywordTable<Draft>("linkbeat_interfaces").others((draft, line) -> {
        List<String> values = line.values();
        if (!values.isEmpty() && !List.of("MII", "ETHTOOL", "IOCTL").contains(values.get(0))) {
            line.error("after an interface MII, ETHTOOL or IOCTL may stand: " + Found.quote(values.get(0)));
        }
    });

    /** {@code INTERFACE DOWN [UP]}. */
    static final KeywordTable<Draft> DELAYS = new KeywordTable<Draft>("interface_up_down_delays")
            .others((draft, line) -> {
                boolean valid = line.words().size() > 1
                        && line.words().size() <= MAX_WORDS
                        && line.values().stream()
                                .allMatch(delay -> Numbers.duration(delay, Duration.ZERO, MAX_DELAY)
                                        .isPresent());
                if (!valid) {
                    line.error("after an interface one or two delays of 0 to 255 seconds must stand: "
                            + Found.quote(String.join(" ", line.words())));
                }
            });

    /** The announcements of several interfaces together. */
    static final KeywordTable<Draft> GARP_GROUP = new KeywordTable<Draft>("garp_group")
            .covered(GAP, "garp_interval", "gna_interval")
            .covered(Values.text("INTERFACE", "eth0"), "interface")
            .coveredBlock("interfaces", new KeywordTable<Draft>("interfaces").others((draft, line) -> {}));

    private LinkKeywords() {}
}
