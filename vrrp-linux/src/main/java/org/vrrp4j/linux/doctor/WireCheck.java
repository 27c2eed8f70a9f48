package org.vrrp4j.linux.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;

/** What other routers on the wire mean for those that are to run here, and whether their packets get through. */
final class WireCheck {
    /** One packet alone may have come before the raw socket was open. */
    private static final int ENOUGH_FRAMES = 2;

    private final HostNetwork network;
    private final String listened;
    private final Consumer<Finding> out;

    /** With words for how long has been listened. */
    WireCheck(HostNetwork network, String listened, Consumer<Finding> out) {
        this.network = network;
        this.listened = listened;
        this.out = out;
    }

    /** Says what the self-test means, now that it is known whether packets of others get through. */
    void checkFirewall(Map<Segment, SelfTest.Outcome> outcomes, List<HeardRouter> heard) {
        for (HeardRouter router : heard) {
            if (router.frames() >= ENOUGH_FRAMES && router.messages() == 0 && !isOwn(router)) {
                out.accept(Finding.problem(
                        Topic.FIREWALL,
                        router.segment().name(),
                        router.frames() + " packets of VRID " + router.vrid() + " from " + text(router)
                                + " have arrived on the interface, but no raw socket is given them: the firewall or"
                                + " rp_filter drops them",
                        accept(router.segment(), "INPUT") + "; rp_filter is in sysctl net.ipv4.conf"));
            }
        }
        outcomes.forEach((segment, outcome) -> out.accept(selfTest(segment, outcome, heard)));
    }

    private static Finding selfTest(Segment segment, SelfTest.Outcome outcome, List<HeardRouter> heard) {
        String packet = "a packet of protocol 112 to "
                + IpAddresses.text(segment.family().multicastGroup());
        String name = segment.name();
        return switch (outcome) {
            case HEARD -> Finding.ok(Topic.FIREWALL, name, "self-test: " + packet + " passes the firewall out and in");
            case REFUSED ->
                Finding.problem(
                        Topic.FIREWALL,
                        name,
                        "self-test: the kernel refuses to send " + packet + ": a rule for outgoing packets drops it",
                        accept(segment, "OUTPUT"));
            case SILENT -> {
                boolean othersPass =
                        heard.stream().anyMatch(router -> router.segment() == segment && router.messages() > 0);
                String text = "self-test: " + packet + " that this host sent is not heard by it";
                yield othersPass
                        ? Finding.hint(
                                Topic.FIREWALL,
                                name,
                                text + ", but packets of other routers are: a rule lets only their addresses pass",
                                "nothing, if the rule names every router of the group")
                        : Finding.problem(
                                Topic.FIREWALL,
                                name,
                                text + ": a rule for incoming packets drops it, or tc, or an eBPF program",
                                accept(segment, "INPUT"));
            }
            default -> throw new IllegalStateException("unknown outcome " + outcome);
        };
    }

    private static String accept(Segment segment, String chain) {
        String program = switch (segment.family()) {
            case IPV4 -> "iptables";
            case IPV6 -> "ip6tables";
            default -> throw new IllegalStateException("unknown family " + segment.family());
        };
        return "find the rule (a hint above may name it) with nft -a list ruleset and put one in front of it, such as:"
                + " nft insert rule inet filter " + chain.toLowerCase(java.util.Locale.ROOT)
                + " meta l4proto 112 accept; or " + program + " -I " + chain + " -p 112 -j ACCEPT";
    }

    void checkRouters(Segment segment, List<HeardRouter> heard) {
        for (RouterConfig router : segment.routers()) {
            List<HeardRouter> same = heard.stream()
                    .filter(each -> each.segment() == segment
                            && each.vrid() == router.id().vrid())
                    .toList();
            same.forEach(each -> checkRouter(router, each));
            if (same.isEmpty()) {
                out.accept(Finding.ok(
                        Topic.WIRE, router.name(), "no other router of " + router.id() + " was heard in " + listened));
            }
        }
        List<String> others = new ArrayList<>();
        for (HeardRouter each : heard) {
            boolean isConfigured =
                    segment.routers().stream().anyMatch(router -> router.id().vrid() == each.vrid());
            if (each.segment() == segment && !isConfigured && each.frames() > 0) {
                others.add("VRID " + each.vrid() + " of " + text(each));
            }
        }
        if (!others.isEmpty()) {
            out.accept(Finding.ok(
                    Topic.WIRE, segment.name(), "other virtual routers on this wire: " + String.join(", ", others)));
        }
    }

    private void checkRouter(RouterConfig router, HeardRouter each) {
        String sender = text(each);
        if (isOwn(each)) {
            out.accept(Finding.problem(
                    Topic.WIRE,
                    router.name(),
                    "this host advertises " + router.id() + " already, from " + sender
                            + ": another program here runs the same virtual router",
                    "find it with ss --raw --listening --processes and stop it, such as: systemctl stop keepalived"));
            return;
        }
        each.rejection()
                .ifPresent(rejection -> out.accept(Finding.hint(
                        Topic.WIRE,
                        router.name(),
                        "packets of " + sender + " would be rejected: "
                                + rejection.reason().text()
                                + (rejection.detail().isEmpty() ? "" : " (" + rejection.detail() + ")"),
                        "correct " + sender + "; vrrp watch " + router.id().interfaceName() + " --lines shows them")));
        each.advertisement().ifPresent(advertisement -> {
            List<String> differences = differences(router, advertisement);
            if (differences.isEmpty()) {
                out.accept(Finding.ok(
                        Topic.WIRE,
                        router.name(),
                        sender + " is master of " + router.id() + " with priority " + advertisement.priority()
                                + ", and its settings fit"));
            } else {
                out.accept(Finding.problem(
                        Topic.WIRE,
                        router.name(),
                        sender + " is master of " + router.id() + " with other settings: "
                                + String.join("; ", differences),
                        "if it is of the same group, make these equal on all routers; if not, take another"
                                + " virtual_router_id"));
            }
        });
    }

    private static List<String> differences(RouterConfig router, Advertisement advertisement) {
        List<String> differences = new ArrayList<>();
        if (advertisement.version() != router.version()) {
            differences.add("it speaks version " + advertisement.version().number() + ", here "
                    + router.version().number());
        }
        if (!new HashSet<>(advertisement.addresses()).equals(new HashSet<>(router.advertisedAddresses()))) {
            differences.add("its addresses are "
                    + advertisement.addresses().stream().map(IpAddresses::text).toList() + ", here "
                    + router.advertisedAddresses().stream()
                            .map(IpAddresses::text)
                            .toList());
        }
        if (router.version() == VrrpVersion.V2) {
            if (!advertisement.interval().equals(router.advertisementInterval())) {
                differences.add("its interval is " + advertisement.interval().toMillis() + " ms, here "
                        + router.advertisementInterval().toMillis() + " ms");
            }
            if (!advertisement.authentication().equals(router.authentication())) {
                differences.add("its authentication or password is another one");
            }
        }
        return differences;
    }

    private boolean isOwn(HeardRouter router) {
        return !network.find(router.source()).isEmpty();
    }

    private static String text(HeardRouter router) {
        return IpAddresses.text(router.source());
    }
}
