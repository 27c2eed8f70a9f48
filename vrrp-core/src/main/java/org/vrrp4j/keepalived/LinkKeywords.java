package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.config.LinkDelays;

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
    private static final KeywordTable<DelayList> DELAYS =
            new KeywordTable<DelayList>("interface_up_down_delays").others(LinkKeywords::onDelay);

    /** The delays of one interface, and the line they are in. */
    record DelayEntry(LinkDelays delays, Position position) {}

    /** The block of the delays; they go to the node. */
    private static final class DelayList extends Draft {
        private final NodeDraft node;

        DelayList(NodeDraft node, Position position) {
            super(position);
            this.node = node;
        }
    }

    static Block<?> onDelays(NodeDraft node, Statement line) {
        line.noParameters();
        return new Block<>(DELAYS, new DelayList(node, line.position()));
    }

    private static void onDelay(DelayList list, Statement line) {
        List<Duration> times = new ArrayList<>();
        line.values()
                .forEach(
                        text -> Numbers.duration(text, Duration.ZERO, MAX_DELAY).ifPresent(times::add));
        boolean valid = !times.isEmpty()
                && times.size() == line.values().size()
                && line.words().size() <= MAX_WORDS;
        if (!valid) {
            line.error("after an interface one or two delays of 0 to 255 seconds must stand: "
                    + Found.quote(String.join(" ", line.words())));
            return;
        }
        Duration up = times.size() < 2 ? Duration.ZERO : times.get(1);
        list.node.linkDelays.put(
                line.words().get(0), new DelayEntry(new LinkDelays(times.get(0), up), line.position()));
    }

    /** The announcements of several interfaces together. */
    static final KeywordTable<Draft> GARP_GROUP = new KeywordTable<Draft>("garp_group")
            .covered(GAP, "garp_interval", "gna_interval")
            .covered(Values.text("INTERFACE", "eth0"), "interface")
            .coveredBlock("interfaces", new KeywordTable<Draft>("interfaces").others((draft, line) -> {}));

    private LinkKeywords() {}
}
