package org.vrrp4j.linux.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;

/** Whether the virtual addresses are free, or where they should be. */
final class AddressCheck {
    private final HostNetwork network;
    private final Consumer<Finding> out;
    private final List<Pending> pending = new ArrayList<>();

    AddressCheck(HostNetwork network, Consumer<Finding> out) {
        this.network = network;
        this.out = out;
    }

    private record Pending(Segment segment, RouterConfig router, VirtualAddress virtual) {}

    /** Looks at this host. */
    void checkHere(Segment segment) {
        for (RouterConfig router : segment.routers()) {
            for (VirtualAddress virtual : ofFamily(router, segment.family())) {
                Pending each = new Pending(segment, router, virtual);
                if (device(each).isEmpty()) {
                    out.accept(Finding.problem(
                            Topic.ADDRESS,
                            IpAddresses.text(virtual.address()),
                            "its interface " + virtual.device().orElse("") + " does not exist",
                            "ip link shows those that do"));
                    continue;
                }
                List<AddressMessage> here = here(each);
                here.forEach(address -> out.accept(here(router, virtual, address)));
                if (here.isEmpty()) {
                    checkSubnet(segment, virtual);
                    pending.add(each);
                }
            }
        }
    }

    /** A link-local address is another one on each interface. */
    private List<AddressMessage> here(Pending each) {
        int index = device(each).map(LinkMessage::index).orElse(0);
        return network.find(each.virtual.address()).stream()
                .filter(entry -> !entry.address().isLinkLocalAddress() || entry.interfaceIndex() == index)
                .toList();
    }

    /** The wire is asked for a family at a time, so excluded addresses of the other one are left out. */
    private static List<VirtualAddress> ofFamily(RouterConfig router, IpFamily family) {
        return router.resources().addresses().stream()
                .filter(address -> IpFamily.of(address.address()) == family)
                .toList();
    }

    private Finding here(RouterConfig router, VirtualAddress virtual, AddressMessage address) {
        String text = IpAddresses.text(virtual.address());
        String device = network.nameOf(address.interfaceIndex());
        if (address.protocol() == AddressMessage.PROTOCOL_VRRP) {
            return Finding.ok(
                    Topic.ADDRESS,
                    text,
                    "on " + device + ", put there by vrrp4j: it runs here, or has left it and takes it over again");
        }
        return Finding.problem(
                Topic.ADDRESS,
                text,
                "the address is on " + device + " already, put there by something else; it is left alone, and "
                        + router.name() + " stays in FAULT",
                "take it out of the network configuration, then: ip address delete " + text + "/"
                        + address.prefixLength() + " dev " + device);
    }

    private void checkSubnet(Segment segment, VirtualAddress virtual) {
        boolean alone = virtual.prefixLength() == segment.family().maxPrefixLength()
                && !virtual.address().isLinkLocalAddress();
        boolean hasSubnet = network.addressesOn(segment.link(), segment.family()).stream()
                .anyMatch(own -> HostNetwork.sameSubnet(own.address(), virtual.address(), own.prefixLength()));
        if (alone && !hasSubnet) {
            out.accept(Finding.hint(
                    Topic.ADDRESS,
                    IpAddresses.text(virtual.address()),
                    "the address is in no subnet of " + segment.link().name()
                            + ", so clients need a route to it, and replies one back",
                    "give it the prefix length of its subnet, such as " + IpAddresses.text(virtual.address()) + "/24"));
        }
    }

    /** Lets a listener ask the wire for those that are not here. */
    void ask(WireListener listener) throws LinuxException {
        for (Pending each : pending) {
            LinkMessage link = device(each).orElseThrow();
            if (link.hasNeighbours() && link.isUp()) {
                listener.ask(each.segment(), link, each.virtual().address());
            }
        }
    }

    private Optional<LinkMessage> device(Pending each) {
        return network.link(each.virtual().device().orElse(each.segment().link().name()));
    }

    /** Says who has answered. */
    void checkAnswers(WireListener listener) {
        for (Pending each : pending) {
            String text = IpAddresses.text(each.virtual().address());
            LinkMessage link = device(each).orElseThrow();
            Set<MacAddress> strangers = listener.answers(each.virtual().address()).stream()
                    .filter(mac -> !Optional.of(mac).equals(link.mac()))
                    .collect(Collectors.toSet());
            out.accept(strangers.isEmpty() ? free(each, link, text) : taken(each, text, strangers, listener));
        }
    }

    private static Finding free(Pending each, LinkMessage link, String text) {
        String question = each.segment().family() == IpFamily.IPV4 ? "an ARP probe" : "a neighbour solicitation";
        if (!link.hasNeighbours() || !link.isUp()) {
            return Finding.unchecked(
                    Topic.ADDRESS,
                    text,
                    "nobody can be asked for it: " + link.name() + " is not up, or is no Ethernet interface",
                    "ip link set dev " + link.name() + " up");
        }
        return Finding.ok(Topic.ADDRESS, text, "free: nobody on " + link.name() + " answers " + question);
    }

    private static Finding taken(Pending each, String text, Set<MacAddress> macs, WireListener listener) {
        MacAddress virtualMac = MacAddress.virtualRouter(each.router().id());
        Set<MacAddress> masters = listener.heard().stream()
                .filter(router -> router.segment() == each.segment()
                        && router.vrid() == each.router().id().vrid())
                .flatMap(router -> router.mac().stream())
                .collect(Collectors.toSet());
        Set<MacAddress> strangers = macs.stream()
                .filter(mac -> !masters.contains(mac) && !mac.equals(virtualMac))
                .collect(Collectors.toSet());
        if (strangers.isEmpty()) {
            return Finding.ok(Topic.ADDRESS, text, "held by the present master, at " + macs);
        }
        return Finding.problem(
                Topic.ADDRESS,
                text,
                "another host has the address: " + strangers + " answers for it, and no router of "
                        + each.router().id() + " was heard from there",
                "find the host by its MAC address and take the address from it, or choose another one; if it is a"
                        + " router of the group with a long interval, listen longer");
    }
}
