package org.vrrp4j.examples.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Virtual routers of one host that differ in interface, VRID and address only.
 *
 * @param firstVrid the VRID of the first on an interface
 * @param perInterface how many, 255 at most
 * @param priority their priority
 * @param interval their advertisement interval, whole hundredths of a second
 * @param interfaces where
 */
record RouterSet(int firstVrid, int perInterface, int priority, Duration interval, List<String> interfaces) {
    private static final String NETWORK = "198.51.100.";
    /** The IPv4 networks for examples have too few addresses for many links. */
    private static final String NETWORK_OF_MANY = "2001:db8:1:";

    private static final int ADVERTS_MISSED = 3;
    private static final int STEPS = 256;

    /** A single router on eth0. */
    static RouterSet one(int vrid, int priority, Duration interval) {
        return new RouterSet(vrid, 1, priority, interval, List.of("eth0"));
    }

    RouterSet withPriority(int other) {
        return new RouterSet(firstVrid, perInterface, other, interval, interfaces);
    }

    int count() {
        return perInterface * interfaces.size();
    }

    /** The address of the first router, if there is one interface. */
    String firstAddress() {
        return NETWORK + firstVrid;
    }

    /** Skew_Time (RFC 9568, 6.1). */
    Duration skew() {
        return interval.multipliedBy(STEPS - priority).dividedBy(STEPS);
    }

    /** Active_Down_Interval (RFC 9568, 6.1), if the master has the same interval. */
    Duration masterDown() {
        return interval.multipliedBy(ADVERTS_MISSED).plus(skew());
    }

    /** The keepalived.conf, which all contenders read. */
    String configuration() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < interfaces.size(); i++) {
            for (int vrid = firstVrid; vrid < firstVrid + perInterface; vrid++) {
                String address =
                        interfaces.size() == 1 ? NETWORK + vrid + "/32" : NETWORK_OF_MANY + i + "::" + vrid + "/128";
                text.append(instance(interfaces.get(i), vrid, address));
            }
        }
        return text.toString();
    }

    private String instance(String interfaceName, int vrid, String address) {
        return String.format(Locale.ROOT, """
                vrrp_instance %1$s_%2$d {
                    version 3
                    state BACKUP
                    interface %1$s
                    virtual_router_id %2$d
                    priority %3$d
                    advert_int %4$.2f
                    virtual_ipaddress {
                        %5$s dev %1$s
                    }
                }
                """, interfaceName, vrid, priority, interval.toMillis() / 1000.0, address);
    }
}
