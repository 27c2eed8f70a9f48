package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** Whether interfaces are there, up, carry multicast and have an address to send from. */
final class InterfaceCheck {
    private final HostNetwork network;
    private final HostFiles files;
    private final boolean mayBeMissing;
    private final Consumer<Finding> out;

    /** With whether an interface may come into being later. */
    InterfaceCheck(HostNetwork network, HostFiles files, boolean mayBeMissing, Consumer<Finding> out) {
        this.network = network;
        this.files = files;
        this.mayBeMissing = mayBeMissing;
        this.out = out;
    }

    /**
     * Looks at one interface.
     *
     * @param routers what is to run on it; may be empty
     * @return where packets can be sent
     */
    List<Segment> check(String name, List<RouterConfig> routers) {
        Optional<LinkMessage> found = network.link(name);
        if (found.isEmpty()) {
            out.accept(missing(name));
            return List.of();
        }
        LinkMessage link = found.get();
        if (!link.has(LinkMessage.IFF_UP)) {
            out.accept(Finding.problem(
                    Topic.INTERFACE, name, "the interface is switched off", "ip link set dev " + name + " up"));
            return List.of();
        }
        boolean good = checkLink(link, routers);
        List<Segment> segments = new ArrayList<>();
        for (IpFamily family : families(link, routers)) {
            List<RouterConfig> ofFamily = routers.stream()
                    .filter(router -> router.id().family() == family)
                    .toList();
            Optional<InetAddress> source = source(link, family, ofFamily);
            source.ifPresent(address -> segments.add(new Segment(link, family, address, ofFamily)));
            good &= source.isPresent();
        }
        if (good) {
            String sources = segments.stream()
                    .map(segment -> IpAddresses.text(segment.source()))
                    .collect(Collectors.joining(", "));
            out.accept(Finding.ok(
                    Topic.INTERFACE,
                    name,
                    "up" + link.mac().map(mac -> ", MAC address " + mac).orElse("") + ", sends from " + sources));
        }
        return segments;
    }

    private Finding missing(String name) {
        String remedy = "ip link shows those that do";
        return mayBeMissing
                ? Finding.hint(
                        Topic.INTERFACE,
                        name,
                        "the interface does not exist; its routers wait for it in FAULT, as dynamic_interfaces says",
                        remedy)
                : Finding.problem(Topic.INTERFACE, name, "the interface does not exist", remedy);
    }

    private boolean checkLink(LinkMessage link, List<RouterConfig> routers) {
        String name = link.name();
        boolean good = true;
        if (!link.isUp()) {
            good = false;
            out.accept(Finding.problem(
                    Topic.INTERFACE,
                    name,
                    "the interface has no carrier or is not operational, so its routers stay in FAULT",
                    "check the cable and the port of the switch; ip -details link show dev " + name));
        }
        boolean multicast = routers.isEmpty() || routers.stream().anyMatch(router -> !router.isUnicast());
        if (multicast && !link.has(HostNetwork.IFF_MULTICAST)) {
            good = false;
            out.accept(Finding.problem(
                    Topic.INTERFACE,
                    name,
                    "the interface has no MULTICAST flag",
                    "ip link set dev " + name + " multicast on; or use unicast_peer"));
        }
        boolean isEthernet =
                link.hardwareType() == LinkMessage.ARPHRD_ETHER && link.mac().isPresent();
        if (!isEthernet || link.has(LinkMessage.IFF_NOARP)) {
            good = false;
            out.accept(Finding.hint(
                    Topic.INTERFACE,
                    name,
                    "no Ethernet interface with ARP (hardware type " + link.hardwareType()
                            + "), so nobody is told by gratuitous ARP who has an address now",
                    "use an Ethernet interface, or something else that tells the clients"));
        }
        return good;
    }

