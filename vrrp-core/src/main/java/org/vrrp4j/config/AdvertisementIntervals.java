package org.vrrp4j.config;

import java.time.Duration;
import org.vrrp4j.model.VrrpVersion;

/** Which advertisement intervals the packet formats can carry. */
public final class AdvertisementIntervals {
    /** One centisecond, the unit and the shortest interval of VRRPv3. */
    public static final Duration V3_UNIT = Duration.ofMillis(10);

    /** 4095 centiseconds: twelve bits. */
    public static final Duration V3_MAX = V3_UNIT.multipliedBy(4095);

    /** One second, the unit and the shortest interval of VRRPv2. */
    public static final Duration V2_UNIT = Duration.ofSeconds(1);

    /** 255 seconds: eight bits. */
    public static final Duration V2_MAX = V2_UNIT.multipliedBy(255);

    private AdvertisementIntervals() {}

    /**
     * Checks that a version's packets can carry an interval exactly.
     *
     * @throws IllegalArgumentException if it is out of range or not a multiple of the version's unit
     */
    public static void check(VrrpVersion version, Duration interval) {
        Duration unit = version == VrrpVersion.V2 ? V2_UNIT : V3_UNIT;
        Duration max = version == VrrpVersion.V2 ? V2_MAX : V3_MAX;
        if (interval.compareTo(unit) < 0 || interval.compareTo(max) > 0 || interval.toNanos() % unit.toNanos() != 0) {
            throw new IllegalArgumentException(
                    version == VrrpVersion.V2
                            ? "version 2 needs an advertisement interval of 1 to 255 whole seconds: interval="
                                    + interval.toMillis() + " ms (version 3 can do 10 ms to 40.95 s)"
                            : "advertisement interval must be 10 ms to 40.95 s in steps of 10 ms: interval="
                                    + interval.toMillis() + " ms");
        }
    }
}
