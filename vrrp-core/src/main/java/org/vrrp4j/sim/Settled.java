package org.vrrp4j.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.RouterStatus;

/**
 * What must be true of a network that nobody has interfered with for long enough: longer than every lease, the longest
 * Master_Down_Interval, the retry of failed backends (5 s) and the refresh of announcements.
 */
public final class Settled {
    private record Candidate(SimulatedHost host, RouterConfig config, RouterStatus status) {
        boolean isMaster() {
            return status.role() == Role.MASTER;
        }

        /** The owner preempts always; equal priorities leave each other alone, and so does one that has handed over. */
        boolean wouldReplace(Candidate master) {
            return status.cause() != Cause.HANDED_OVER
                    && config.priority() > master.config.priority()
                    && (config.preempt() || config.isOwner());
        }
    }

    private Settled() {}

    /**
     * Everything that is wrong: in each part of hosts that hear each other and for each virtual router there must be
     * one master, the best one, alone with the addresses, and known to every host as the one to send to. A router that
     * is in FAULT takes no part.
     *
     * @return sentences; empty if all is well
     */
    public static List<String> complaints(SimulatedNetwork network) {
        List<String> complaints = new ArrayList<>();
        for (List<SimulatedHost> part : parts(network)) {
            candidates(part).forEach((router, candidates) -> complain(part, router, candidates, complaints));
        }
        return complaints;
    }

    /** The hosts whose link is up, in groups that hear each other. */
    private static List<List<SimulatedHost>> parts(SimulatedNetwork network) {
        List<SimulatedHost> left = new ArrayList<>(network.hosts());
        left.removeIf(host -> !host.nic().isUp());
        List<List<SimulatedHost>> parts = new ArrayList<>();
        while (!left.isEmpty()) {
            List<SimulatedHost> part = new ArrayList<>(List.of(left.remove(0)));
            for (int i = 0; i < part.size(); i++) {
                SimulatedHost member = part.get(i);
                List<SimulatedHost> heard = left.stream()
                        .filter(other -> network.reaches(member, other) && network.reaches(other, member))
                        .collect(Collectors.toList());
                part.addAll(heard);
                left.removeAll(heard);
            }
            parts.add(part);
        }
        return parts;
    }

    private static Map<RouterId, List<Candidate>> candidates(List<SimulatedHost> part) {
        Map<RouterId, List<Candidate>> candidates = new LinkedHashMap<>();
        for (SimulatedHost host : part) {
            if (host.node() == null) {
                continue;
            }
            List<RouterConfig> configs = host.node().config().routers();
            List<RouterStatus> routers = host.node().status().routers();
            for (int i = 0; i < configs.size(); i++) {
                if (routers.get(i).role() != Role.FAULT) {
                    candidates
                            .computeIfAbsent(routers.get(i).router(), id -> new ArrayList<>())
                            .add(new Candidate(host, configs.get(i), routers.get(i)));
                }
            }
        }
        return candidates;
    }

    private static void complain(
            List<SimulatedHost> part, RouterId router, List<Candidate> candidates, List<String> complaints) {
        List<Candidate> masters =
                candidates.stream().filter(Candidate::isMaster).collect(Collectors.toList());
        if (masters.size() != 1) {
            complaints.add(router + " has " + masters.size() + " masters among " + part + ": "
                    + masters.stream().map(master -> master.host().name()).collect(Collectors.toList()));
            return;
        }
        Candidate master = masters.get(0);
        for (Candidate candidate : candidates) {
            if (candidate.wouldReplace(master)) {
                complaints.add(router + ": " + master.host() + " is master though " + candidate.host()
                        + " has a higher priority");
            }
        }
        for (InetAddress address : master.config().advertisedAddresses()) {
            complain(part, master.host(), address, complaints);
        }
    }

    private static void complain(
            List<SimulatedHost> part, SimulatedHost master, InetAddress address, List<String> complaints) {
        for (SimulatedHost host : part) {
            if (host.has(address) != (host == master)) {
                complaints.add(address.getHostAddress() + (host == master ? " is not" : " is also") + " on " + host
                        + ", the master being " + master);
            }
            if (host != master && !host.neighbour(address).equals(Optional.of(master))) {
                complaints.add(host + " sends packets for " + address.getHostAddress() + " to "
                        + host.neighbour(address).map(SimulatedHost::name).orElse("nobody")
                        + ", the master being " + master);
            }
        }
    }
}