    /** Without routers: those that the interface has an address of. */
    private Set<IpFamily> families(LinkMessage link, List<RouterConfig> routers) {
        if (!routers.isEmpty()) {
            return routers.stream()
                    .map(router -> router.id().family())
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
        }
        return network.addresses().stream()
                .filter(address -> address.interfaceIndex() == link.index())
                .map(address -> IpFamily.of(address.address()))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    private Optional<InetAddress> source(LinkMessage link, IpFamily family, List<RouterConfig> routers) {
        Optional<InetAddress> source = Optional.empty();
        boolean missing = false;
        for (RouterConfig router : routers) {
            if (router.source().isPresent()) {
                InetAddress wanted = router.source().get();
                source = source.or(() -> Optional.of(wanted));
                missing |= checkSource(link, router, wanted);
            }
        }
        Optional<InetAddress> own = ownAddress(link, family, routers);
        boolean needed = routers.isEmpty()
                || routers.stream().anyMatch(router -> router.source().isEmpty());
        if (own.isEmpty() && needed) {
            out.accept(noSource(link, family));
            return Optional.empty();
        }
        return missing ? Optional.empty() : needed ? own : source;
    }

    /** Whether it is missing. */
    private boolean checkSource(LinkMessage link, RouterConfig router, InetAddress wanted) {
        if (!network.find(wanted).isEmpty()) {
            return false;
        }
        out.accept(Finding.problem(
                Topic.INTERFACE,
                link.name(),
                "the source address " + IpAddresses.text(wanted) + " of " + router.name() + " is not on this host",
                "ip address add " + IpAddresses.text(wanted) + "/24 dev " + link.name()
                        + " with its real prefix length, or correct the source address"));
        return true;
    }

    private Optional<InetAddress> ownAddress(LinkMessage link, IpFamily family, List<RouterConfig> routers) {
        Set<InetAddress> virtual = routers.stream()
                .flatMap(router -> router.advertisedAddresses().stream())
                .collect(Collectors.toSet());
        List<AddressMessage> own = network.addressesOn(link, family).stream()
                .filter(address -> address.protocol() != AddressMessage.PROTOCOL_VRRP)
                .filter(address -> !virtual.contains(address.address()))
                .filter(address -> family == IpFamily.IPV4 || isUsableLinkLocal(address))
                .toList();
        return own.stream()
                .filter(address -> family == IpFamily.IPV6 || !address.has(AddressMessage.IFA_F_SECONDARY))
                .findFirst()
                .or(() -> own.stream().findFirst())
                .map(AddressMessage::address);
    }

    private static boolean isUsableLinkLocal(AddressMessage address) {
        return address.address().isLinkLocalAddress()
                && !address.has(AddressMessage.IFA_F_TENTATIVE)
                && !address.has(AddressMessage.IFA_F_DADFAILED);
    }

    private Finding noSource(LinkMessage link, IpFamily family) {
        String name = link.name();
        if (family == IpFamily.IPV4) {
            return Finding.problem(
                    Topic.INTERFACE,
                    name,
                    "the interface has no IPv4 address of its own to send from",
                    "ip address add ADDRESS/LENGTH dev " + name);
        }
        for (String scope : List.of("all", name)) {
            if (files.number("proc/sys/net/ipv6/conf/" + scope + "/disable_ipv6")
                                    .orElse(0)
                            != 0
                    && network.addressesOn(link, family).isEmpty()) {
                return Finding.problem(
                        Topic.INTERFACE,
                        name,
                        "IPv6 is switched off: net.ipv6.conf." + scope + ".disable_ipv6=1",
                        SettingsCheck.command("net/ipv6/conf/" + scope + "/disable_ipv6", 0));
            }
        }
        if (files.names("proc/sys/net/ipv6").isEmpty()) {
            return Finding.problem(Topic.INTERFACE, name, "this kernel has no IPv6", "boot it without ipv6.disable=1");
        }
        boolean failed = network.addressesOn(link, family).stream()
                .anyMatch(address -> address.has(AddressMessage.IFA_F_DADFAILED));
        return Finding.problem(
                Topic.INTERFACE,
                name,
                failed
                        ? "another host has the link-local IPv6 address of this interface (duplicate address detection)"
                        : "the interface has no usable link-local IPv6 address to send from",
                failed
                        ? "give the interface another MAC address, as two cloned machines have the same"
                        : "ip link set dev " + name + " addrgenmode eui64; right after it came up: wait 2 seconds");
    }
}
