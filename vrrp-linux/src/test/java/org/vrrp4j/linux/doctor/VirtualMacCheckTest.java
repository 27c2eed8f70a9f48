package org.vrrp4j.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.linux.route.LinkMessage;

class VirtualMacCheckTest {
    private static final RouterConfig ROUTER = Hosts.router("192.0.2.100").toBuilder()
            .virtualMac(VirtualMac.DEFAULT)
            .build();

    @TempDir
    private Path root;

    private static LinkMessage link(String name, String kind, String alias) {
        return new LinkMessage(7, name, LinkMessage.ARPHRD_ETHER, Hosts.UP, Optional.empty(), 2, 0, 0, kind, alias);
    }

    private List<String> findings(RouterConfig router, LinkMessage... links) {
        List<String> findings = new ArrayList<>();
        HostNetwork network = new HostNetwork(List.of(links), List.of());
        new VirtualMacCheck(network, new HostFiles(root), finding -> findings.add(finding.text()))
                .check(List.of(router));
        return findings;
    }

    @Test
    void anOrdinaryInterfaceIsFine() {
        assertThat(findings(ROUTER, link("eth0", "veth", ""))).isEmpty();
        assertThat(findings(ROUTER, link("eth0", "", ""), link("vrrp.51", "macvlan", "vrrp4j eth0/51")))
                .isEmpty();
    }

    @Test
    void anInterfaceThatCanHaveNoOtherMacAddressIsNamed() {
        assertThat(findings(ROUTER, link("eth0", "ipvlan", "")))
                .singleElement()
                .asString()
                .contains("no virtual MAC address is possible: eth0 is a ipvlan itself");
        assertThat(findings(Hosts.router("192.0.2.100"), link("eth0", "ipvlan", "")))
                .as("a router without one")
                .isEmpty();
    }

    @Test
    void aTakenNameIsAProblem() {
        assertThat(findings(ROUTER, link("eth0", "", ""), link("vrrp.51", "macvlan", "")))
                .singleElement()
                .asString()
                .contains("is that of another interface");
    }
}
