package org.vrrp4j;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.Announcer;
import org.vrrp4j.spi.BfdTransport;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.TrackerBackend;

/** A platform with what the application has added: its functions, and perhaps an address backend in place of its. */
record AssembledPlatform(Platform platform, Optional<AddressBackend> backend, Map<String, Probe> healthChecks)
        implements Platform, TrackerBackend {
    @Override
    public AddressBackend addresses() {
        return backend.orElseGet(platform::addresses);
    }

    @Override
    public Announcer announcer() {
        return platform.announcer();
    }

    @Override
    public LinkMonitor links() {
        return platform.links();
    }

    @Override
    public TrackerBackend trackers() {
        return this;
    }

    @Override
    public Probe healthCheck(HealthTracker tracker) throws IOException {
        Probe probe = healthChecks.get(tracker.name());
        return probe != null ? probe : TrackerBackend.super.healthCheck(tracker);
    }

    @Override
    public Probe script(ScriptTracker tracker) throws IOException {
        return platform.trackers().script(tracker);
    }

    @Override
    public Watch processes(ProcessTracker tracker, IntConsumer count) throws IOException {
        return platform.trackers().processes(tracker, count);
    }

    @Override
    public Watch file(FileTracker tracker, IntConsumer value) throws IOException {
        return platform.trackers().file(tracker, value);
    }

    @Override
    public BfdTransport bfd(BfdTransport.Receiver receiver) throws IOException {
        return platform.trackers().bfd(receiver);
    }

    @Override
    public Optional<Duration> uptime() {
        return platform.uptime();
    }

    @Override
    public void close() {
        backend.ifPresent(AddressBackend::close);
        platform.close();
    }
}
