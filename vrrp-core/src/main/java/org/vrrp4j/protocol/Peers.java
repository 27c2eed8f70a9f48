package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** What is known of the other routers of the group, and which of their oddities have been reported already. */
final class Peers {
    private static final long RIVAL_SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private final RouterConfig config;
    private final List<Effect> effects;
    private Optional<InetAddress> master = Optional.empty();
    private int masterPriority;
    private Duration reportedInterval;
    private InetAddress reportedAddressesOf;
    private InetAddress rival;
    private long rivalNanos;

    Peers(RouterConfig config, List<Effect> effects) {
        this.config = config;
        this.effects = effects;
    }

    Optional<InetAddress> master() {
        return master;
    }

    int masterPriority() {
        return masterPriority;
    }

    void forgetMaster() {
        master = Optional.empty();
        masterPriority = 0;
    }

    void follow(ReceivedAdvertisement received) {
        if (master.isEmpty() || !master.get().equals(received.source())) {
            master = Optional.of(received.source());
            reportedInterval = null;
        }
        masterPriority = received.advertisement().priority();
        Duration interval = received.advertisement().interval();
        if (!interval.equals(config.advertisementInterval()) && !interval.equals(reportedInterval)) {
            reportedInterval = interval;
            effects.add(new Effect.Report(new VrrpEvent.IntervalMismatch(
                    config.id(), received.source(), interval, config.advertisementInterval())));
        }
    }

    void onOtherAddresses(InetAddress source) {
        if (!source.equals(reportedAddressesOf)) {
            reportedAddressesOf = source;
            effects.add(new Effect.Report(new VrrpEvent.AddressListMismatch(config.id(), source)));
        }
    }

    void onRival(long nowNanos, ReceivedAdvertisement received) {
        boolean known = received.source().equals(rival) && nowNanos - rivalNanos < RIVAL_SILENCE_NANOS;
        rival = received.source();
        rivalNanos = nowNanos;
        if (!known) {
            effects.add(new Effect.Report(new VrrpEvent.MasterConflict(
                    config.id(), rival, received.advertisement().priority())));
        }
    }
}
