package org.vrrp4j.keepalived;

import java.util.List;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.RouterConfig;

/** Short texts for tests, all in a file {@code k.conf}. */
final class Conf {

    private Conf() {}

    static KeepalivedConf parse(String... lines) {
        return KeepalivedConf.parse("k.conf", String.join("\n", lines) + "\n");
    }

    /** A text in {@code /etc/k.conf} of a host. */
    static KeepalivedConf parse(ConfigHost host, String... lines) {
        return KeepalivedConf.parse("/etc/k.conf", String.join("\n", lines) + "\n", host);
    }

    static List<String> problems(ConfigHost host, String... lines) {
        return parse(host, lines).problems().stream().map(Problem::toString).toList();
    }

    static List<String> problems(String... lines) {
        return parse(lines).problems().stream().map(Problem::toString).toList();
    }

    /** A complete instance; the lines given begin in line 5. */
    static String instance(String... lines) {
        return """
                vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                virtual_ipaddress { 192.0.2.100/24 }
                """ + String.join("\n", lines) + "\n}\n";
    }

    /** An instance whose address lines begin in line 5. */
    static String addresses(String... lines) {
        return """
                vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                virtual_ipaddress {
                """ + String.join("\n", lines) + "\n}\n}\n";
    }

    static RouterConfig router(String... lines) {
        List<RouterConfig> routers = parse(lines).nodeConfig().routers();
        return routers.get(0);
    }
}
