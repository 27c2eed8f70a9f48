package org.vrrp4j.linux.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.route.Charges;

/** Charges in memory, and a neighbour who takes some. */
public final class FakeCharges implements Charges {
    private final Set<String> ours = new HashSet<>();
    private final Set<String> neighbours = new HashSet<>();
    private final Map<String, Runnable> waiting = new HashMap<>();
    private boolean broken;

    /** A living neighbour has charge of something. */
    public void neighbourTakes(String name) {
        neighbours.add(name);
    }

    /** The neighbour ends. */
    public void neighbourEnds() {
        neighbours.clear();
        Map<String, Runnable> told = Map.copyOf(waiting);
        waiting.clear();
        told.values().forEach(Runnable::run);
    }

    /** From now on this host cannot tell who has charge. */
    public void breakDown() {
        broken = true;
    }

    /** What is ours. */
    public Set<String> ours() {
        return Set.copyOf(ours);
    }

    @Override
    public Optional<String> take(String name, Runnable onFree) throws LinuxException {
        if (broken) {
            throw new LinuxException("socket for unix socket @vrrp4j/" + name, Errno.EAFNOSUPPORT.number());
        }
        if (neighbours.contains(name)) {
            waiting.put(name, onFree);
            return Optional.of("process 4711");
        }
        ours.add(name);
        return Optional.empty();
    }

    @Override
    public void giveBack(String name) {
        ours.remove(name);
        waiting.remove(name);
    }

    @Override
    public void close() {
        ours.clear();
        waiting.clear();
    }
}
