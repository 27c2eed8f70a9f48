package org.vrrp4j.keepalived;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.model.IpAddresses;

/** What an instance says about its source address and its unicast peers, each an address and perhaps TTL bounds. */
final class UnicastKeywords {
    private static final KeywordTable<PeerList> PEERS =
            new KeywordTable<PeerList>("unicast_peer").others((list, line) -> onPeer(list.instance, line));

    private static final int MAX_TTL = 255;

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
                .fixed("unicast_fault_no_peer", true, "an empty unicast_peer is an error")
                .fixed("check_unicast_src", true, "advertisements of others than the peers are rejected")
                .unsupported("checksums cover the address of the peer", "old_unicast_checksum")
                .unsupported("the interface decides where peers are looked for", "vrf");
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

    /** What the peers are set up to send with must be accepted from them. */
    private static void onSentTtl(InstanceDraft draft, Statement line) {
        line.integer(0, MAX_TTL).ifPresent(ttl -> {
            draft.checkTtl = Optional.of(ttl == MAX_TTL);
            if (ttl != MAX_TTL) {
                line.warning("'unicast_ttl' is supported in part: advertisements are sent with 255, and accepted with"
                        + " any TTL");
            }
        });
    }

    private static void onPeer(InstanceDraft draft, Statement line) {
        draft.peerLines++;
        Optional<InetAddress> address = parse(line, line.keyword());
        Iterator<String> words = line.values().iterator();
        while (words.hasNext()) {
            onBound(draft, line, words.next(), words.hasNext() ? words.next() : "");
        }
        address.ifPresent(peer -> draft.peers.add(new InstanceDraft.PeerEntry(peer, line.position())));
    }

    /** A lower bound of less than 255 lets packets of other networks in, and that is all that can be done for it. */
    private static void onBound(InstanceDraft draft, Statement line, String word, String value) {
        if (!word.equals("min_ttl") && !word.equals("max_ttl")) {
            line.error("unknown word " + Found.quote(word) + " after a peer; allowed are min_ttl max_ttl");
            return;
        }
        OptionalInt ttl = Numbers.integer(value, 0, MAX_TTL);
        if (ttl.isEmpty()) {
            line.error(word + " must be 0 to " + MAX_TTL + ": " + Found.quote(value));
        } else if (word.equals("min_ttl") && ttl.getAsInt() < MAX_TTL) {
            draft.checkTtl = Optional.of(false);
            line.warning("'min_ttl' is supported in part: any TTL is accepted, from every peer");
        } else if (word.equals("min_ttl")) {
            draft.checkTtl = draft.checkTtl.or(() -> Optional.of(true));
        } else if (ttl.getAsInt() < MAX_TTL) {
            line.warning("'max_ttl' is not supported yet: what arrives with TTL 255 is accepted");
        }
    }
}
