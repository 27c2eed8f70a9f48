package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AddressListCheck;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;

/** Advertisements that list other addresses than ours (RFC 3768, 7.1; RFC 9568, 7.1). */
class AddressListCheckTest {
    private static final List<String> DROPPED = List.of("REJECT ADDRESS_LIST");

    private static RouterConfigBuilder v2(AddressListCheck check) {
        return Rig.quiet()
                .version(VrrpVersion.V2)
                .advertisementInterval(Duration.ofSeconds(1))
                .addressListCheck(check);
    }

    private static Advertisement listing(AddressListCheck check, int priority, String... addresses) {
        RouterConfigBuilder sender = v2(check)
                .addresses(
                        List.of(addresses).stream().map(VirtualAddress::parse).toList());
        return new Rig(sender).advertisement(priority);
    }

    private static Advertisement other(int priority) {
        return listing(AddressListCheck.DROP, priority, Rig.VIP, "192.0.2.101");
    }

    @Test
    @DisplayName("R3768-7.1-3 version 2 drops it by default, and says which addresses differ")
    void versionTwoDrops() {
        Rig rig = Rig.backup(v2(AddressListCheck.DROP));
        Duration before = rig.untilDeadline();
        rig.passMillis(100);

        assertThat(rig.hear(Rig.GREATER, listing(AddressListCheck.DROP, 200, "192.0.2.101", "192.0.2.102")))
                .isEqualTo(DROPPED);

        assertThat(rig.untilDeadline()).isEqualTo(before.minusMillis(100));
        assertThat(rig.machine.hasHeardPeer()).isFalse();
        assertThat(rig.effects)
                .filteredOn(Effect.RejectPacket.class::isInstance)
                .extracting(effect -> ((Effect.RejectPacket) effect).rejection())
                .extracting(PacketRejection::detail)
                .containsExactly("only there 192.0.2.101 192.0.2.102, only here 192.0.2.100");
    }

    @Test
    @DisplayName("R3768-7.1-3 the order of the addresses does not matter, and a repeated one is a difference")
    void orderDoesNotMatter() {
        Rig rig = Rig.backup(v2(AddressListCheck.DROP).address(VirtualAddress.parse("192.0.2.101")));
        assertThat(rig.hear(Rig.GREATER, listing(AddressListCheck.DROP, 200, "192.0.2.101", Rig.VIP)))
                .isEmpty();
        Advertisement good = rig.advertisement(200);
        Advertisement twice = new Advertisement(
                good.version(),
                good.vrid(),
                good.priority(),
                good.interval(),
                List.of(
                        good.addresses().get(0),
                        good.addresses().get(0),
                        good.addresses().get(1)),
                good.authentication());
        assertThat(rig.hear(Rig.GREATER, twice)).isEqualTo(DROPPED);
    }

    @Test
    @DisplayName("R3768-7.1-3 of the address owner it counts, and the difference is told once")
    void ownerIsBelieved() {
        Rig rig = Rig.backup(v2(AddressListCheck.DROP));

        assertThat(rig.hear(Rig.GREATER, other(255))).containsExactly("AddressListMismatch");
        assertThat(rig.hear(Rig.GREATER, other(255))).isEmpty();

        assertThat(rig.machine.masterPriority()).isEqualTo(255);
    }

    @Test
    @DisplayName("R3768-7.1-3 as a setting it counts, and the difference is told once, and again when ours change")
    void reportOnly() {
        Rig rig = Rig.master(v2(AddressListCheck.REPORT));

        rig.hear(Rig.GREATER, other(200));
        rig.hear(Rig.GREATER, other(200));
        assertThat(rig.machine.role()).isEqualTo(Role.BACKUP);
        assertThat(rig.reports(VrrpEvent.AddressListMismatch.class)).hasSize(1);

        rig.configure(v2(AddressListCheck.REPORT).address(VirtualAddress.parse("192.0.2.103")));
        rig.hear(Rig.GREATER, other(200));
        assertThat(rig.reports(VrrpEvent.AddressListMismatch.class))
                .extracting(event -> event.difference().text())
                .containsExactly("only there 192.0.2.101", "only there 192.0.2.101, only here 192.0.2.103");
    }

    @Test
    @DisplayName("R3768-7.1-3 as a setting the master that is followed may change its addresses, and nobody else may")
    void masterThatIsFollowedMayChange() {
        Rig rig = Rig.backup(v2(AddressListCheck.DROP_OF_NEW_MASTER));
        assertThat(rig.hear(Rig.GREATER, other(200))).isEqualTo(DROPPED);

        rig.hear(Rig.GREATER, 200);
        assertThat(rig.hear(Rig.GREATER, other(200))).containsExactly("AddressListMismatch");
        assertThat(rig.hear(Rig.LESS, other(201))).isEqualTo(DROPPED);

        rig.toDeadline();
        assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
        assertThat(rig.hear(Rig.GREATER, other(200))).contains("REJECT ADDRESS_LIST");
    }

    @Test
    @DisplayName("R9568-7.1-13 long lists are told in part")
    void longListsAreCut() {
        Rig rig = Rig.backup(v2(AddressListCheck.REPORT));
        String[] many = new String[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = "192.0.2." + (101 + i);
        }
        rig.hear(Rig.GREATER, listing(AddressListCheck.REPORT, 200, many));
        assertThat(rig.reports(VrrpEvent.AddressListMismatch.class))
                .extracting(event -> event.difference().text())
                .containsExactly("only there 192.0.2.101 192.0.2.102 192.0.2.103 192.0.2.104 and 96 more,"
                        + " only here 192.0.2.100");
    }
}
