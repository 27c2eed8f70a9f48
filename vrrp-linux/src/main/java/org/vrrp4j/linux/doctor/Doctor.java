package org.vrrp4j.linux.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.LinuxHost;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.uring.UringAvailability;

/**
 * Examines whether VRRP would work on this host: for the virtual routers of a configuration, or in general.
 *
 * <p>Changes nothing on the host. On the wire it asks for each virtual address three times by ARP or neighbour
 * solicitation, and joins the multicast groups for as long as it listens; a packet of the self-test leaves the host
 * only if one with TTL 0 does not come back. The kernel may load modules that a router would have it load. What a plain
 * user may not find out becomes a finding that says so.
 *
 * <p><b>Thread:</b> any; the network namespace that is examined is that of the thread. Immutable. <b>Blocking:</b> for
 * as long as it listens, plus about a second for each segment whose firewall drops its packets.
 */
public final class Doctor {
    /** The longest time that is listened unless {@link #listening} says otherwise. */
    public static final Duration LONGEST_LISTENING = Duration.ofSeconds(10);

    private static final Duration SHORTEST_LISTENING = Duration.ofMillis(1200);
    private static final Duration SPARE_TIME = Duration.ofMillis(200);

    private final List<RouterConfig> routers;
    private final List<Tracked> trackers;
    private final RouterResources staticResources;
    private final boolean waitsForInterfaces;
    private final Duration listening;
    private final PauseGrace pauseGrace;
    private final HostFiles files = new HostFiles(Path.of("/"));

    private Doctor(
            List<RouterConfig> routers,
            List<Tracked> trackers,
            RouterResources staticResources,
            boolean waitsForInterfaces,
            Duration listening,
            PauseGrace pauseGrace) {
        this.pauseGrace = pauseGrace;
        this.routers = routers;
        this.trackers = trackers;
        this.staticResources = staticResources;
        this.waitsForInterfaces = waitsForInterfaces;
        this.listening = listening;
    }

    /** One that examines the host for these virtual routers; it listens for two of their intervals, 10 s at most. */
    public static Doctor of(NodeConfig config) {
        Duration longest = config.routers().stream()
                .map(router -> router.advertisementInterval().multipliedBy(2).plus(SPARE_TIME))
                .reduce(SHORTEST_LISTENING, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        Duration time = longest.compareTo(LONGEST_LISTENING) <= 0 ? longest : LONGEST_LISTENING;
        List<Tracked> trackers = new ArrayList<>();
        config.routers().forEach(router -> trackers.addAll(router.trackers()));
        config.groups().forEach(group -> trackers.addAll(group.trackers()));
        return new Doctor(
                config.routers(),
                trackers,
                config.staticResources(),
                config.waitsForInterfaces(),
                time,
                config.pauseGrace());
    }

    /** One that examines the host and every Ethernet interface that is up and has an address of its own. */
    public static Doctor ofHost() {
        return new Doctor(
                List.of(),
                List.of(),
                RouterResources.of(List.of()),
                false,
                Duration.ofSeconds(2).plus(SPARE_TIME),
                PauseGrace.DEFAULT);
    }

    /**
     * The same with another time to listen.
     *
     * @param time more than 0, best more than two advertisement intervals
     * @throws IllegalArgumentException if it is not positive
     */
    public Doctor listening(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time must be positive: time=" + time);
        }
        return new Doctor(routers, trackers, staticResources, waitsForInterfaces, time, pauseGrace);
    }

    /**
     * Makes the examination.
     *
     * @param onFinding hears of each finding at once, on this thread
     * @return all of them
     * @throws InterruptedException if the thread is interrupted while it listens
     */
    public Diagnosis examine(Consumer<Finding> onFinding) throws InterruptedException {
        Objects.requireNonNull(onFinding, "onFinding");
        List<Finding> findings = new ArrayList<>();
        Consumer<Finding> out = finding -> {
            findings.add(finding);
            onFinding.accept(finding);
        };
        Optional<Throwable> obstacle = LinuxHost.unavailabilityCause(EnumSet.noneOf(Capability.class));
        if (obstacle.isPresent()) {
            out.accept(Finding.problem(
                    Topic.KERNEL, "", String.valueOf(obstacle.get().getMessage()), "see the message"));
        } else {
            examineLinux(out);
        }
        return new Diagnosis(findings);
    }

    /** The grace, if a router has so short an interval that it matters. */
    private Duration covered() {
        return routers.stream().anyMatch(pauseGrace::covers) ? pauseGrace.duration() : Duration.ZERO;
    }

