package org.vrrp4j.sim;

import java.util.List;
import java.util.Optional;
import org.vrrp4j.sim.Occurrence.RouterState;

final class RejectedPacketsChangeNothing implements Invariant {
    @Override
    public String sentence() {
        return "a rejected packet changes neither role nor deadline";
    }

    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        for (Occurrence occurrence : occurrences) {
            if (occurrence instanceof Occurrence.SuspiciousPacket packet) {
                for (int i = 0; i < packet.before().size(); i++) {
                    RouterState before = packet.before().get(i);
                    RouterState after = packet.after().get(i);
                    boolean changed =
                            before.role() != after.role() || !before.deadline().equals(after.deadline());
                    if (after.rejected() > before.rejected() && changed) {
                        return Optional.of(packet.host() + ": before " + before + ", after " + after);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
