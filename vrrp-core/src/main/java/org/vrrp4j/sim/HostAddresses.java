package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The virtual addresses on an interface, as the host's kernel keeps them: leased to a process, or put there by somebody
 * else without end. A lease of N seconds ends between N and N + 1 seconds after its last renewal, as Linux checks
 * lifetimes (addrconf_verify, check_lifetime) about once a second.
 */
final class HostAddresses {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final class Entry {
        private final SimulatedProcess owner;
        private boolean abandoned;
        private long endNanos;

        Entry(SimulatedProcess owner) {
            this.owner = owner;
        }
    }

    private final SimulatedInterface nic;
    private final SimulatedHost host;
    private final Timeline timeline;
    private final HostClock clock;
    private final Map<InetAddress, Entry> entries = new LinkedHashMap<>();

    HostAddresses(SimulatedInterface nic) {
        this.nic = nic;
        this.host = nic.host();
        this.timeline = host.timeline();
        this.clock = host.clock();
    }

    Set<InetAddress> present() {
        return Set.copyOf(entries.keySet());
    }

    boolean has(InetAddress address) {
        return entries.containsKey(address);
    }

    boolean isLeasedTo(InetAddress address, SimulatedProcess process) {
        Entry entry = entries.get(address);
        return entry != null && entry.owner == process;
    }

    /** Leased to a process that counts on it: not one that could not take it away again. */
    boolean isHeldBy(InetAddress address, SimulatedProcess process) {
        return isLeasedTo(address, process) && !entries.get(address).abandoned;
    }

    Set<InetAddress> heldBy(SimulatedProcess process) {
        return entries.keySet().stream()
                .filter(address -> isHeldBy(address, process))
                .collect(Collectors.toUnmodifiableSet());
    }

    int countHeldBy(SimulatedProcess process) {
        int count = 0;
        for (Entry entry : entries.values()) {
            count += entry.owner == process && !entry.abandoned ? 1 : 0;
        }
        return count;
    }

    /** Its owner could not take it away, and leaves it to the end of its lease. */
    void abandon(InetAddress address, SimulatedProcess process) {
        if (isLeasedTo(address, process)) {
            entries.get(address).abandoned = true;
        }
    }

    /** On this host, and neither a process's nor what a dead one left behind. */
    boolean isForeignTo(InetAddress address, SimulatedProcess process) {
        Entry entry = entries.get(address);
        return entry != null && entry.owner != process && (entry.owner == null || entry.owner.isAlive());
    }

    void addForeign(InetAddress address) {
        entries.put(address, new Entry(null));
        changed(address, true, "by somebody else");
    }

    void lease(InetAddress address, SimulatedProcess owner, Duration lease) {
        if (!isLeasedTo(address, owner)) {
            Entry entry = new Entry(owner);
            entries.put(address, entry);
            changed(address, true, "leased");
            renew(address, owner, lease);
            awaitEnd(address, entry);
        } else {
            entries.get(address).abandoned = false;
            renew(address, owner, lease);
        }
    }

    void renew(InetAddress address, SimulatedProcess owner, Duration lease) {
        Entry entry = entries.get(address);
        if (entry != null && entry.owner == owner) {
            entry.endNanos =
                    clock.nanoTime() + lease.toNanos() + timeline.random().nextLong(NANOS_PER_SECOND);
        }
    }

    private void awaitEnd(InetAddress address, Entry entry) {
        timeline.schedule(clock.trueTimeOf(entry.endNanos), () -> endLease(address, entry));
    }

    private void endLease(InetAddress address, Entry entry) {
        if (entries.get(address) != entry) {
            return;
        }
        if (entry.endNanos - clock.nanoTime() > 0) {
            awaitEnd(address, entry);
        } else {
            remove(address, "the lease has ended");
            nic.onVanished(address);
        }
    }

    boolean remove(InetAddress address, String why) {
        boolean removed = entries.remove(address) != null;
        if (removed) {
            changed(address, false, why);
        }
        return removed;
    }

    private void changed(InetAddress address, boolean present, String why) {
        host.network().occur(new Occurrence.AddressChanged(host, address, present, why + nic.place()));
    }
}
