package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;

/**
 * What an ARP packet or a neighbour advertisement says of its sender: that an address is at a MAC address.
 *
 * <p>ARP (RFC 826) says it of the sender in every packet: an answer, an announcement, or a question for another
 * address. A probe has no sender address and says nothing (RFC 5227, 1.1).
 *
 * <pre>
 * +-----------------------------+-----------------------------+-----------+
 * | Destination MAC (6)         | Source MAC (6)              | 08 06 (2) |
 * +-----------------------------+-----------------------------+-----------+
 * | Ethernet 1 (2) | IPv4 0800 (2) | 6 (1) | 4 (1) | Request 1, Reply 2   |
 * | Sender MAC (6)              | Sender IP (4)                           |
 * | Target MAC (6)              | Target IP (4)                           |
 * +-----------------------------+-----------------------------------------+
 * </pre>
 *
 * <p>A neighbour advertisement ({@link NeighborAdvertisement} has its picture) says it of the target, in its option
 * Target Link-Layer Address or else by the source of the frame. It must pass the checks of RFC 4861, 7.1.2.
 *
 * @param address the address
 * @param mac who is said to have it
 */
public record AddressHolder(InetAddress address, MacAddress mac) {
    private static final int ETHERNET_BYTES = 14;
    private static final int ETHER_TYPE_OFFSET = 12;
    private static final int ARP_BYTES = 28;
    /** Ethernet and IPv4, and the lengths of their addresses. */
    private static final long ARP_ETHERNET_IPV4 = 0x0001_0800_0604L;

    private static final int ARP_REQUEST = 1;
    private static final int ARP_REPLY = 2;
    private static final int ARP_SENDER_MAC = 8;
    private static final int ARP_SENDER_IP = 14;
    private static final int ICMPV6 = 58;
    private static final int HOP_LIMIT = 255;
    private static final int ADVERTISEMENT = 136 << 8;
    private static final int SOLICITED = 0x40;
    private static final int FLAGS_OFFSET = 4;
    private static final int TARGET_OFFSET = 8;
    private static final int OPTIONS_OFFSET = 24;
    private static final int OPTION_UNIT = 8;
    private static final int TARGET_LINK_LAYER_ADDRESS = 2;
    private static final long GROUP_BIT = 0x0100_0000_0000L;

    /**
     * Reads an Ethernet frame from the buffer's position to its limit; both stay.
     *
     * @return who has an address as the frame says; empty if it says so of nobody, is of another kind, or is damaged
     */
    public static Optional<AddressHolder> decode(ByteBuffer frame) {
        ByteBuffer whole = frame.slice();
        if (whole.limit() < ETHERNET_BYTES) {
            return Optional.empty();
        }
        ByteBuffer packet = whole.slice(ETHERNET_BYTES, whole.limit() - ETHERNET_BYTES);
        Optional<AddressHolder> holder = switch (whole.getShort(ETHER_TYPE_OFFSET) & 0xffff) {
            case GratuitousArp.ETHER_TYPE -> arp(packet);
            case NeighborAdvertisement.ETHER_TYPE -> advertisement(packet, mac(whole, MacAddress.BYTES));
            default -> Optional.empty();
        };
        return holder.filter(said -> !said.address.isAnyLocalAddress()
                && !said.address.isMulticastAddress()
                && said.mac.value() != 0
                && (said.mac.value() & GROUP_BIT) == 0);
    }

    private static Optional<AddressHolder> arp(ByteBuffer packet) {
        if (packet.limit() < ARP_BYTES || packet.getLong(0) >>> 16 != ARP_ETHERNET_IPV4) {
            return Optional.empty();
        }
        int operation = packet.getShort(6);
        return operation == ARP_REQUEST || operation == ARP_REPLY
                ? Optional.of(new AddressHolder(address(packet, ARP_SENDER_IP, 4), mac(packet, ARP_SENDER_MAC)))
                : Optional.empty();
    }

    private static Optional<AddressHolder> advertisement(ByteBuffer packet, MacAddress sender) {
        return Ipv6Header.decode(packet)
                .filter(header -> header.protocol() == ICMPV6 && header.hopLimit() == HOP_LIMIT)
                .flatMap(header -> message(
                        header,
                        packet.slice(header.headerBytes(), header.totalBytes() - header.headerBytes()),
                        sender));
    }

    private static Optional<AddressHolder> message(Ipv6Header header, ByteBuffer message, MacAddress sender) {
        int length = message.limit();
        if (length < OPTIONS_OFFSET || message.getShort(0) != (short) ADVERTISEMENT) {
            return Optional.empty();
        }
        int sum = Checksum.pseudoHeader(ICMPV6, header.source(), header.destination(), length);
        boolean answersGroup =
                header.destination().isMulticastAddress() && (message.get(FLAGS_OFFSET) & SOLICITED) != 0;
        if (Checksum.finish(Checksum.add(sum, message, 0, length)) != 0 || answersGroup) {
            return Optional.empty();
        }
        InetAddress target = address(message, TARGET_OFFSET, 16);
        MacAddress holder = sender;
        int at = OPTIONS_OFFSET;
        while (at < length) {
            int bytes = length - at < 2 ? 0 : (message.get(at + 1) & 0xff) * OPTION_UNIT;
            if (bytes == 0 || bytes > length - at) {
                return Optional.empty();
            }
            if (message.get(at) == TARGET_LINK_LAYER_ADDRESS && bytes == OPTION_UNIT) {
                holder = mac(message, at + 2);
            }
            at += bytes;
        }
        // an address mapped from IPv4 must not be on a wire
        return IpFamily.of(target) == IpFamily.IPV6 ? Optional.of(new AddressHolder(target, holder)) : Optional.empty();
    }

    private static InetAddress address(ByteBuffer bytes, int offset, int length) {
        byte[] address = new byte[length];
        bytes.get(offset, address);
        return IpAddresses.of(address);
    }

    private static MacAddress mac(ByteBuffer bytes, int offset) {
        byte[] address = new byte[MacAddress.BYTES];
        bytes.get(offset, address);
        return MacAddress.of(address);
    }
}
