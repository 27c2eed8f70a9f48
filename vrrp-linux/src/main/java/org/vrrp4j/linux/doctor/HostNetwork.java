package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpFamily;

/**
 * The interfaces and addresses of the thread's network namespace at one moment.
 *
 * @param links the interfaces in the kernel's order
 * @param addresses their addresses in the kernel's order
 */
record HostNetwork(List<LinkMessage> links, List<AddressMessage> addresses) {
    /** netdevice(7): the interface takes and gives multicast. */
    static final int IFF_MULTICAST = 0x1000;

    /** Asks the kernel, which needs no right. */
    static HostNetwork read() throws LinuxException {
        try (NetlinkClient client = new NetlinkClient(NetlinkSocket.open())) {
            return new HostNetwork(
                    client.dump("RTM_GETLINK", LinkMessage.RTM_GETLINK, LinkMessage.encodeDump()).stream()
                            .flatMap(message -> LinkMessage.decode(message.payload()).stream())
                            .toList(),
                    client.dump("RTM_GETADDR", AddressMessage.RTM_GETADDR, AddressMessage.encodeDump()).stream()
                            .flatMap(message -> AddressMessage.decode(message.payload()).stream())
                            .toList());
        }
    }

    Optional<LinkMessage> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    List<AddressMessage> addressesOn(LinkMessage link, IpFamily family) {
        return addresses.stream()
                .filter(address -> address.interfaceIndex() == link.index() && IpFamily.of(address.address()) == family)
                .toList();
    }

    List<AddressMessage> find(InetAddress wanted) {
        return addresses.stream()
                .filter(address -> address.address().equals(wanted))
                .toList();
    }

    String nameOf(int index) {
        return links.stream()
                .filter(link -> link.index() == index)
                .map(LinkMessage::name)
                .findFirst()
                .orElse("interface " + index);
    }

    /** Whether two addresses are of one subnet of this prefix length. */
    static boolean sameSubnet(InetAddress a, InetAddress b, int prefixLength) {
        byte[] first = a.getAddress();
        byte[] second = b.getAddress();
        if (first.length != second.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((first[bit / 8] & mask) != (second[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
