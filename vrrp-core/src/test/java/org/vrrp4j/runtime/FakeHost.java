package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.Announcer;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.LinkState;
import org.vrrp4j.spi.PacketReceiver;
import org.vrrp4j.spi.Platform;

/** A loop whose clock the test moves, a transport that only notes, and a platform where everything succeeds. */
final class FakeHost implements EventLoop, AdvertisementTransport, Platform, AddressBackend, Announcer, LinkMonitor {
    final List<ChannelAddress> opened = new ArrayList<>();
    final List<ChannelAddress> closed = new ArrayList<>();
    int atMostOpen;
    final List<Sent> sent = new ArrayList<>();
    final List<InetAddress> announced = new ArrayList<>();
    final Set<InetAddress> unreachable = new HashSet<>();
    LinkState link = LinkState.missing("eth0");
    Optional<Duration> uptime = Optional.empty();
    String refusal;
    /** How long an announcement takes. */
    long announcementNanos;

    CompletionStage<Void> registered = CompletableFuture.completedFuture(null);
    CompletionStage<Void> acquired = CompletableFuture.completedFuture(null);
    CompletionStage<Void> released = CompletableFuture.completedFuture(null);
    final List<String> calls = new ArrayList<>();
    /** The last that was registered. */
    AddressListener addressListener;

    /** Since when, until when. */
    final List<List<Long>> awake = new ArrayList<>();

    private final List<Task> tasks = new ArrayList<>();
    private long now;

    record Sent(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit, long nanos) {}

    private record Task(long deadline, Runnable action) {}

    /** Runs what is due until then, in order. */
    void advance(long nanos) {
        long end = now + nanos;
        while (true) {
            Task next = tasks.stream()
                    .filter(task -> task.deadline() <= end)
                    .min((a, b) -> Long.compare(a.deadline(), b.deadline()))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            tasks.remove(next);
            now = Math.max(now, next.deadline());
            next.action().run();
        }
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public boolean inEventLoop() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        schedule(now, task);
    }

    @Override
    public Scheduled schedule(long deadlineNanos, Runnable action) {
        Task task = new Task(deadlineNanos, action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public void stayAwake(long untilNanos) {
        awake.add(List.of(now, untilNanos));
    }

    @Override
    public Watch watch(int fileDescriptor, Runnable onReadable) {
        throw new UnsupportedOperationException("no descriptors here");
    }

    @Override
    public AdvertisementChannel open(ChannelAddress address, PacketReceiver receiver) throws IOException {
        if (refusal != null) {
            throw new IOException(refusal);
        }
        opened.add(address);
        atMostOpen = Math.max(atMostOpen, opened.size() - closed.size());
        return new AdvertisementChannel() {
            @Override
            public void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit)
                    throws IOException {
                if (unreachable.contains(destination)) {
                    throw new IOException("no way to " + destination.getHostAddress());
                }
                sent.add(new Sent(message, source, destination, hopLimit, now));
            }

            @Override
            public void drain() {}

            @Override
            public void close() {
                closed.add(address);
            }
        };
    }

    @Override
    public AddressBackend addresses() {
        return this;
    }

    @Override
    public Announcer announcer() {
        return this;
    }

    @Override
    public Optional<Duration> uptime() {
        return uptime;
    }

    @Override
    public LinkMonitor links() {
        return this;
    }

    @Override
    public void watch(String interfaceName, LinkListener listener) {
        listener.onLink(link);
    }

    @Override
    public void unwatch(LinkListener listener) {}

    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        addressListener = listener;
        return registered;
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        calls.add("acquire");
        return acquired;
    }

    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void renew(AddressClaim claim) {}

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        calls.add("release");
        return released;
    }

    @Override
    public void unregister(AddressClaim claim) {
        calls.add("unregister");
    }

    @Override
    public boolean announce(AddressClaim claim, VirtualAddress address) throws IOException {
        now += announcementNanos;
        if (unreachable.contains(address.address())) {
            throw new IOException("no way to announce " + address);
        }
        announced.add(address.address());
        return true;
    }

    @Override
    public void close() {}
}
