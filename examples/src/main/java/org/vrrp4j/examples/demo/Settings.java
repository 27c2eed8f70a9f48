package org.vrrp4j.examples.demo;

import java.time.Duration;
import java.util.List;

/**
 * What the demo runs with.
 *
 * @param interval the Advertisement_Interval
 * @param firstPriority the priority of the first host, which is master when it can be
 * @param secondPriority the priority of the second host
 * @param probeInterval how often the client asks
 */
record Settings(Duration interval, int firstPriority, int secondPriority, Duration probeInterval) {
    static final Settings DEMO = new Settings(Duration.ofMillis(100), 150, 100, Duration.ofMillis(5));
    static final String FIRST = "lb01";
    static final String SECOND = "lb02";
    static final List<String> HOSTS = List.of(FIRST, SECOND);
    static final String ADDRESS = "192.0.2.100";
    static final int PREFIX_LENGTH = 24;
    static final int VRID = 51;

    /** The number of advertisements missed before a backup takes over, and of values that a priority can have. */
    private static final int ADVERTS_MISSED = 3;

    private static final int PRIORITIES = 256;

    /** A shorter pause when a host takes over is not worth a line. */
    static final Duration NOTICEABLE = Duration.ofMillis(20);

    int priority(String host) {
        return host.equals(FIRST) ? firstPriority : secondPriority;
    }

    static String other(String host) {
        return host.equals(FIRST) ? SECOND : FIRST;
    }

    /** Skew_Time of the second host (RFC 9568, 6.1). */
    Duration skew() {
        return interval.multipliedBy(PRIORITIES - secondPriority).dividedBy(PRIORITIES);
    }

    /** Active_Down_Interval of the second host (RFC 9568, 6.1). */
    Duration masterDown() {
        return interval.multipliedBy(ADVERTS_MISSED).plus(skew());
    }

    /** The keepalived.conf of a host. */
    String configuration(String host) {
        return """
               vrrp_instance VI_1 {
                   version 3
                   state BACKUP
                   interface eth0
                   virtual_router_id %d
                   priority %d
                   advert_int %s
                   virtual_ipaddress {
                       %s/%d dev eth0
                   }
               }
               """.formatted(VRID, priority(host), interval.toMillis() / 1000.0, ADDRESS, PREFIX_LENGTH);
    }
}
