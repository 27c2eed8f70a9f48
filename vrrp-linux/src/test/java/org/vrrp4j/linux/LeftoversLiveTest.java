package org.vrrp4j.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.linux.testing.NetworkNamespace;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.spi.AddressClaim;

/** Dead predecessors and living neighbours, told apart by sockets that the kernel closes for the dead. */
@NeedsNamespaces
class LeftoversLiveTest extends LivePlatform {
    private static final String SHOW = "address show dev left";

    /** As a process leaves it that was killed. */
    private void leaveBehind(String cidr) throws Exception {
        VirtualAddress address = VirtualAddress.parse(cidr);
        InetAddress ip = address.address();
        AddressMessage entry =
                new AddressMessage(ip, address.prefixLength(), index(), 0, 0, 112, Optional.empty(), 30, 30);
        get(() -> {
            try (NetlinkClient client = new NetlinkClient(NetlinkSocket.open())) {
                client.execute("test", AddressMessage.RTM_NEWADDR, NetlinkMessage.NLM_F_CREATE, entry.encode());
                return null;
            }
        });
        assertThat(namespace.ip(SHOW)).contains(cidr);
    }

    private int index() throws Exception {
        return get(() -> Libc.if_nametoindex("left"));
    }

    @Test
    @DisplayName("an address left behind is removed, whether it is in the claim or not")
    void leftoversAreRemoved() throws Exception {
        leaveBehind("192.0.2.100/24");
        leaveBehind("192.0.2.101/24");
        register(claim(30, "192.0.2.100/24"));
        get(() -> null);
        assertThat(namespace.ip(SHOW)).doesNotContain("192.0.2.10").contains("192.0.2.1/24");
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    @DisplayName("an address left behind that is acquired at once is never away")
    void leftoverIsTakenOver() throws Exception {
        leaveBehind("192.0.2.100/24");
        AddressClaim claim = claim(60, "192.0.2.100/24");
        RecordingListener witness = new RecordingListener();
        LinuxPlatform other = get(() -> LinuxPlatform.open(namespace, false));
        get(() -> {
            platform.addresses().register(claim, heard);
            return platform.addresses().acquire(claim).toCompletableFuture().get();
        });
        run(() -> other.addresses().register(claim, witness));
        assertThat(namespace.ip(SHOW)).containsPattern("192.0.2.100/24[^\\n]*\\n *valid_lft (59|60)sec");
        get(() -> null);
        assertThat(heard.heard()).isEmpty();
        run(other::close);
    }

    @Test
    @DisplayName("of two living nodes the second is told who the first is, and follows it when it ends")
    void livingNeighbourKeepsItsAddress() throws Exception {
        AddressClaim claim = claim(30, "192.0.2.100/24");
        LinuxPlatform first = get(() -> LinuxPlatform.open(namespace, false));
        RecordingListener firstHeard = new RecordingListener();
        get(() -> first.addresses()
                .register(claim, firstHeard)
                .toCompletableFuture()
                .get());
        get(() -> first.addresses().acquire(claim).toCompletableFuture().get());

        register(claim);
        get(() -> null);
        assertThat(heard.take())
                .singleElement()
                .asString()
                .contains("is in the charge of another node on this host, process "
                        + ProcessHandle.current().pid());
        assertThat(get(() -> platform.addresses()
                        .acquire(claim)
                        .toCompletableFuture()
                        .isCompletedExceptionally()))
                .isTrue();
        assertThat(namespace.ip(SHOW)).contains("192.0.2.100/24");
        assertThat(firstHeard.heard()).isEmpty();

        run(first::close);
        await().atMost(PATIENCE).until(() -> heard.take().contains("foreign gone"));
        acquire(claim);
        assertThat(namespace.ip(SHOW)).contains("192.0.2.100/24");
    }

    @Test
    @DisplayName("nodes of different network namespaces do not meet")
    void otherNamespacesAreOtherHosts() throws Exception {
        AddressClaim claim = claim(30, "192.0.2.100/24");
        register(claim);
        try (NetworkNamespace other = NetworkNamespace.open()) {
            RecordingListener otherHeard = new RecordingListener();
            LinuxPlatform otherPlatform = other.call(() -> LinuxPlatform.open(other, false));
            other.call(() -> otherPlatform
                    .addresses()
                    .register(claim, otherHeard)
                    .toCompletableFuture()
                    .get());
            assertThat(otherHeard.heard()).isEmpty();
        }
    }
}
