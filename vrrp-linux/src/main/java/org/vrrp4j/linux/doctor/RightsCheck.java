package org.vrrp4j.linux.doctor;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.linux.libc.CapabilitySets;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.socket.PacketSocket;
import org.vrrp4j.linux.socket.RawSocket;
import org.vrrp4j.model.IpAddresses;

/** Which of the needed rights are in force, and whether the kernel grants what they stand for. */
final class RightsCheck {
    private final Consumer<Finding> out;

    RightsCheck(Consumer<Finding> out) {
        this.out = out;
    }

    /** One finding for each right; returns those that really work. */
    Set<Capability> run() {
        CapabilitySets sets;
        try {
            sets = CapabilitySets.read();
        } catch (IOException e) {
            out.accept(Finding.unchecked(
                    Topic.RIGHTS,
                    "",
                    "the capabilities cannot be read: " + e.getMessage(),
                    "mount -t proc proc /proc"));
            return EnumSet.noneOf(Capability.class);
        }
        Set<Capability> working = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.OF_EVERY_NODE) {
            if (!sets.effective().contains(capability)) {
                out.accept(missing(capability, sets));
            } else {
                Optional<LinuxException> refusal = refusal(capability);
                refusal.ifPresent(error -> out.accept(refused(capability, error)));
                if (refusal.isEmpty()) {
                    working.add(capability);
                    String ambient = sets.ambient().contains(capability) ? " (ambient)" : "";
                    out.accept(Finding.ok(
                            Topic.RIGHTS,
                            capability.name(),
                            "in force" + ambient + ": this process can " + capability.operation()));
                }
            }
        }
        return working;
    }

    static Finding missing(Capability capability, CapabilitySets sets) {
        String text = "this process lacks " + capability + ", it cannot " + capability.operation();
        if (sets.bounding().contains(capability)) {
            return Finding.problem(Topic.RIGHTS, capability.name(), text, Capability.howToGrant(Set.of(capability)));
        }
        String shortName = capability.shortName();
        return Finding.problem(
                Topic.RIGHTS,
                capability.name(),
                text + ", and no program that it starts can: the right is not in its bounding set",
                "grant it where this process tree begins: docker run --cap-add=" + shortName
                        + "; Kubernetes: capabilities: {add: [" + shortName
                        + "]}; systemd: CapabilityBoundingSet= with "
                        + capability);
    }

    private static Finding refused(Capability capability, LinuxException error) {
        return Finding.problem(
                Topic.RIGHTS,
                capability.name(),
                capability + " is in force, but this process cannot " + capability.operation() + ": "
                        + error.operation() + " failed with " + Errno.describe(error.errno()),
                "look for a seccomp profile, a security module, RestrictAddressFamilies= of systemd, or a network"
                        + " namespace of another user namespace, as in a container that shares the host's network"
                        + " but not its users");
    }

    private static Optional<LinuxException> refusal(Capability capability) {
        return switch (capability) {
            case CAP_NET_RAW -> refusalOfSockets();
            case CAP_NET_ADMIN -> refusalOfChanges();
            default -> throw new IllegalStateException("unknown capability " + capability);
        };
    }

    private static Optional<LinuxException> refusalOfSockets() {
        try {
            RawSocket.probe();
            PacketSocket.open().close();
            return Optional.empty();
        } catch (LinuxException e) {
            return Optional.of(e);
        }
    }

    /**
     * Asks the kernel to take an address from an interface that cannot be: it looks at the right first, and with it
     * says that there is no such interface.
     */
    private static Optional<LinuxException> refusalOfChanges() {
        AddressMessage nowhere = new AddressMessage(
                IpAddresses.of(new byte[] {(byte) 192, 0, 2, 1}),
                32,
                Integer.MAX_VALUE,
                0,
                0,
                0,
                Optional.empty(),
                0,
                0);
        try (NetlinkClient client = new NetlinkClient(NetlinkSocket.open())) {
            client.execute("RTM_DELADDR on no interface", AddressMessage.RTM_DELADDR, 0, nowhere.encode());
            return Optional.empty();
        } catch (LinuxException e) {
            return e.is(Errno.ENODEV) || e.is(Errno.EADDRNOTAVAIL) ? Optional.empty() : Optional.of(e);
        }
    }
}
