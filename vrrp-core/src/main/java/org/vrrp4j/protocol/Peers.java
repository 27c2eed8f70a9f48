package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.AddressListDifference;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** What is known of the other routers of the group, and which of their oddities have been reported already. */
final class Peers {
    private static final int MAX_SENDERS = 64;

    private RouterConfig config;
    private final List<Effect> effects;
    private final Map<InetAddress, Duration> toldIntervals = new LinkedHashMap<>();
    private final Map<InetAddress, Boolean> toldAddresses = new LinkedHashMap<>();
    private Optional<InetAddress> master = Optional.empty();
    private int masterPriority;
    private boolean heard;

    Peers(RouterConfig config, List<Effect> effects) {
        this.config = config;
        this.effects = effects;
    }

    /** What was odd beside the addresses of before may be right beside the new ones, or odd in another way. */
    void configure(RouterConfig next) {
        if (!next.advertisedAddresses().equals(config.advertisedAddresses())) {
            toldAddresses.clear();
        }
        config = next;
    }

    void onHeard() {
        heard = true;
    }

    /** Whether any of them was ever heard. */
    boolean haveBeenHeard() {
        return heard;
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
        }
        masterPriority = received.advertisement().priority();
        Duration interval = received.advertisement().interval();
        if (!interval.equals(config.advertisementInterval())
                && !interval.equals(remember(toldIntervals, received.source(), interval))) {
            tellInterval(received.source(), interval);
        }
    }

    private void tellInterval(InetAddress source, Duration interval) {
        Duration used = config.learnedIntervals().bound(interval);
        boolean bounded = config.version() == VrrpVersion.V3 && !used.equals(interval);
        effects.add(new Effect.Report(
                bounded
                        ? new VrrpEvent.IntervalBounded(config.id(), source, interval, used)
                        : new VrrpEvent.IntervalMismatch(
                                config.id(), source, interval, config.advertisementInterval())));
    }

    void onOtherAddresses(InetAddress source, AddressListDifference difference) {
        if (remember(toldAddresses, source, true) == null) {
            effects.add(new Effect.Report(new VrrpEvent.AddressListMismatch(config.id(), source, difference)));
        }
    }

    /** Answers what was remembered of a sender. The one unheard for longest is forgotten: senders can be forged. */
    private static <V> V remember(Map<InetAddress, V> told, InetAddress sender, V value) {
        V before = told.remove(sender);
        told.put(sender, value);
        if (told.size() > MAX_SENDERS) {
            told.remove(told.keySet().iterator().next());
        }
        return before;
    }

    void keep(Checkpoint checkpoint) {
        master = Optional.ofNullable(checkpoint.address("master", master.orElse(null)));
        masterPriority = (int) checkpoint.number("masterPriority", masterPriority);
        heard = checkpoint.flag("heard", heard);
    }
}
