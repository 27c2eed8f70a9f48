package org.vrrp4j.linux.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.macvlan.VirtualMacAddressBackend;
import org.vrrp4j.linux.route.LinkMessage;

/** Whether routers with a virtual MAC address can have their interfaces, as far as it shows without making one. */
final class VirtualMacCheck {
    private final HostNetwork network;
    private final HostFiles files;
    private final Consumer<Finding> out;

    VirtualMacCheck(HostNetwork network, HostFiles files, Consumer<Finding> out) {
        this.network = network;
        this.files = files;
        this.out = out;
    }

    void check(List<RouterConfig> routers) {
        List<RouterConfig> virtual = routers.stream()
                .filter(router -> router.virtualMac().isPresent())
                .toList();
        virtual.forEach(this::check);
        if (!virtual.isEmpty() && isReadOnly(files.path("proc/sys/net"))) {
            out.accept(Finding.problem(
                    Topic.SETTINGS,
                    "",
                    "/proc/sys/net is read-only, and the interface of a virtual MAC address needs settings of its own",
                    "mount it writable, as a privileged container has it; or leave out use_vmac"));
        }
    }

    private void check(RouterConfig router) {
        String name = router.virtualMac().orElseThrow().interfaceOf(router.id());
        String base = router.id().interfaceName();
        network.link(base)
                .flatMap(VirtualMacAddressBackend::obstacle)
                .ifPresent(obstacle -> out.accept(Finding.problem(
                        Topic.INTERFACE,
                        base,
                        "no virtual MAC address is possible: " + obstacle,
                        "leave out use_vmac, or run on the host whose interface it is made of")));
        Optional<LinkMessage> there = network.link(name);
        if (there.isPresent() && !VirtualMacAddressBackend.isOurs(there.get())) {
            out.accept(Finding.problem(
                    Topic.INTERFACE,
                    name,
                    "the name that " + router.name()
                            + " needs for its virtual MAC address is that of another interface",
                    "ip link del " + name + "; or use_vmac with another name"));
        }
    }

    private static boolean isReadOnly(Path directory) {
        try {
            return Files.getFileStore(directory).isReadOnly();
        } catch (IOException e) {
            return false;
        }
    }
}
