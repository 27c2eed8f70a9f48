package org.vrrp4j.examples.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.IpAddresses;

/** The fields of an instance as keepalived's dump names them. */
final class OurDump {
    private static final Map<Integer, String> SCOPES =
            Map.of(0, "global", 200, "site", 253, "link", 254, "host", 255, "nowhere");

    private OurDump() {}

    static Map<String, String> of(RouterConfig router, NodeConfig node) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("VRRP Version", Integer.toString(router.version().number()));
        fields.put("Interface", router.id().interfaceName());
        fields.put("Virtual Router ID", Integer.toString(router.id().vrid()));
        fields.put("Priority", Integer.toString(router.priority()));
        fields.put("Advert interval", router.advertisementInterval().toMillis() + " ms");
        fields.put("Down timer adverts", Integer.toString(router.downTimerAdverts()));
        fields.put("Preempt", router.preempt() ? "enabled" : "disabled");
        if (!router.preemptDelay().isZero()) {
            fields.put("Preempt delay", router.preemptDelay().toMillis() + " ms");
        }
        if (router.version().number() == 2) {
            boolean none = router.authentication().equals(Authentication.NONE);
            fields.put("Authentication type", none ? "none" : "SIMPLE_PASSWORD");
        }
        put(
                fields,
                "Virtual IP",
                router.addresses().stream()
                        .map(address -> address(address, router.id().interfaceName()))
                        .toList());
        put(
                fields,
                "Unicast Peer",
                router.unicastPeers().stream().map(IpAddresses::text).toList());
        boolean weightless =
                node.groups().stream().anyMatch(group -> group.members().contains(router.name()) && !group.weighted());
        put(fields, "Tracked interfaces", names(router, InterfaceTracker.class, weightless));
        put(fields, "Tracked scripts", names(router, ScriptTracker.class, weightless));
        put(fields, "Tracked files", names(router, FileTracker.class, weightless));
        put(fields, "Tracked processes", names(router, ProcessTracker.class, weightless));
        return fields;
    }

    /** In a group that ignores weights keepalived shows them as 0. */
    private static List<String> names(RouterConfig router, Class<? extends Tracker> type, boolean weightless) {
        return router.trackers().stream()
                .filter(tracked -> type.isInstance(tracked.tracker()))
                .map(tracked -> tracked.tracker().name() + " " + (weightless ? "weight 0" : tracked.weight()))
                .toList();
    }

    private static void put(Map<String, String> fields, String name, List<String> values) {
        if (!values.isEmpty()) {
            fields.put(name, values.stream().collect(Collectors.joining(", ")));
        }
    }

    private static String address(VirtualAddress address, String interfaceName) {
        return IpAddresses.text(address.address()) + "/" + address.prefixLength() + " dev "
                + address.device().orElse(interfaceName) + " scope " + SCOPES.get(address.scope())
                + address.label().map(label -> " label " + label).orElse("");
    }
}
