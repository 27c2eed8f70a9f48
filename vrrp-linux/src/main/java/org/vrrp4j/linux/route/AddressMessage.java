package org.vrrp4j.linux.route;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * An address on an interface, as RTM_NEWADDR, RTM_DELADDR and the answer to RTM_GETADDR carry it (rtnetlink(7)).
 *
 * <pre>
 * +---------------+---------------+---------------+---------------+
 * |  Family (8)   | Prefix len (8)|   Flags (8)   |   Scope (8)   |
 * +---------------+---------------+---------------+---------------+
 * |                     Interface index (32)                      |
 * +---------------------------------------------------------------+
 * |  Attributes: IFA_ADDRESS, IFA_LOCAL, IFA_LABEL, IFA_CACHEINFO, |
 * |  IFA_FLAGS (all 32 flags), IFA_PROTO                          |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param address the local address
 * @param prefixLength the length of its network prefix
 * @param interfaceIndex the number of its interface
 * @param scope 0 global, 200 site, 253 link, 254 host
 * @param flags the {@code IFA_F_} bits
 * @param protocol who put it there: 1 to 3 the kernel, {@link #PROTOCOL_VRRP} us, 0 unknown
 * @param label the IPv4 label
 * @param validSeconds after which the kernel removes it; {@link #FOREVER} for never
 * @param preferredSeconds after which an IPv6 address is deprecated: not what new connections come from, unless the
 *     host has no other that fits (RFC 4862, 5.5.4); 0 for at once, {@link #FOREVER} for never
 */
public record AddressMessage(
        InetAddress address,
        int prefixLength,
        int interfaceIndex,
        int scope,
        int flags,
        int protocol,
        Optional<String> label,
        long validSeconds,
        long preferredSeconds) {
    /** Message type: an address is there, or is to be. */
    public static final int RTM_NEWADDR = 20;

    /** Message type: an address has gone, or is to go. */
    public static final int RTM_DELADDR = 21;

    /** Message type: asks for the addresses. */
    public static final int RTM_GETADDR = 22;

    /** The tag of our addresses: the number of the VRRP protocol, which nobody else uses here. */
    public static final int PROTOCOL_VRRP = 112;

    /** A lifetime without end. */
    public static final long FOREVER = 0xffff_ffffL;

    /** Flag: not the first address of its subnet, so not what the host sends from. */
    public static final int IFA_F_SECONDARY = 0x01;

    /** Flag: no duplicate address detection (IPv6). */
    public static final int IFA_F_NODAD = 0x02;

    /** Flag: duplicate address detection found another owner (IPv6). */
    public static final int IFA_F_DADFAILED = 0x08;

    /** Flag: duplicate address detection is under way (IPv6). */
    public static final int IFA_F_TENTATIVE = 0x40;

    /** Flag: without the route of its prefix. */
    public static final int IFA_F_NOPREFIXROUTE = 0x200;

    private static final int HEADER_BYTES = 8;
    private static final int MAX_BYTES = 256;

    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_LABEL = 3;
    static final int IFA_CACHEINFO = 6;
    private static final int IFA_FLAGS = 8;
    static final int IFA_PROTO = 11;

    /** An address that is preferred as long as it is valid. */
    public AddressMessage(
            InetAddress address,
            int prefixLength,
            int interfaceIndex,
            int scope,
            int flags,
            int protocol,
            Optional<String> label,
            long validSeconds) {
        this(address, prefixLength, interfaceIndex, scope, flags, protocol, label, validSeconds, validSeconds);
    }

    /** The payload of a request for all addresses of both families. */
    public static ByteBuffer encodeDump() {
        return ByteBuffer.allocate(HEADER_BYTES);
    }

    /** The payload. */
    public ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.nativeOrder());
        int family = IpFamily.of(address) == IpFamily.IPV4 ? Libc.AF_INET : Libc.AF_INET6;
        out.put((byte) family)
                .put((byte) prefixLength)
                .put((byte) flags)
                .put((byte) scope)
                .putInt(interfaceIndex);
        AttributeWriter attributes = new AttributeWriter(out);
        attributes.put(IFA_LOCAL, address.getAddress()).put(IFA_ADDRESS, address.getAddress());
        label.ifPresent(text -> attributes.putText(IFA_LABEL, text));
        // struct ifa_cacheinfo: preferred, valid, created, updated
        attributes.putInts(IFA_CACHEINFO, (int) preferredSeconds, (int) validSeconds, 0, 0);
        attributes.putInt(IFA_FLAGS, flags);
        if (protocol != 0) {
            attributes.putByte(IFA_PROTO, protocol);
        }
        return out.flip();
    }

    /** Reads a payload; empty if it is damaged or of another family than IP. */
    public static Optional<AddressMessage> decode(ByteBuffer payload) {
        int start = payload.position();
        int addressBytes = payload.remaining() < HEADER_BYTES ? 0 : addressBytes(payload.get(start) & 0xff);
        if (addressBytes == 0) {
            return Optional.empty();
        }
        int flags = payload.get(start + 2) & 0xff;
        byte[] local = null;
        byte[] peer = null;
        String label = null;
        long validSeconds = FOREVER;
        long preferredSeconds = FOREVER;
        int protocol = 0;
        AttributeReader attributes =
                new AttributeReader(payload.slice(start + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFA_LOCAL -> local = attributes.bytes();
                case IFA_ADDRESS -> peer = attributes.bytes();
                case IFA_LABEL -> label = attributes.text();
                case IFA_CACHEINFO -> {
                    preferredSeconds = attributes.intValue(0) & FOREVER;
                    validSeconds = attributes.intValue(1) & FOREVER;
                }
                case IFA_FLAGS -> flags = attributes.intValue(0);
                case IFA_PROTO -> protocol = attributes.byteValue();
                default -> {}
            }
        }
        // On a point-to-point link IFA_ADDRESS is the other end; IPv6 elsewhere has no IFA_LOCAL.
        byte[] address = local != null ? local : peer;
        if (address == null || address.length != addressBytes) {
            return Optional.empty();
        }
        InetAddress parsed = IpAddresses.of(address);
        // Java makes an IPv4 address of an IPv4-mapped one, which none of ours must be taken for
        if (IpFamily.of(parsed).addressBytes() != addressBytes) {
            return Optional.empty();
        }
        return Optional.of(new AddressMessage(
                parsed,
                payload.get(start + 1) & 0xff,
                payload.duplicate().order(ByteOrder.nativeOrder()).getInt(start + 4),
                payload.get(start + 3) & 0xff,
                flags,
                protocol,
                Optional.ofNullable(label),
                validSeconds,
                preferredSeconds));
    }

    private static int addressBytes(int family) {
        return switch (family) {
            case Libc.AF_INET -> IpFamily.IPV4.addressBytes();
            case Libc.AF_INET6 -> IpFamily.IPV6.addressBytes();
            default -> 0;
        };
    }

    /** The same with other flags. */
    AddressMessage withFlags(int otherFlags) {
        return new AddressMessage(
                address,
                prefixLength,
                interfaceIndex,
                scope,
                otherFlags,
                protocol,
                label,
                validSeconds,
                preferredSeconds);
    }

    /** The same on another interface. */
    AddressMessage onInterface(int otherIndex) {
        return new AddressMessage(
                address, prefixLength, otherIndex, scope, flags, protocol, label, validSeconds, preferredSeconds);
    }

    /** Whether all the given flags are set. */
    public boolean has(int mask) {
        return (flags & mask) == mask;
    }

    /**
     * Whether it is certainly one of ours: it has our tag, and an end, which an address has not that somebody set by
     * hand with the same tag.
     */
    public boolean isOurs() {
        return protocol == PROTOCOL_VRRP && validSeconds != FOREVER;
    }

    /** Whether both have the same prefix, on the same interface. */
    public boolean isInSubnetOf(AddressMessage other) {
        return interfaceIndex == other.interfaceIndex
                && prefixLength == other.prefixLength
                && network().equals(other.network());
    }

    /** The address with zeros behind the prefix. */
    private InetAddress network() {
        byte[] bytes = address.getAddress();
        for (int bit = prefixLength; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return IpAddresses.of(bytes);
    }

    /** The address as {@code ip address} writes it, such as {@code 192.0.2.100/24}. */
    public String cidr() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
