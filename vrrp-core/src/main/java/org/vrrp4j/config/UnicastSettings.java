package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * How advertisements go to and come from other routers one by one, where that is so.
 *
 * @param peers the other routers; empty for multicast
 * @param ttl what is sent with
 * @param ttls what must be received with, for some of the peers
 * @param checkTtl whether the others must be neighbours
 * @param checksum what their checksums cover
 */
record UnicastSettings(
        List<InetAddress> peers, int ttl, Map<InetAddress, TtlRange> ttls, boolean checkTtl, UnicastChecksum checksum) {

    static UnicastSettings of(RouterConfigBuilder builder) {
        return new UnicastSettings(
                builder.unicastPeers, builder.unicastTtl, builder.peerTtls, builder.checkTtl, builder.unicastChecksum);
    }

    void addTo(RouterConfigBuilder builder) {
        builder.checkTtl(checkTtl).unicastChecksum(checksum);
        if (!peers.isEmpty()) {
            builder.unicastPeers(peers).unicastTtl(ttl);
            ttls.forEach(builder::peerTtl);
        }
    }

    UnicastSettings {
        peers = peers.stream().distinct().toList();
        ttls = Map.copyOf(ttls);
        require(
                checkTtl || !peers.isEmpty(),
                "the TTL of multicast must be checked (RFC 9568, 5.1.1.3): checkTtl=false");
        require(ttl >= 1 && ttl <= TtlRange.MAX, "unicastTtl must be 1 to " + TtlRange.MAX + ": unicastTtl=" + ttl);
        require(
                ttl == TtlRange.MAX || !peers.isEmpty(),
                "multicast must be sent with TTL 255 (RFC 9568, 5.1.1.3): unicastTtl=" + ttl);
        for (InetAddress peer : ttls.keySet()) {
            require(peers.contains(peer), "peerTtl must be of a unicast peer: peer=" + peer.getHostAddress());
        }
    }

    TtlRange accepted(InetAddress source) {
        return ttls.getOrDefault(source, checkTtl ? TtlRange.NEIGHBOUR : TtlRange.ANY);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
