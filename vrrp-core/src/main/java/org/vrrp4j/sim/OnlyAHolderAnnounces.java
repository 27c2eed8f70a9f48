package org.vrrp4j.sim;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The lease of a stalled master ends behind its back: it announces, hears of that, and puts the address back. */
final class OnlyAHolderAnnounces implements Invariant {
    @Override
    public String sentence() {
        return "a host announces only addresses that it has or is putting back";
    }

    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        for (Occurrence occurrence : occurrences) {
            if (occurrence instanceof Occurrence.Announced announced
                    && !announced.held()
                    && !isPuttingBack(announced.host(), announced.address())) {
                return Optional.of(announced.host() + " " + announced.text() + " without having it");
            }
        }
        return Optional.empty();
    }

    private static boolean isPuttingBack(SimulatedHost host, InetAddress address) {
        return host.node() != null
                && host.node().routers().stream()
                        .filter(router -> router.advertisedAddresses().contains(address))
                        .anyMatch(router -> host.node().backend().isBusy(router.id()));
    }
}
