package org.vrrp4j.linux.routing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.vrrp4j.config.RouteEncapsulation;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.model.IpFamily;

/** The attributes that say what packets of a route are wrapped into ({@code linux/lwtunnel.h}). */
final class EncapsulationAttributes {
    private static final int RTA_ENCAP_TYPE = 21;
    private static final int RTA_ENCAP = 22;

    private static final int LWTUNNEL_ENCAP_MPLS = 1;
    private static final int LWTUNNEL_ENCAP_IP = 2;
    private static final int LWTUNNEL_ENCAP_ILA = 3;
    private static final int LWTUNNEL_ENCAP_IP6 = 4;

    private static final int LWTUNNEL_IP_ID = 1;
    private static final int LWTUNNEL_IP_DST = 2;
    private static final int LWTUNNEL_IP_SRC = 3;
    private static final int LWTUNNEL_IP_TTL = 4;
    private static final int LWTUNNEL_IP_TOS = 5;
    private static final int LWTUNNEL_IP_FLAGS = 6;
    private static final int LWTUNNEL_IP6_HOPLIMIT = 4;
    private static final int LWTUNNEL_IP6_TC = 5;

    private static final int MPLS_IPTUNNEL_DST = 1;
    private static final int MPLS_IPTUNNEL_TTL = 2;
    private static final int MPLS_LABEL_SHIFT = 12;
    private static final int MPLS_BOTTOM_OF_STACK = 0x100;

    private static final int ILA_ATTR_LOCATOR = 1;
    private static final int ILA_ATTR_CSUM_MODE = 7;
    private static final int ILA_ATTR_IDENT_TYPE = 8;
    private static final int ILA_ATTR_HOOK_TYPE = 9;

    private static final int USE_FORMAT = 32;

    private EncapsulationAttributes() {}

    static void put(AttributeWriter attributes, RouteEncapsulation encapsulation) {
        if (encapsulation instanceof RouteEncapsulation.Tunnel tunnel) {
            boolean ipv4 = tunnel.family() == IpFamily.IPV4;
            put(attributes, ipv4 ? LWTUNNEL_ENCAP_IP : LWTUNNEL_ENCAP_IP6, inner -> putTunnel(inner, tunnel, ipv4));
        } else if (encapsulation instanceof RouteEncapsulation.Mpls mpls) {
            put(attributes, LWTUNNEL_ENCAP_MPLS, inner -> putMpls(inner, mpls));
        } else if (encapsulation instanceof RouteEncapsulation.Ila ila) {
            put(attributes, LWTUNNEL_ENCAP_ILA, inner -> putIla(inner, ila));
        }
    }

    private static void put(AttributeWriter attributes, int type, Consumer<AttributeWriter> content) {
        attributes.putNested(RTA_ENCAP, content);
        attributes.put(
                RTA_ENCAP_TYPE,
                ByteBuffer.allocate(Short.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putShort((short) type)
                        .array());
    }

    private static void putTunnel(AttributeWriter inner, RouteEncapsulation.Tunnel tunnel, boolean ipv4) {
        // in network order
        tunnel.id()
                .ifPresent(id -> inner.put(
                        LWTUNNEL_IP_ID,
                        ByteBuffer.allocate(Long.BYTES).putLong(id).array()));
        tunnel.destination().ifPresent(address -> inner.put(LWTUNNEL_IP_DST, address.getAddress()));
        tunnel.source().ifPresent(address -> inner.put(LWTUNNEL_IP_SRC, address.getAddress()));
        tunnel.hopLimit().ifPresent(ttl -> inner.putByte(ipv4 ? LWTUNNEL_IP_TTL : LWTUNNEL_IP6_HOPLIMIT, ttl));
        tunnel.trafficClass().ifPresent(tos -> inner.putByte(ipv4 ? LWTUNNEL_IP_TOS : LWTUNNEL_IP6_TC, tos));
        if (!tunnel.flags().isEmpty()) {
            int bits = tunnel.flags().stream()
                    .mapToInt(RouteEncapsulation.Tunnel.Flag::bit)
                    .sum();
            inner.put(
                    LWTUNNEL_IP_FLAGS,
                    ByteBuffer.allocate(Short.BYTES).putShort((short) bits).array());
        }
    }

    /** Each label with its bit for the bottom of the stack, in network order (RFC 3032, 2.1). */
    private static void putMpls(AttributeWriter inner, RouteEncapsulation.Mpls mpls) {
        ByteBuffer stack = ByteBuffer.allocate(mpls.labels().size() * Integer.BYTES);
        for (int i = 0; i < mpls.labels().size(); i++) {
            int bottom = i == mpls.labels().size() - 1 ? MPLS_BOTTOM_OF_STACK : 0;
            stack.putInt(mpls.labels().get(i) << MPLS_LABEL_SHIFT | bottom);
        }
        inner.put(MPLS_IPTUNNEL_DST, stack.array());
        mpls.ttl().ifPresent(ttl -> inner.putByte(MPLS_IPTUNNEL_TTL, ttl));
    }

    private static void putIla(AttributeWriter inner, RouteEncapsulation.Ila ila) {
        inner.put(
                ILA_ATTR_LOCATOR,
                ByteBuffer.allocate(Long.BYTES).putLong(ila.locator()).array());
        ila.checksumMode().ifPresent(mode -> inner.putByte(ILA_ATTR_CSUM_MODE, mode.ordinal()));
        ila.identifierType().ifPresent(type -> inner.putByte(ILA_ATTR_IDENT_TYPE, identifier(type)));
        ila.hook().ifPresent(hook -> inner.putByte(ILA_ATTR_HOOK_TYPE, hook.ordinal()));
    }

    /** The kernel numbers the types of the address format from 0, and has {@code use-format} as 32. */
    private static int identifier(RouteEncapsulation.Ila.Identifier type) {
        return type == RouteEncapsulation.Ila.Identifier.USE_FORMAT ? USE_FORMAT : type.ordinal();
    }
}
