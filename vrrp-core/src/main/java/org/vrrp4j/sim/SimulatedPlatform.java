package org.vrrp4j.sim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.Announcer;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.LinkState;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;
import org.vrrp4j.spi.TrackerBackend;

/** What one process sees of its host. */
final class SimulatedPlatform implements Platform, Announcer, LinkMonitor {
    private record Watcher(String interfaceName, LinkListener listener) {}

    private final SimulatedProcess process;
    private final SimulatedHost host;
    private final SimulatedBackend backend;
    private final List<Watcher> watchers = new ArrayList<>();

    SimulatedPlatform(SimulatedProcess process) {
        this.process = process;
        this.host = process.host();
        this.backend = new SimulatedBackend(process);
        host.add(this);
    }

    SimulatedProcess process() {
        return process;
    }

    SimulatedBackend backend() {
        return backend;
    }

    @Override
    public AddressBackend addresses() {
        return backend;
    }

    @Override
    public Announcer announcer() {
        return this;
    }

    @Override
    public LinkMonitor links() {
        return this;
    }

    @Override
    public TrackerBackend trackers() {
        return host.trackers().seenBy(process);
    }

    @Override
    public boolean announce(AddressClaim claim, VirtualAddress address) throws IOException {
        if (!process.isAlive()) {
            return false;
        }
        SimulatedInterface nic = host.nicOf(claim.router(), address);
        if (nic == null) {
            return false;
        }
        nic.checkCanSend();
        boolean held = nic.kernel().has(address.address()) || process.hasUnreadNews();
        host.network().occur(new Occurrence.Announced(host, address.address(), held));
        nic.lan().announce(nic, address.address());
        return true;
    }

    @Override
    public void watch(String interfaceName, LinkListener listener) {
        watchers.add(new Watcher(interfaceName, listener));
        listener.onLink(stateOf(interfaceName));
    }

    @Override
    public void unwatch(LinkListener listener) {
        watchers.removeIf(watcher -> watcher.listener() == listener);
    }

    private LinkState stateOf(String interfaceName) {
        SimulatedInterface nic = host.nic(interfaceName);
        return nic == null ? LinkState.missing(interfaceName) : nic.state();
    }

    void onLink(LinkState state) {
        process.tell(() -> List.copyOf(watchers).stream()
                .filter(watcher -> watcher.interfaceName().equals(state.name()))
                .filter(watchers::contains)
                .forEach(watcher -> watcher.listener().onLink(state)));
    }

    @Override
    public void close() {
        watchers.clear();
        backend.close();
        host.remove(this);
    }

    /** Opens what the processes of a host see of it. */
    record Provider(SimulatedHost host) implements PlatformProvider {
        @Override
        public String name() {
            return "simulated";
        }

        @Override
        public Optional<Throwable> unavailabilityCause() {
            return Optional.empty();
        }

        @Override
        public Platform open(EventLoop loop) {
            return new SimulatedPlatform(SimulatedProcess.of(host, loop));
        }
    }
}
