package org.vrrp4j.linux.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** The sysctl settings that decide who hears advertisements, and who answers for an address (ip-sysctl). */
final class SettingsCheck {
    private static final String SYSCTL = "proc/sys/";
    private static final int SCOPE_HOST = 254;

    private final HostNetwork network;
    private final HostFiles files;
    private final Consumer<Finding> out;
    private boolean good;

    SettingsCheck(HostNetwork network, HostFiles files, Consumer<Finding> out) {
        this.network = network;
        this.files = files;
        this.out = out;
    }

    /** The command that sets one, given with slashes as an interface's name may have dots. */
    static String command(String setting, long value) {
        return "sysctl -w " + setting + "=" + value;
    }

    void check(Segment segment) {
        good = true;
        if (segment.family() == IpFamily.IPV4) {
            checkIpv4(segment);
        } else {
            checkIpv6(segment);
        }
        if (good) {
            out.accept(Finding.ok(Topic.SETTINGS, segment.name(), summary(segment)));
        }
    }

    private String summary(Segment segment) {
        List<String> names = segment.family() == IpFamily.IPV4
                ? List.of("rp_filter", "arp_ignore", "arp_announce", "arp_accept", "promote_secondaries")
                : List.of("forwarding", "accept_ra", "accept_dad");
        List<String> values = new ArrayList<>();
        for (String name : names) {
            values.add(name + "=" + effective(segment, name));
        }
        return "nothing in the way: " + String.join(" ", values);
    }

    private void checkIpv4(Segment segment) {
        checkAnswers(segment);
        List<String> others = othersInSubnet(segment);
        if (!others.isEmpty() && effective(segment, "rp_filter") == 1) {
            hint(
                    segment,
                    "rp_filter=1 (strict) drops what arrives here from addresses that are routed by another interface,"
                            + " and " + others + " is in the same subnet",
                    lower(segment, "rp_filter", 2));
        }
        if (!others.isEmpty() && effective(segment, "arp_ignore") == 0) {
            hint(
                    segment,
                    "arp_ignore=0 lets " + others + ", in the same subnet, answer for addresses of this interface too",
                    "sysctl -w " + path(segment, "all") + "/arp_ignore=1 " + path(segment, "all") + "/arp_announce=2");
        }
        boolean secondary = segment.routers().stream()
                .flatMap(router -> router.addresses().stream())
                .anyMatch(virtual -> isSecondary(segment, virtual));
        if (secondary && effective(segment, "promote_secondaries") == 0) {
            hint(
                    segment,
                    "promote_secondaries=0: if the interface's own address is removed, the kernel removes the virtual"
                            + " addresses of its subnet with it (they are put back, after a gap)",
                    command(path(segment, segment.link().name()) + "/promote_secondaries", 1));
        }
        if (effective(segment, "drop_gratuitous_arp") != 0) {
            hint(
                    segment,
                    "drop_gratuitous_arp=1: this host does not notice when an address moves to another router",
                    lower(segment, "drop_gratuitous_arp", 0));
        }
    }

    private void checkAnswers(Segment segment) {
        long ignore = effective(segment, "arp_ignore");
        if (ignore == 8) {
            problem(segment, "arp_ignore=8: this host answers no ARP request", lower(segment, "arp_ignore", 1));
        }
        for (VirtualAddress virtual : virtualAddresses(segment)) {
            String text = IpAddresses.text(virtual.address());
            if (ignore == 2 && virtual.prefixLength() == IpFamily.IPV4.maxPrefixLength()) {
                problem(
                        segment,
                        "arp_ignore=2: only hosts in the subnet of an address get an answer for it, and " + text
                                + "/32 has none",
                        lower(segment, "arp_ignore", 1));
            }
            if (ignore == 3 && virtual.scope() == SCOPE_HOST) {
                problem(
                        segment,
                        "arp_ignore=3: there is no answer for " + text + ", whose scope is host",
                        lower(segment, "arp_ignore", 1));
            }
        }
    }

    private static List<VirtualAddress> virtualAddresses(Segment segment) {
        return segment.routers().stream()
                .flatMap(router -> router.addresses().stream())
                .toList();
    }

    private boolean isSecondary(Segment segment, VirtualAddress virtual) {
        return network.addressesOn(segment.link(), IpFamily.IPV4).stream()
                .anyMatch(own -> own.prefixLength() == virtual.prefixLength()
                        && !own.address().equals(virtual.address())
                        && HostNetwork.sameSubnet(own.address(), virtual.address(), own.prefixLength()));
    }

    private List<String> othersInSubnet(Segment segment) {
        List<AddressMessage> own = network.addressesOn(segment.link(), IpFamily.IPV4);
        return network.links().stream()
                .filter(link -> link.index() != segment.link().index() && link.has(LinkMessage.IFF_UP))
                .filter(link -> network.addressesOn(link, IpFamily.IPV4).stream()
                        .anyMatch(other -> own.stream()
                                .anyMatch(mine ->
                                        HostNetwork.sameSubnet(mine.address(), other.address(), mine.prefixLength()))))
                .map(LinkMessage::name)
                .toList();
    }

    private void checkIpv6(Segment segment) {
        String own = path(segment, segment.link().name());
        if (number(own + "/forwarding") == 1 && number(own + "/accept_ra") == 1) {
            hint(
                    segment,
                    "forwarding=1 with accept_ra=1: the kernel ignores router advertisements, and a default route that"
                            + " it learned from them expires",
                    command(own + "/accept_ra", 2) + ", or =0 where routes are set by hand");
        }
        if (effective(segment, "accept_dad") == 2) {
            hint(
                    segment,
                    "accept_dad=2: IPv6 is switched off on this interface as soon as another host claims its link-local"
                            + " address",
                    lower(segment, "accept_dad", 1));
        }
        if (effective(segment, "drop_unsolicited_na") != 0) {
            hint(
                    segment,
                    "drop_unsolicited_na=1: this host does not notice when an address moves to another router",
                    lower(segment, "drop_unsolicited_na", 0));
        }
    }

    /** The larger of the interface's and that of all, which is what the kernel takes for all that are read here. */
    private long effective(Segment segment, String name) {
        long own = number(path(segment, segment.link().name()) + "/" + name);
        boolean ownOnly = name.equals("accept_ra") || name.equals("forwarding");
        return ownOnly ? own : Math.max(own, number(path(segment, "all") + "/" + name));
    }

    private static String path(Segment segment, String scope) {
        return "net/" + (segment.family() == IpFamily.IPV4 ? "ipv4" : "ipv6") + "/conf/" + scope;
    }

    private long number(String setting) {
        return files.number(SYSCTL + setting).orElse(0);
    }

    /** The command that sets those of the two that are too high. */
    private String lower(Segment segment, String name, long value) {
        List<String> assignments = new ArrayList<>();
        for (String scope : List.of("all", segment.link().name())) {
            String setting = path(segment, scope) + "/" + name;
            if (number(setting) > value || number(setting) == 1 && value == 2) {
                assignments.add(setting + "=" + value);
            }
        }
        return "sysctl -w " + String.join(" ", assignments);
    }

    private void hint(Segment segment, String text, String remedy) {
        good = false;
        out.accept(Finding.hint(Topic.SETTINGS, segment.name(), text, remedy));
    }

    private void problem(Segment segment, String text, String remedy) {
        good = false;
        out.accept(Finding.problem(Topic.SETTINGS, segment.name(), text, remedy));
    }
}
