package org.vrrp4j.config;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.vrrp4j.model.RouterId;

/**
 * What differs between two configurations of one virtual router, which is to say of one {@link RouterId}.
 *
 * @param settings the names of the settings that differ, as {@link RouterConfigBuilder} has them, in a fixed order;
 *     empty if nothing does
 * @param live whether a running router can go from one to the other; otherwise it has to be stopped and started, as
 *     packets of another version or addresses behind another MAC address are those of another router
 */
public record RouterDifference(List<String> settings, boolean live) {
    private record Setting(String name, boolean live, Function<RouterConfig, Object> value) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting("name", true, RouterConfig::name),
            new Setting("version", false, RouterConfig::version),
            new Setting("virtualMac", false, RouterConfig::virtualMac),
            new Setting("priority", true, RouterConfig::priority),
            new Setting("advertisementInterval", true, RouterConfig::advertisementInterval),
            new Setting("downTimerAdverts", true, RouterConfig::downTimerAdverts),
            new Setting("preempt", true, RouterConfig::preempt),
            new Setting("authentication", true, RouterConfig::authentication),
            new Setting("checksumForm", true, RouterConfig::checksumForm),
            new Setting("addresses", true, RouterConfig::addresses),
            new Setting("excludedAddresses", true, RouterConfig::excludedAddresses),
            new Setting("routes", true, router -> router.resources().routes()),
            new Setting("rules", true, router -> router.resources().rules()),
            new Setting("acceptMode", true, RouterConfig::acceptMode),
            new Setting("unicast", true, RouterConfig::unicast),
            new Setting("source", true, RouterConfig::source),
            new Setting("addressListCheck", true, RouterConfig::addressListCheck),
            new Setting("strict", true, RouterConfig::strict),
            new Setting("announcements", true, RouterConfig::announcements),
            new Setting("conflictAnnouncements", true, RouterConfig::conflictAnnouncements),
            new Setting("announceWithAdvertisements", true, RouterConfig::announceWithAdvertisements),
            new Setting("startupDelay", true, RouterConfig::startupDelay),
            new Setting("delayAfterBoot", true, RouterConfig::delayAfterBoot),
            new Setting("preemptDelay", true, RouterConfig::preemptDelay),
            new Setting("learnedIntervals", true, RouterConfig::learnedIntervals),
            new Setting("stepDownAfterStall", true, RouterConfig::stepDownAfterStall),
            new Setting("linkTracking", true, RouterConfig::linkTracking),
            new Setting("trackers", true, RouterConfig::trackers),
            new Setting("notification", true, RouterConfig::notification));

    /** Copies the list. */
    public RouterDifference {
        settings = List.copyOf(settings);
    }

    /**
     * Compares them.
     *
     * @throws IllegalArgumentException if they are of two routers: interface, VRID or family differ
     */
    public static RouterDifference between(RouterConfig before, RouterConfig after) {
        if (!before.id().equals(after.id())) {
            throw new IllegalArgumentException("two virtual routers: " + before.id() + " and " + after.id());
        }
        List<Setting> differing = SETTINGS.stream()
                .filter(setting -> !Objects.equals(
                        setting.value().apply(before), setting.value().apply(after)))
                .toList();
        return new RouterDifference(
                differing.stream().map(Setting::name).toList(),
                differing.stream().allMatch(Setting::live));
    }

    /** Whether nothing differs. */
    public boolean isNone() {
        return settings.isEmpty();
    }
}
