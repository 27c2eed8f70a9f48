package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RoleChange;

/** The virtual routers of the tests: VRID 51 with 192.0.2.100, advertising every 100 ms. */
final class TestRouters {
    static final InetAddress VIP = IpAddresses.parse("192.0.2.100").orElseThrow();
    static final Duration INTERVAL = Duration.ofMillis(100);

    private TestRouters() {}

    static RouterConfigBuilder router(int priority) {
        return RouterConfig.builder(SimulatedHost.INTERFACE, 51)
                .priority(priority)
                .advertisementInterval(INTERVAL)
                .announcements(new AnnouncementSchedule(AnnouncementSchedule.DEFAULT.offsets(), Duration.ofSeconds(10)))
                .announceWithAdvertisements(false)
                .address(VirtualAddress.parse("192.0.2.100/24"));
    }

    /** Version 3: Skew_Time of a priority with the interval of the tests. */
    static Duration skew(int priority) {
        return INTERVAL.multipliedBy(256 - priority).dividedBy(256);
    }

    /** Version 3: Master_Down_Interval of a priority with the interval of the tests. */
    static Duration masterDown(int priority) {
        return INTERVAL.multipliedBy(3).plus(skew(priority));
    }

    /** Runs until a host advertises. */
    static Duration awaitAdvertisement(Simulation simulation, SimulatedHost host) {
        long sent = host.router().statistics().advertisementsSent();
        return simulation.runUntil(
                () -> host.router().statistics().advertisementsSent() > sent, INTERVAL.multipliedBy(2));
    }

    /** What listeners were told, as {@code FROM>TO:CAUSE}. */
    static List<String> told(SimulatedHost host) {
        return host.changes().stream().map(TestRouters::text).collect(Collectors.toList());
    }

    private static String text(RoleChange change) {
        return change.from() + ">" + change.to() + ":" + change.cause();
    }
}
