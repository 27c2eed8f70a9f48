package org.vrrp4j.linux.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.HostSetting;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.Charges;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.EventLoop;

/**
 * An address backend that sets what claims want to be set on the host, from {@link #register} to {@link #unregister}.
 * What somebody else has set meanwhile is left alone at the end.
 *
 * <p><b>Neighbours.</b> One living node of a host has charge of a setting. Another one that wants the same has nothing
 * to do until that ends, and sets it again then.
 *
 * <p><b>Leftovers.</b> A record that nobody alive has charge of is of a dead node: its setting is put back, or, if it
 * is wanted here, goes on with what was before.
 *
 * <p><b>Failure:</b> one line in the log; no router depends on a setting.
 */
public final class HostSettingsAddressBackend implements AddressBackend {
    private static final Logger LOG = LoggerFactory.getLogger(HostSettingsAddressBackend.class);
    private static final Path SETTINGS = Path.of("/proc/sys/net");
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AddressBackend backend;
    private final EventLoop loop;
    private final RouteFeed feed;
    private final NetlinkClient client;
    private final Charges charges;
    private final HeldSettings observer;
    private final Path settings;
    private final Map<RouterId, AddressClaim> claims = new HashMap<>();
    private final Map<SettingPlace, Entry> entries = new LinkedHashMap<>();
    private boolean swept;
    private boolean closed;

    /** A setting that is wanted. */
    private static final class Entry {
        private boolean ours;
        private int index;
        private Optional<SettingRecord> before = Optional.empty();
        private boolean recorded;
    }

    /**
     * On a started feed.
     *
     * @param backend becomes the new one's, to close with it
     * @param feed stays the caller's, as does the client
     * @param charges become the new one's, to close with it
     * @param observer hears what is to be put back
     */
    public HostSettingsAddressBackend(
            AddressBackend backend,
            EventLoop loop,
            RouteFeed feed,
            NetlinkClient client,
            Charges charges,
            HeldSettings observer) {
        this(backend, loop, feed, client, charges, observer, SETTINGS);
    }

    HostSettingsAddressBackend(
            AddressBackend backend,
            EventLoop loop,
            RouteFeed feed,
            NetlinkClient client,
            Charges charges,
            HeldSettings observer,
            Path settings) {
        this.backend = backend;
        this.loop = loop;
        this.feed = feed;
        this.client = client;
        this.charges = charges;
        this.observer = observer;
        this.settings = settings;
        feed.followChanges(this::setAll);
    }

    @Override
    public CompletionStage<Void> register(AddressClaim claim, AddressListener listener) {
        claims.put(claim.router(), claim);
        update();
        if (!swept) {
            swept = true;
            // after the routers that are being registered now
            feed.soon(this::sweep);
        }
        return backend.register(claim, listener);
    }

    private void update() {
        Set<SettingPlace> wanted = new LinkedHashSet<>();
        for (AddressClaim claim : claims.values()) {
            claim.resources().settings().forEach(setting -> wanted.add(SettingPlace.of(setting, claim)));
        }
        for (SettingPlace place : List.copyOf(entries.keySet())) {
            if (!wanted.contains(place)) {
                putBack(place, entries.remove(place));
                charges.giveBack(charge(place));
            }
        }
        for (SettingPlace place : wanted) {
            if (!entries.containsKey(place)) {
                Entry entry = new Entry();
                entries.put(place, entry);
                takeCharge(place, entry);
            }
        }
        setAll();
    }

    private static String charge(SettingPlace place) {
        return "setting " + place;
    }

    private void takeCharge(SettingPlace place, Entry entry) {
        try {
            entry.ours = charges.take(charge(place), () -> onFree(place)).isEmpty();
        } catch (LinuxException e) {
            LOG.warn("Cannot tell whether another node has charge of {}: {}", place, e.getMessage());
        }
    }

    /** The guard of the one that had it may still be about to put it back. */
    private void onFree(SettingPlace place) {
        Entry entry = entries.get(place);
        if (entry != null && !closed) {
            takeCharge(place, entry);
            setAll();
            loop.schedule(loop.nanoTime() + LOOK_AGAIN_NANOS, () -> {
                if (entries.get(place) == entry) {
                    entry.index = 0;
                    setAll();
                }
            });
        }
    }

