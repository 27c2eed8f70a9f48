package org.vrrp4j.linux.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;

/** Hosts that exist as files and records only. */
final class Hosts {
    static final int UP =
            LinkMessage.IFF_UP | LinkMessage.IFF_RUNNING | LinkMessage.IFF_LOWER_UP | HostNetwork.IFF_MULTICAST;

    private Hosts() {}

    static LinkMessage link(int index, String name, int flags) {
        return new LinkMessage(
                index, name, LinkMessage.ARPHRD_ETHER, flags, Optional.of(new MacAddress(0x0200_0000_0000L + index)));
    }

    static AddressMessage address(int index, String address, int prefixLength, int flags, int protocol) {
        return new AddressMessage(
                IpAddresses.parse(address).orElseThrow(),
                prefixLength,
                index,
                0,
                flags,
                protocol,
                Optional.empty(),
                AddressMessage.FOREVER);
    }

    static AddressMessage address(int index, String address, int prefixLength) {
        return address(index, address, prefixLength, 0, 0);
    }

    static RouterConfig router(String... addresses) {
        var builder = RouterConfig.builder("eth0", 51);
        for (String address : addresses) {
            builder.address(VirtualAddress.parse(address));
        }
        return builder.build();
    }

    static Segment segment(LinkMessage link, IpFamily family, RouterConfig... routers) {
        String source = family == IpFamily.IPV4 ? "192.0.2.1" : "fe80::1";
        return new Segment(link, family, IpAddresses.parse(source).orElseThrow(), List.of(routers));
    }

    static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }
}
