package org.vrrp4j.keepalived;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.config.TtlRange;
import org.vrrp4j.config.UnicastChecksum;
import org.vrrp4j.model.IpAddresses;

/** What an instance says about its source address and its unicast peers, each an address and perhaps TTL bounds. */
final class UnicastKeywords {
    private static final KeywordTable<PeerList> PEERS =
            new KeywordTable<PeerList>("unicast_peer").others((list, line) -> onPeer(list.instance, line));

    private static final Values<UnicastChecksum> CHECKSUM =
            new Values<>("[never]", List.of("", "never"), List.of("always"), line -> {
                if (line.values().isEmpty()) {
                    return Optional.of(UnicastChecksum.OLD);
                }
                return line.oneOf("never").map(never -> UnicastChecksum.STANDARD);
            });

    private UnicastKeywords() {}

    /** The block; its lines go to the instance. */
    private static final class PeerList extends Draft {
        private final InstanceDraft instance;

        PeerList(InstanceDraft instance, Position position) {
            super(position);
            this.instance = instance;
        }
    }

    static void addTo(KeywordTable<InstanceDraft> table) {
        table.block("unicast_peer", UnicastKeywords::onPeers)
                .line("mcast_src_ip", UnicastKeywords::onSource)
                .line("unicast_src_ip", UnicastKeywords::onSource)
                .line("unicast_ttl", UnicastKeywords::onSentTtl)
                .line("unicast_fault_no_peer", Values.NONE, (draft, given) -> {})
                .fixed("check_unicast_src", true, "advertisements of others than the peers are rejected")
                .line("old_unicast_checksum", CHECKSUM, (draft, form) -> draft.unicastChecksum = form)
                .line("vrf", InstanceKeywords.INTERFACE, (draft, name) -> draft.vrf = Optional.of(name));
    }

    private static Block<?> onPeers(InstanceDraft draft, Statement line) {
        line.bare();
        return new Block<>(PEERS, new PeerList(draft, line.position()));
    }

    private static void onSource(InstanceDraft draft, Statement line) {
        line.value("an address of the interface").ifPresent(text -> {
            draft.source = parse(line, text);
            draft.sourcePosition = line.position();
        });
    }

    private static Optional<InetAddress> parse(Statement line, String text) {
        Optional<InetAddress> address = IpAddresses.parse(text);
        if (address.isEmpty()) {
            line.error(Found.quote(text) + " is no IP address");
        }
        return address;
    }

    /** What the peers are set up to send with, too, must be accepted from them. */
    private static void onSentTtl(InstanceDraft draft, Statement line) {
        draft.unicastTtl = line.integer(1, TtlRange.MAX);
    }

    private static void onPeer(InstanceDraft draft, Statement line) {
        draft.peerLines++;
        Optional<InetAddress> address = parse(line, line.keyword());
        Bounds bounds = new Bounds(line);
        Iterator<String> words = line.values().iterator();
        while (words.hasNext()) {
            bounds.read(words.next(), words.hasNext() ? words.next() : "");
        }
        address.ifPresent(peer -> draft.peers.add(new InstanceDraft.PeerEntry(peer, bounds.range(), line.position())));
    }

    /** The TTL bounds of a peer's line; without any, the instance decides. */
    private static final class Bounds {
        private final Statement line;
        private OptionalInt min = OptionalInt.empty();
        private OptionalInt max = OptionalInt.empty();

        Bounds(Statement line) {
            this.line = line;
        }

        void read(String word, String value) {
            if (!word.equals("min_ttl") && !word.equals("max_ttl")) {
                line.error("unknown word " + Found.quote(word) + " after a peer; allowed are min_ttl max_ttl");
                return;
            }
            OptionalInt ttl = Numbers.integer(value, 0, TtlRange.MAX);
            if (ttl.isEmpty()) {
                line.error(word + " must be 0 to " + TtlRange.MAX + ": " + Found.quote(value));
            } else if (word.equals("min_ttl")) {
                min = ttl;
            } else {
                max = ttl;
            }
        }

        Optional<TtlRange> range() {
            if (min.isEmpty() && max.isEmpty()) {
                return Optional.empty();
            }
            int from = min.orElse(0);
            int to = max.orElse(TtlRange.MAX);
            if (from > to) {
                line.error("min_ttl must not be above max_ttl: " + from + " and " + to);
                return Optional.empty();
            }
            return Optional.of(new TtlRange(from, to));
        }
    }
}