    private void setAll() {
        boolean changed = false;
        for (Map.Entry<SettingPlace, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            int index = indexOf(each.getKey());
            if (!closed && entry.ours && index != entry.index) {
                entry.index = index;
                changed |= index != 0;
                set(each.getKey(), entry);
            }
        }
        if (changed) {
            tell();
        }
    }

    private int indexOf(SettingPlace place) {
        return feed.table().link(place.interfaceName()).map(LinkMessage::index).orElse(0);
    }

    private void set(SettingPlace place, Entry entry) {
        entry.before = Optional.empty();
        if (entry.index == 0) {
            return;
        }
        try {
            Optional<SettingRecord> earlier = SettingRecord.all(client).stream()
                    .filter(record -> record.interfaceIndex() == entry.index)
                    .filter(record -> record.setting().equals(place.name()))
                    .findFirst();
            int now = place.read(client, entry.index, settings);
            if (earlier.isEmpty() && now == place.wanted()) {
                return;
            }
            SettingRecord before = earlier.orElse(new SettingRecord(place.name(), now, entry.index));
            entry.recorded = earlier.isPresent() || keep(before);
            entry.before = Optional.of(before);
            if (now != place.wanted()) {
                place.write(client, entry.index, settings, place.wanted());
                LOG.info("{} is {} as long as it is wanted; it was {}", place, place.wanted(), now);
            }
        } catch (IOException e) {
            LOG.warn("Cannot set {} to {}: {}", place, place.wanted(), e.getMessage());
        }
    }

    private boolean keep(SettingRecord before) {
        try {
            before.keep(client);
            return true;
        } catch (LinuxException e) {
            LOG.info("{} is not put back if this process and its guard are killed: {}", before.name(), e.getMessage());
            return false;
        }
    }

    private void putBack(SettingPlace place, Entry entry) {
        if (entry.before.isPresent() && indexOf(place) == entry.index) {
            putBack(place, entry.before.get(), entry.recorded);
        }
        entry.before = Optional.empty();
        tell();
    }

    private void putBack(SettingPlace place, SettingRecord before, boolean recorded) {
        try {
            // what somebody else has set since is left alone
            if (place.read(client, before.interfaceIndex(), settings) == place.wanted()) {
                place.write(client, before.interfaceIndex(), settings, before.before());
            }
            if (recorded) {
                before.forget(client);
            }
        } catch (IOException e) {
            LOG.warn("Cannot put {} back to {}: {}", place, before.before(), e.getMessage());
        }
    }

    private void tell() {
        observer.onHeld(entries.entrySet().stream()
                .filter(entry -> entry.getValue().before.isPresent())
                .map(entry -> held(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static HeldSettings.Held held(SettingPlace place, Entry entry) {
        SettingRecord before = entry.before.orElseThrow();
        return new HeldSettings.Held(
                place.file(), before.before(), before.interfaceIndex(), entry.recorded ? before.name() : "");
    }

    /** What a dead node has left behind, and nobody wants here. */
    private void sweep() {
        try {
            for (SettingRecord record : SettingRecord.all(client)) {
                HostSetting setting = SettingPlace.named(record.setting());
                SettingPlace place = new SettingPlace(setting, feed.table().nameOf(record.interfaceIndex()));
                if (setting != null && !entries.containsKey(place) && charges.isFree(charge(place))) {
                    putBack(place, record, true);
                    LOG.info("Put {} back to {}, as it was before a node that is no more", place, record.before());
                }
            }
        } catch (LinuxException e) {
            LOG.warn("Cannot put back settings that a dead node may have left behind: {}", e.getMessage());
        }
    }

    @Override
    public CompletionStage<Void> acquire(AddressClaim claim) {
        return backend.acquire(claim);
    }

    @Override
    public CompletionStage<Void> change(AddressClaim from, AddressClaim to) {
        if (claims.replace(to.router(), to) != null) {
            update();
        }
        return backend.change(from, to);
    }

    @Override
    public void renew(AddressClaim claim) {
        backend.renew(claim);
    }

    @Override
    public CompletionStage<Void> release(AddressClaim claim) {
        return backend.release(claim);
    }

    @Override
    public void unregister(AddressClaim claim) {
        backend.unregister(claim);
        if (claims.remove(claim.router()) != null) {
            update();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            claims.clear();
            update();
            closed = true;
            charges.close();
        }
        backend.close();
    }
}
