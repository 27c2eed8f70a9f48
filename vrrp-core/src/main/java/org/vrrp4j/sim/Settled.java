package org.vrrp4j.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.VirtualAddress;
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

        /** The interface that one of its addresses belongs to, or null. */
        SimulatedInterface nicOf(VirtualAddress address) {
            return host.nicOf(config.id(), address);
        }

        /** The owner preempts always; equal priorities leave each other alone, and so does one that has handed over. */
        boolean wouldReplace(Candidate master) {
            return status.cause() != Cause.HANDED_OVER
                    && status.priority() > master.status.priority()
                    && (config.preempt() || config.isOwner())
                    && host.node().config().groups().stream()
                            .noneMatch(group -> group.members().contains(config.name()));
        }
    }

    private Settled() {}

    /**
     * Everything that is wrong: on each LAN, in each part of hosts that hear each other, and for each virtual router
     * there must be one master, the best one unless its sync group keeps it, alone with the addresses, and known to
     * every host as the one to send to. A router that is in FAULT takes no part. The routers of a sync group must have
     * one role on each host.
     *
     * @return sentences; empty if all is well
     */
    public static List<String> complaints(SimulatedNetwork network) {
        List<String> complaints = new ArrayList<>();
        for (SimulatedLan lan : network.lans()) {
            for (List<SimulatedInterface> part : parts(lan)) {
                for (List<Candidate> candidates : candidates(part)) {
                    complain(part, candidates, complaints);
                }
            }
        }
        network.hosts().forEach(host -> complainOfGroups(host, complaints));
        return complaints;
    }

    private static void complainOfGroups(SimulatedHost host, List<String> complaints) {
        if (host.node() == null) {
            return;
        }
        for (SyncGroupConfig group : host.node().config().groups()) {
            Map<String, Role> roles = host.node().status().routers().stream()
                    .filter(router -> group.members().contains(router.name()))
                    .collect(Collectors.toMap(RouterStatus::name, RouterStatus::role));
            if (roles.values().stream().distinct().count() > 1) {
                complaints.add("group " + group.name() + " on " + host + " is not of one role: " + roles);
            }
        }
    }

    /** The interfaces whose link is up, in groups that hear each other. */
    private static List<List<SimulatedInterface>> parts(SimulatedLan lan) {
        List<SimulatedInterface> left = new ArrayList<>(lan.interfaces());
        left.removeIf(nic -> !nic.isUp());
        List<List<SimulatedInterface>> parts = new ArrayList<>();
        while (!left.isEmpty()) {
            List<SimulatedInterface> part = new ArrayList<>(List.of(left.remove(0)));
            for (int i = 0; i < part.size(); i++) {
                SimulatedInterface member = part.get(i);
                List<SimulatedInterface> heard = left.stream()
                        .filter(other -> member.reaches(other) && other.reaches(member))
                        .collect(Collectors.toList());
                part.addAll(heard);
                left.removeAll(heard);
            }
            parts.add(part);
        }
        return parts;
    }

    /** The routers on some interfaces, those of a VRID and family together. */
    private static Iterable<List<Candidate>> candidates(List<SimulatedInterface> part) {
        Map<String, List<Candidate>> candidates = new LinkedHashMap<>();
        for (SimulatedInterface nic : part) {
            SimulatedNode node = nic.host().node();
            if (node == null) {
                continue;
            }
            List<RouterConfig> configs = node.config().routers();
            List<RouterStatus> routers = node.status().routers();
            for (int i = 0; i < configs.size(); i++) {
                RouterId id = configs.get(i).id();
                if (id.interfaceName().equals(nic.name()) && routers.get(i).role() != Role.FAULT) {
                    candidates
                            .computeIfAbsent(id.vrid() + "/" + id.family(), key -> new ArrayList<>())
                            .add(new Candidate(nic.host(), configs.get(i), routers.get(i)));
                }
            }
        }
        return candidates.values();
    }

    private static void complain(List<SimulatedInterface> part, List<Candidate> candidates, List<String> complaints) {
        RouterId router = candidates.get(0).config().id();
        List<Candidate> masters =
                candidates.stream().filter(Candidate::isMaster).collect(Collectors.toList());
        if (masters.size() != 1) {
            complaints.add(router + " has " + masters.size() + " masters among " + hosts(part) + ": "
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
        for (VirtualAddress address : master.config().addresses()) {
            SimulatedInterface holder = master.nicOf(address);
            if (part.contains(holder)) {
                complain(part, holder, address.address(), complaints);
            } else {
                complainElsewhere(candidates, master, address, complaints);
            }
        }
    }

    private static List<SimulatedHost> hosts(List<SimulatedInterface> part) {
        return part.stream().map(SimulatedInterface::host).collect(Collectors.toList());
    }

    private static void complain(
            List<SimulatedInterface> part, SimulatedInterface holder, InetAddress address, List<String> complaints) {
        for (SimulatedInterface nic : part) {
            if (nic.has(address) != (nic == holder)) {
                complaints.add(address.getHostAddress() + (nic == holder ? " is not" : " is also") + " on " + nic.host()
                        + nic.place() + ", the master being " + holder.host());
            }
            if (nic != holder && !isToldOf(nic, address, holder)) {
                complaints.add(nic.host() + " sends packets for " + address.getHostAddress() + " to "
                        + nic.neighbour(address).map(SimulatedHost::name).orElse("nobody") + nic.place()
                        + ", the master being " + holder.host());
            }
        }
    }

    private static boolean isToldOf(SimulatedInterface nic, InetAddress address, SimulatedInterface holder) {
        return nic.neighbour(address).equals(Optional.of(holder.host()));
    }

    /**
     * An address on another interface than its router's. The other LAN may be in one part where the router's own is
     * not, and then have the address twice; its hosts are asked only if it has not.
     */
    private static void complainElsewhere(
            List<Candidate> candidates, Candidate master, VirtualAddress address, List<String> complaints) {
        SimulatedInterface holder = master.nicOf(address);
        for (Candidate candidate : candidates) {
            SimulatedInterface nic = candidate.nicOf(address);
            if (nic != null && nic.has(address.address()) != (nic == holder)) {
                complaints.add(address.address().getHostAddress() + (nic == holder ? " is not" : " is also") + " on "
                        + candidate.host() + ", the master being " + master.host());
            }
        }
        if (holder == null || !holder.isUp()) {
            return;
        }
        List<SimulatedInterface> others = new ArrayList<>(holder.lan().interfaces());
        others.remove(holder);
        if (others.stream().noneMatch(other -> other.has(address.address()))) {
            others.removeIf(other -> !holder.reaches(other) || isToldOf(other, address.address(), holder));
            others.forEach(other -> complaints.add(
                    other + " does not send packets for " + address.address().getHostAddress() + " to " + holder));
        }
    }
}
