package org.vrrp4j.examples.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** What the tests of virtual MAC addresses have in common. The hosts have the MAC addresses 02:00:00:00:00:N. */
enum VirtualMacs {
    V2("192.0.2.100", "192.0.2.100/24", "version 2\n    advert_int 1", "00:00:5e:00:01:33", "192.0.2."),
    V3("192.0.2.100", "192.0.2.100/24", "version 3\n    advert_int 0.1", "00:00:5e:00:01:33", "192.0.2."),
    IPV6(
            "2001:db8::100",
            "fe80::51/64\n        2001:db8::100/64",
            "version 3\n    advert_int 0.1",
            "00:00:5e:00:02:33",
            "2001:db8::");

    static final String MAC_OF_A = "02:00:00:00:00:01";
    static final String MAC_OF_B = "02:00:00:00:00:02";

    /** The address that tests look for. */
    final String vip;

    /** The virtual MAC address of VRID 51. */
    final String mac;

    private final String addresses;
    private final String lines;
    private final String network;

    VirtualMacs(String vip, String addresses, String lines, String mac, String network) {
        this.vip = vip;
        this.addresses = addresses;
        this.lines = lines;
        this.mac = mac;
        this.network = network;
    }

    /** A keepalived.conf with the instance VI_1. */
    String text(int priority, String... more) {
        return """
               vrrp_instance VI_1 {
                   state BACKUP
                   interface eth0
                   virtual_router_id 51
                   priority %d
                   %s
                   use_vmac vmac
                   %s
                   virtual_ipaddress {
                       %s
                   }
               }
               """.formatted(priority, lines, String.join("\n    ", more), addresses);
    }

    /** The address of a host's own, the first having number 1. */
    String own(int host) {
        return network + host;
    }

    /** Follows what the switch learns of where MAC addresses are; port1 is that of the first host. */
    static LabProcess watchSwitch(LabHost host) throws IOException {
        return host.start("bridge", "-n", "_switches", "monitor", "fdb");
    }

    /** The ports behind which the switch has found a MAC address, one after the other. */
    static List<String> ports(LabProcess watch, String mac) {
        List<String> ports = new ArrayList<>();
        watch.output().lines().filter(line -> line.startsWith(mac)).forEach(line -> {
            String port = line.split(" ")[2];
            if (ports.isEmpty() || !ports.get(ports.size() - 1).equals(port)) {
                ports.add(port);
            }
        });
        return ports;
    }

    /** The interfaces of kind macvlan, one line each. */
    static List<String> macvlans(LabHost host) throws IOException {
        return host.run("ip", "-o", "link", "show", "type", "macvlan").lines().toList();
    }

    /** A setting of an interface. */
    static String setting(LabHost host, String name) throws IOException {
        return host.run("cat", "/proc/sys/net/" + name).strip();
    }
}
