package org.vrrp4j.config;

import java.util.Locale;
import org.vrrp4j.model.IpAddresses;

/** A route in the words of ip-route(8). */
final class RouteWords {
    private RouteWords() {}

    static String of(VirtualRoute route) {
        StringBuilder text = new StringBuilder();
        if (route.type() != RouteType.UNICAST) {
            text.append(route.type()).append(' ');
        }
        text.append(route.destination());
        route.from().ifPresent(prefix -> text.append(" from ").append(prefix));
        text.append(route.tos() == 0 ? "" : " tos 0x" + Integer.toHexString(route.tos()));
        boolean multipath = route.nexthops().size() > 1;
        if (!multipath) {
            route.nexthops().forEach(nexthop -> text.append(nexthop.words(route.family())));
        }
        text.append(
                route.table() == VirtualRoute.TABLE_MAIN ? "" : " table " + Integer.toUnsignedString(route.table()));
        route.vrf().ifPresent(name -> text.append(" vrf ").append(name));
        route.protocol().ifPresent(number -> text.append(" proto ").append(number));
        route.scope().ifPresent(number -> text.append(" scope ").append(number));
        route.metric().ifPresent(number -> text.append(" metric ").append(number));
        route.source().ifPresent(address -> text.append(" src ").append(IpAddresses.text(address)));
        text.append(route.realms() == 0 ? "" : " realms " + VirtualRule.realmsText(route.realms()));
        addMetrics(route, text);
        route.expires().ifPresent(seconds -> text.append(" expires ").append(seconds));
        route.preference()
                .ifPresent(pref -> text.append(" pref ").append(pref.name().toLowerCase(Locale.ROOT)));
        route.ttlPropagate().ifPresent(flag -> text.append(" ttl-propagate ").append(flag ? "enabled" : "disabled"));
        if (multipath) {
            route.nexthops()
                    .forEach(nexthop -> text.append(" nexthop")
                            .append(nexthop.words(route.family()))
                            .append(" weight ")
                            .append(nexthop.weight()));
        }
        return text.toString();
    }

    private static void addMetrics(VirtualRoute route, StringBuilder text) {
        for (RouteMetric metric : RouteMetric.values()) {
            Long value = route.metrics().get(metric);
            if (value != null) {
                text.append(' ').append(metric).append(route.locked().contains(metric) ? " lock " : " ");
                int units = metric.form().perMillisecond;
                if (metric == RouteMetric.FEATURES) {
                    text.append("ecn");
                } else if (units == 0 || value % units != 0) {
                    text.append(value);
                } else {
                    text.append(value / units).append("ms");
                }
            }
        }
        route.congestionControl()
                .ifPresent(name -> text.append(" congctl ")
                        .append(route.congestionControlLocked() ? "lock " : "")
                        .append(name));
    }
}
