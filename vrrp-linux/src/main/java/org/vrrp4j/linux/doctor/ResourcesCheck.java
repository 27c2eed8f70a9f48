package org.vrrp4j.linux.doctor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.vrrp4j.config.RouteNexthop;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.filter.FilterTrial;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.macvlan.MacvlanTrial;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.routing.RouteTrial;

/**
 * Whether the kernel has what a configuration asks for besides addresses: packet filter, virtual MAC addresses, VRFs,
 * tunnels of routes. What is not asked for is not looked at.
 */
final class ResourcesCheck {
    private final HostNetwork network;
    private final Trials trials;
    private final boolean waitsForInterfaces;
    private final Consumer<Finding> out;

    /** What the kernel is asked for without doing it: what it refuses, or nothing. */
    interface Trials {
        Optional<LinuxException> filter();

        Optional<LinuxException> macvlan();

        Optional<LinuxException> route(VirtualRoute route);

        /** In the network namespace of the thread. */
        static Trials ofKernel() {
            return new Trials() {
                @Override
                public Optional<LinuxException> filter() {
                    return FilterTrial.run();
                }

                @Override
                public Optional<LinuxException> macvlan() {
                    return MacvlanTrial.run();
                }

                @Override
                public Optional<LinuxException> route(VirtualRoute route) {
                    return RouteTrial.run(route);
                }
            };
        }
    }

    ResourcesCheck(HostNetwork network, Trials trials, boolean waitsForInterfaces, Consumer<Finding> out) {
        this.network = network;
        this.trials = trials;
        this.waitsForInterfaces = waitsForInterfaces;
        this.out = out;
    }

    void check(List<RouterConfig> routers, RouterResources staticResources) {
        if (routers.stream().anyMatch(router -> !router.resources().accept())) {
            tell(
                    trials.filter(),
                    "no_accept",
                    "the packet filter (nf_tables) is there",
                    "modprobe nf_tables; or leave out no_accept");
        }
        if (routers.stream().anyMatch(router -> router.virtualMac().isPresent())) {
            tell(
                    trials.macvlan(),
                    "use_vmac",
                    "interfaces with other MAC addresses (macvlan) are there",
                    "modprobe macvlan; or leave out use_vmac");
        }
        Set<String> made = new LinkedHashSet<>();
        routers.forEach(router ->
                router.virtualMac().map(mac -> mac.interfaceOf(router.id())).ifPresent(made::add));
        routers.forEach(router -> router.resources().routes().forEach(route -> check(router.name(), route, made)));
        staticResources.routes().forEach(route -> check("static_routes", route, made));
    }

    private void tell(Optional<LinuxException> refusal, String subject, String good, String remedy) {
        if (refusal.isEmpty()) {
            out.accept(Finding.ok(Topic.KERNEL, subject, good));
        } else if (refusal.get().is(Errno.EPERM)) {
            out.accept(Finding.unchecked(
                    Topic.KERNEL, subject, "without CAP_NET_ADMIN it cannot be tried", "sudo vrrp doctor"));
        } else {
            out.accept(Finding.problem(
                    Topic.KERNEL,
                    subject,
                    "the kernel does not do what it needs: " + refusal.get().getMessage(),
                    remedy));
        }
    }

    private void check(String owner, VirtualRoute route, Set<String> made) {
        route.vrf().ifPresent(name -> checkVrf(owner, route, name));
        route.nexthops().stream()
                .map(RouteNexthop::device)
                .flatMap(Optional::stream)
                .filter(name -> network.link(name).isEmpty() && !made.contains(name))
                .distinct()
                .forEach(name -> missing(owner, route, "interface " + name, "ip link shows those that do"));
        trials.route(route)
                .filter(refusal -> !refusal.is(Errno.EPERM))
                .ifPresent(refusal -> out.accept(Finding.problem(
                        Topic.KERNEL,
                        owner,
                        "the kernel cannot wrap packets as the route says: " + refusal.getMessage(),
                        "load the module (mpls_iptunnel, ila), or leave out 'encap'")));
    }

    private void checkVrf(String owner, VirtualRoute route, String name) {
        Optional<LinkMessage> link = network.link(name);
        if (link.isEmpty()) {
            missing(owner, route, "VRF " + name, "ip link add " + name + " type vrf table TABLE");
        } else if (link.get().vrfTable() == 0) {
            out.accept(Finding.problem(
                    Topic.INTERFACE,
                    owner,
                    name + " is no VRF, and the route " + route + " is to be in its table",
                    "ip -d link show type vrf shows the VRFs; 'table' names a table"));
        }
    }

    private void missing(String owner, VirtualRoute route, String what, String remedy) {
        String text = "the route " + route + " needs " + what + ", which does not exist";
        out.accept(
                waitsForInterfaces
                        ? Finding.hint(Topic.INTERFACE, owner, text, remedy)
                        : Finding.problem(Topic.INTERFACE, owner, text, remedy));
    }
}
