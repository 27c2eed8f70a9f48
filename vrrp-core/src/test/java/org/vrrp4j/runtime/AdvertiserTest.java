package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.spi.AdvertisementChannel;

/** Which MAC address advertisements come from. */
class AdvertiserTest {
    private static final InetAddress SOURCE = address("192.0.2.1");
    private static final String OWN = "own";
    private static final String VIRTUAL = "00:00:5e:00:01:33";

    private final List<String> senders = new ArrayList<>();
    private final AdvertisementChannel channel = new AdvertisementChannel() {
        @Override
        public void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) {
            senders.add(OWN);
        }

        @Override
        public void sendFrom(MacAddress mac, ByteBuffer message, InetAddress source) {
            senders.add(mac.toString());
        }

        @Override
        public void drain() {
            // nothing comes
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static RouterConfigBuilder router() {
        return RouterConfig.builder("eth0", 51).address(VirtualAddress.parse("192.0.2.100"));
    }

    private void send(AdvertisementChannel to, RouterConfigBuilder builder, int priority, boolean master) {
        Advertiser advertiser = new Advertiser(builder.build());
        advertiser.from(SOURCE);
        Advertisement advertisement = new Advertisement(
                VrrpVersion.V3,
                51,
                priority,
                Duration.ofSeconds(1),
                List.of(address("192.0.2.100")),
                Authentication.NONE);
        advertiser.send(to, advertisement, master);
        if (advertiser.failure() != null) {
            senders.add(advertiser.failure().getMessage());
        }
    }

    @Test
    @DisplayName("R9568-7.2-3 a master's come from the virtual MAC address, and so does the priority 0 of one that was")
    void masterSendsFromTheVirtualMac() {
        send(channel, router().virtualMac(VirtualMac.DEFAULT), 100, true);
        send(channel, router().virtualMac(VirtualMac.DEFAULT), Priority.RELEASE, false);

        assertThat(senders).containsExactly(VIRTUAL, VIRTUAL);
    }

    @Test
    @DisplayName("the last one of a master that yields to a better one does not draw the virtual MAC address back")
    void lastWordComesFromTheInterface() {
        send(channel, router().virtualMac(VirtualMac.DEFAULT), 100, false);

        assertThat(senders).containsExactly(OWN);
    }

    @Test
    @DisplayName("without one, on the base, and to unicast peers they come from the interface's own")
    void othersComeFromTheInterface() {
        send(channel, router(), 100, true);
        send(channel, router().virtualMac(VirtualMac.DEFAULT.withTransmitOnBase()), 100, true);
        send(channel, router().virtualMac(VirtualMac.DEFAULT).unicastPeers(List.of(address("192.0.2.2"))), 100, true);

        assertThat(senders).containsExactly(OWN, OWN, OWN);
    }

    @Test
    @DisplayName("a transport that cannot do it says so")
    void otherTransportRefuses() {
        AdvertisementChannel plain = new AdvertisementChannel() {
            @Override
            public void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit)
                    throws IOException {
                channel.send(message, source, destination, hopLimit);
            }

            @Override
            public void drain() {
                // nothing comes
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        send(plain, router().virtualMac(VirtualMac.DEFAULT), 100, true);

        assertThat(senders)
                .containsExactly(
                        "this transport sends from the MAC address of the interface only, not from " + VIRTUAL);
    }
}
