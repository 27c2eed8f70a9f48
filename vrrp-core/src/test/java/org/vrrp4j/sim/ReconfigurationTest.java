package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.router;
import static org.vrrp4j.sim.TestRouters.told;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;

/** Nodes whose configuration changes while they run. */
class ReconfigurationTest extends ThreeHosts {
    private static final InetAddress SECOND = IpAddresses.parse("198.51.100.1").orElseThrow();

    @BeforeEach
    void masterAndBackup() {
        startMasterAndBackup(Duration.ofSeconds(1));
    }

    @Test
    void aLowerPriorityLetsThePeerPreempt() {
        a.configure(router(50).build());
        simulation.runUntil(b::isMaster, LIMIT);
        simulation.settle(Duration.ofSeconds(3));
        assertThat(told(a)).endsWith("MASTER>BACKUP:HIGHER_PRIORITY");
    }

    @Test
    void aHigherPriorityPreemptsThePeer() {
        b.configure(router(200).build());
        simulation.runUntil(b::isMaster, LIMIT);
        simulation.settle(Duration.ofSeconds(3));
        assertThat(told(b)).endsWith("BACKUP>MASTER:PREEMPTION");
    }

    @Test
    void addressesComeAndGoWhileTheOthersStay() {
        a.configure(router(150).address(VirtualAddress.parse("198.51.100.1/24")).build());
        simulation.runFor(Duration.ofSeconds(1));
        assertThat(a.addresses()).containsExactlyInAnyOrder(VIP, SECOND);
        assertThat(client.neighbour(SECOND)).contains(a);

        a.configure(router(150).build());
        simulation.runFor(Duration.ofSeconds(1));

        assertThat(a.addresses()).containsExactly(VIP);
        assertThat(told(a)).containsExactly("INIT>BACKUP:STARTUP", "BACKUP>MASTER:MASTER_DOWN");
        assertThat(simulation.trace().stream()
                        .filter(entry -> entry.occurrence() instanceof Occurrence.AddressChanged change
                                && change.host() == a
                                && change.address().equals(VIP)))
                .as("put in place once and never removed")
                .hasSize(1);
    }

    @Test
    void aSlowBackendDelaysNoAdvertisement() {
        a.backend(new BackendConditions(Duration.ofSeconds(2), 0));
        a.configure(router(150).address(VirtualAddress.parse("198.51.100.1/24")).build());
        simulation.runFor(Duration.ofMillis(1900));
        assertThat(a.isMaster()).isTrue();
        assertThat(a.has(VIP)).isTrue();
        simulation.runFor(Duration.ofMillis(200));
        assertThat(a.has(SECOND)).isTrue();
        assertThat(client.neighbour(SECOND)).contains(a);
        assertThat(told(b)).containsExactly("INIT>BACKUP:STARTUP");
    }
}
