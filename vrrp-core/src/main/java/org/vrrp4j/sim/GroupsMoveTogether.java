package org.vrrp4j.sim;

import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterStatus;

/** A node that leaves ends its routers one by one; from then on its groups are not looked at. */
final class GroupsMoveTogether implements Invariant {
    @Override
    public String sentence() {
        return "the routers of a sync group are MASTER together or not at all";
    }

    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        SimulatedHost looked = null;
        for (Occurrence occurrence : occurrences) {
            if (occurrence instanceof Occurrence.RoleTold told && told.host() != looked) {
                looked = told.host();
                Optional<String> violation = violation(looked);
                if (violation.isPresent()) {
                    return violation;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> violation(SimulatedHost host) {
        SimulatedNode node = host.node();
        if (node == null || node.isStopping()) {
            return Optional.empty();
        }
        for (SyncGroupConfig group : node.config().groups()) {
            List<RouterStatus> members = node.status().routers().stream()
                    .filter(router -> group.members().contains(router.name()))
                    .toList();
            long masters = members.stream()
                    .filter(router -> router.role() == Role.MASTER)
                    .count();
            if (masters > 0 && masters < members.size()) {
                return Optional.of(host + " is MASTER of " + masters + " of " + members.size() + " routers of group "
                        + group.name());
            }
        }
        return Optional.empty();
    }
}