    private void examineLinux(Consumer<Finding> out) throws InterruptedException {
        Set<Capability> rights = new RightsCheck(out).run();
        new KernelCheck(files, out).check();
        new ProcessEventsCheck(out).check(trackers);
        Optional<String> noQueues = UringAvailability.unavailability();
        new PauseCheck(pauseGrace, noQueues, out).check(routers);
        boolean ahead = noQueues.isEmpty() && pauseGrace.excess(routers).isEmpty();
        JvmCheck jvm = new JvmCheck(files, routers, ahead ? covered() : Duration.ZERO, out);
        jvm.check();
        new SharesCheck(files, out).check();
        new ProgramsCheck(files, out).check(routers);
        try {
            HostNetwork network = HostNetwork.read();
            List<Segment> segments = segments(network, out);
            new VirtualMacCheck(network, files, out).check(routers);
            new ResourcesCheck(network, ResourcesCheck.Trials.ofKernel(), waitsForInterfaces, out)
                    .check(routers, staticResources);
            SettingsCheck settings = new SettingsCheck(network, files, out);
            segments.forEach(settings::check);
            new FirewallCheck(out).check(segments);
            AddressCheck addresses = new AddressCheck(network, out);
            segments.forEach(addresses::checkHere);
            if (!rights.contains(Capability.CAP_NET_RAW)) {
                out.accept(Finding.unchecked(
                        Topic.WIRE,
                        "",
                        "without CAP_NET_RAW neither the firewall nor the wire can be tried",
                        "sudo vrrp doctor"));
            } else if (!segments.isEmpty()) {
                examineWire(network, segments, addresses, jvm, out);
            }
        } catch (LinuxException e) {
            out.accept(Finding.problem(
                    Topic.INTERFACE,
                    "",
                    "the kernel refuses what a router needs, and the examination ends: " + e.getMessage(),
                    "see the message, and run it again"));
        }
    }

    private List<Segment> segments(HostNetwork network, Consumer<Finding> out) {
        Set<String> names = new LinkedHashSet<>();
        routers.forEach(router -> names.add(router.id().interfaceName()));
        if (routers.isEmpty()) {
            network.links().stream()
                    .filter(link -> link.hasNeighbours() && link.has(LinkMessage.IFF_UP))
                    .filter(link ->
                            network.addresses().stream().anyMatch(address -> address.interfaceIndex() == link.index()))
                    .forEach(link -> names.add(link.name()));
            if (names.isEmpty()) {
                out.accept(Finding.problem(
                        Topic.INTERFACE,
                        "",
                        "no Ethernet interface is up and has an address",
                        "ip link set dev INTERFACE up; ip address add ADDRESS/LENGTH dev INTERFACE"));
            }
        }
        InterfaceCheck check = new InterfaceCheck(network, files, waitsForInterfaces, out);
        List<Segment> segments = new ArrayList<>();
        for (String name : names) {
            segments.addAll(check.check(
                    name,
                    routers.stream()
                            .filter(router -> router.id().interfaceName().equals(name))
                            .toList()));
        }
        return segments;
    }

    private void examineWire(
            HostNetwork network, List<Segment> segments, AddressCheck addresses, JvmCheck jvm, Consumer<Finding> out)
            throws LinuxException, InterruptedException {
        Map<Segment, SelfTest.Outcome> outcomes = new LinkedHashMap<>();
        for (Segment segment : segments) {
            if (segment.usesMulticast() && segment.link().has(HostNetwork.IFF_MULTICAST)) {
                tryFirewall(segment, out).ifPresent(outcome -> outcomes.put(segment, outcome));
            } else if (!segment.usesMulticast()) {
                out.accept(Finding.unchecked(
                        Topic.FIREWALL,
                        segment.name(),
                        "unicast cannot be tried from one side; packets that peers send now are compared",
                        "run vrrp doctor while a peer is master, and on each peer while this host is"));
            }
        }
        String listened = String.format(java.util.Locale.ROOT, "%.1f s", listening.toMillis() / 1000.0);
        try (WireListener listener = WireListener.open(segments, network)) {
            addresses.ask(listener);
            listener.listen(listening);
            jvm.checkDelay(listener.longestDelay(), listened);
            WireCheck wire = new WireCheck(network, listened, out);
            wire.checkFirewall(outcomes, listener.heard());
            segments.forEach(segment -> wire.checkRouters(segment, listener.heard()));
            addresses.checkAnswers(listener);
        }
    }

    private static Optional<SelfTest.Outcome> tryFirewall(Segment segment, Consumer<Finding> out)
            throws InterruptedException {
        try {
            return Optional.of(SelfTest.run(segment));
        } catch (LinuxException e) {
            out.accept(Finding.unchecked(
                    Topic.FIREWALL,
                    segment.name(),
                    "the self-test cannot be made: " + e.getMessage(),
                    "see what is said about the interface"));
            return Optional.empty();
        }
    }
}
