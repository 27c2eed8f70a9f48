package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.linux.testing.NetworkNamespace;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** What the kernel tells through the filter, of changes that are made as a node makes them. */
@NeedsNamespaces
class RenewalFilterLiveTest {
    private static final int INDEX = 7;
    private static final int GROUPS = NetlinkSocket.RTMGRP_IPV4_IFADDR | NetlinkSocket.RTMGRP_IPV6_IFADDR;
    private static final int ADD = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;

    private NetworkNamespace namespace;
    private NetlinkClient client;
    private NetlinkClient renewing;
    private NetlinkSocket monitor;

    @BeforeEach
    void open() throws Exception {
        namespace = NetworkNamespace.open();
        namespace.ip("link add left index " + INDEX + " type veth peer name right");
        namespace.ip("link set left up");
        client = new NetlinkClient(namespace.call(NetlinkSocket::open));
        NetlinkSocket renewals = namespace.call(NetlinkSocket::open);
        renewing = new NetlinkClient(renewals);
        monitor = namespace.call(() -> NetlinkSocket.openMonitor(GROUPS));
        monitor.attachFilter(RenewalFilter.program(renewals.port()));
    }

    @AfterEach
    void close() {
        monitor.close();
        renewing.close();
        client.close();
        namespace.close();
    }

    private static AddressMessage entry(String address, long seconds) {
        return new AddressMessage(
                IpAddresses.parse(address).orElseThrow(),
                IpFamily.of(IpAddresses.parse(address).orElseThrow()).addressBytes() * Byte.SIZE,
                INDEX,
                0,
                AddressMessage.IFA_F_NODAD,
                AddressMessage.PROTOCOL_VRRP,
                Optional.empty(),
                seconds);
    }

    private void add(String address) throws LinuxException {
        client.execute(
                "add", AddressMessage.RTM_NEWADDR, ADD, entry(address, 600).encode());
    }

    private void renew(String address, long seconds) throws LinuxException {
        List<LinuxException> refusals = new ArrayList<>();
        int flags = NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_REPLACE;
        NetlinkMessage request = new NetlinkMessage(
                AddressMessage.RTM_NEWADDR, flags, entry(address, seconds).encode());
        renewing.repeat(List.of(request), (index, refusal) -> refusals.add(refusal.apply("renew")));
        assertThat(refusals).isEmpty();
    }

    private void delete(String address) throws LinuxException {
        client.execute(
                "delete", AddressMessage.RTM_DELADDR, 0, entry(address, 600).encode());
    }

    /** What is told of an address until it has gone: types of messages and lifetimes. */
    private List<String> toldUntilDeleted(String address) {
        List<String> told = new ArrayList<>();
        await().until(() -> {
            for (NetlinkMessage message : monitor.receive()) {
                AddressMessage.decode(message.payload())
                        .filter(entry -> IpAddresses.text(entry.address()).equals(address))
                        .ifPresent(entry -> told.add(message.type() + " " + entry.validSeconds()));
            }
            return told.stream().anyMatch(each -> each.startsWith(AddressMessage.RTM_DELADDR + " "));
        });
        return told;
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.100", "2001:db8::100"})
    void renewalsAreNotToldAndWhatElseHappensIs(String address) throws Exception {
        add(address);
        // IPv6 keeps times in hundredths of a second
        await().until(() -> {
            renew(address, 500);
            return namespace.ip("address show dev left").contains("valid_lft 500sec");
        });
        long begin = System.nanoTime();
        await().until(() -> System.nanoTime() - begin > 50_000_000);
        for (int i = 0; i < 10; i++) {
            renew(address, 400 + i);
        }
        delete(address);
        List<String> told = toldUntilDeleted(address);
        assertThat(told).noneMatch(each -> each.startsWith("20 40"));
        assertThat(told).anyMatch(each -> each.startsWith("20 "));
    }

    @Test
    void whatOthersChangeIsTold() throws Exception {
        namespace.ip("address add 192.0.2.9/32 dev left valid_lft 300 preferred_lft 300");
        namespace.ip("address change 192.0.2.9/32 dev left valid_lft 200 preferred_lft 200");
        namespace.ip("address del 192.0.2.9/32 dev left");
        assertThat(toldUntilDeleted("192.0.2.9")).containsSubsequence("20 300", "20 200");
    }

    @Test
    void onlyRefusedRenewalsAreAnswered() throws Exception {
        List<String> refusals = new ArrayList<>();
        int flags = NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_REPLACE;
        AddressMessage nowhere = entry("192.0.2.1", 600).onInterface(999);
        List<NetlinkMessage> requests = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            AddressMessage entry = i % 100 == 30 ? nowhere : entry("192.0.2." + (i % 200 + 1), 600);
            requests.add(new NetlinkMessage(AddressMessage.RTM_NEWADDR, flags, entry.encode()));
        }
        renewing.repeat(
                requests,
                (index, refusal) ->
                        refusals.add(index + " " + refusal.apply("renewal").is(Errno.ENODEV)));
        assertThat(refusals).containsExactly("30 true", "130 true", "230 true");
    }
}
