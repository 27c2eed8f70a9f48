package org.vrrp4j.linux.guard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.Pipe;
import org.vrrp4j.linux.macvlan.Ownership;
import org.vrrp4j.linux.settings.HeldSettings;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.EventLoop;

/**
 * Has a small process take the addresses away, and the interfaces made for them, as soon as this one has died. It is
 * told what is held and does nothing until then. If it dies itself, another one is started and the addresses stay; if
 * it cannot be had, one line in the log says why, and the addresses of a dead process stay until their lease ends.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Failure:</b> is told in the log. <b>Idempotence:</b> all
 * methods may be called twice.
 */
public final class AddressGuard implements Ownership, HeldSettings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AddressGuard.class);

    private final ToIntFunction<String> interfaceIndex;
    private final Map<RouterId, Integer> slots = new HashMap<>();
    private final Map<Integer, List<String>> held = new TreeMap<>();
    private final Map<Integer, String> interfaces = new TreeMap<>();
    private List<String> settings = List.of();
    private GuardThread thread;
    private GuardConnection connection;
    private String toldImpossible;
    private boolean closed;

    /**
     * A guard that has no process: it knows what it would take away.
     *
     * @param interfaceIndex the number of an interface by its name, 0 if there is none
     */
    public AddressGuard(ToIntFunction<String> interfaceIndex) {
        this.interfaceIndex = interfaceIndex;
    }

    /** A guard for rehearsals: what it has to say goes the whole way, into a pipe that nobody reads. */
    public static AddressGuard rehearsing(ToIntFunction<String> interfaceIndex) {
        AddressGuard guard = new AddressGuard(interfaceIndex);
        try {
            guard.connection = new RehearsedConnection(Pipe.open("pipe of a rehearsal"));
        } catch (LinuxException e) {
            LOG.debug("the guard is not rehearsed", e);
        }
        return guard;
    }

    private record RehearsedConnection(Pipe pipe) implements GuardConnection {
        @Override
        public long pid() {
            return 0;
        }

        @Override
        public void send(String line) throws LinuxException {
            pipe.write(line.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void kill() {
            pipe.close();
        }
    }

    /**
     * Starts a guard process, in the network namespace of the calling thread, which must be the loop's. It is ready
     * some milliseconds later.
     *
     * @param interfaceIndex the number of an interface by its name, 0 if there is none
     */
    public static AddressGuard start(EventLoop loop, ToIntFunction<String> interfaceIndex) {
        AddressGuard guard = new AddressGuard(interfaceIndex);
        guard.thread = GuardThread.start(guard, loop);
        return guard;
    }

    /** The addresses of this claim are in place and ours: from now on they go with this process. */
    public void protect(AddressClaim claim) {
        List<String> entries = new ArrayList<>();
        for (VirtualAddress address : claim.addresses()) {
            int index = interfaceIndex.applyAsInt(claim.deviceOf(address));
            if (index != 0) {
                String cidr = address.address().getHostAddress() + "/" + address.prefixLength();
                entries.add(GuardScript.entry(cidr, index));
            }
        }
        claim.resources().routes().forEach(route -> entries.add(GuardScript.entry(route)));
        claim.resources().rules().forEach(rule -> entries.add(GuardScript.entry(rule)));
        int slot = slot(claim.router());
        if (!entries.equals(held.put(slot, entries))) {
            tell(slot);
        }
    }

    private int slot(RouterId router) {
        return slots.computeIfAbsent(router, added -> slots.size());
    }

    /** From now on the interface goes with this process. */
    @Override
    public void onOurs(RouterId router, String interfaceName) {
        int slot = slot(router);
        if (!interfaceName.equals(interfaces.put(slot, interfaceName))) {
            tell(slot);
        }
    }

    @Override
    public void onNotOurs(RouterId router) {
        Integer slot = slots.get(router);
        if (slot != null && interfaces.remove(slot) != null) {
            tell(slot);
        }
    }

    @Override
    public void onHeld(List<Held> all) {
        // a line is words and semicolons
        List<String> next = all.stream()
                .filter(setting -> setting.file().chars().noneMatch(c -> c == ';' || Character.isWhitespace(c)))
                .map(GuardScript::entry)
                .toList();
        if (!next.equals(settings)) {
            settings = next;
            tell(slot(RouterId.NODE));
        }
    }

    /** Whether the addresses of this router go with this process. */
    public boolean protects(RouterId router) {
        Integer slot = slots.get(router);
        return slot != null && held.containsKey(slot);
    }

    /** The addresses of this router are not ours any more. */
    public void release(RouterId router) {
        Integer slot = slots.get(router);
        if (slot != null && held.remove(slot) != null) {
            tell(slot);
        }
    }

    private void tell(int slot) {
        if (connection == null) {
            return;
        }
        List<String> entries = new ArrayList<>(held.getOrDefault(slot, List.of()));
        if (interfaces.containsKey(slot)) {
            entries.add(GuardScript.interfaceEntry(interfaces.get(slot)));
        }
        if (slot == slots.getOrDefault(RouterId.NODE, -1)) {
            entries.addAll(settings);
        }
        try {
            connection.send(GuardScript.line(slot, entries));
        } catch (LinuxException e) {
            // its end is heard of, and the next one is told everything
            LOG.warn("The guard process {} does not listen and is replaced: {}", connection.pid(), e.getMessage());
            connection.kill();
            connection = null;
        }
    }

    void onReady(GuardConnection ready) {
        if (closed) {
            ready.kill();
            return;
        }
        connection = ready;
        toldImpossible = null;
        new TreeSet<>(slots.values()).forEach(this::tell);
        LOG.info("the guard process {} takes the addresses away as soon as this process has died", ready.pid());
    }

    void onEnded(GuardConnection ended, int exitCode) {
        ended.kill();
        if (!closed) {
            connection = connection == ended ? null : connection;
            LOG.warn("The guard process {} ended with exit code {}; starting another one", ended.pid(), exitCode);
        }
    }

    void onImpossible(String reason) {
        if (!closed && !reason.equals(toldImpossible)) {
            toldImpossible = reason;
            LOG.warn(
                    "No guard process ({}): if this process is killed, its addresses stay until their lease ends",
                    reason);
        }
    }

    /** Ends the guard process; it takes nothing away. */
    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.end();
        }
        if (connection != null) {
            connection.kill();
            connection = null;
        }
    }
}
