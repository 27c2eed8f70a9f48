package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * What an NLMSG_ERROR or NLMSG_DONE message says (netlink(7); the attributes: Linux,
 * Documentation/userspace-api/netlink).
 *
 * <pre>
 * +---------------------------------------------------------------+
 * |          Error number, negative, or 0 for success (32)        |
 * +---------------------------------------------------------------+
 * |    NLMSG_ERROR only: the request, or just its header (16)     |
 * +---------------------------------------------------------------+
 * |          Attributes, if NLM_F_ACK_TLVS is set                 |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param errno the error number, positive; 0 for success
 * @param text the kernel's own words, or an empty text
 */
record NetlinkError(int errno, String text) {
    /** Flag: the request is given without its payload. */
    static final int NLM_F_CAPPED = 0x100;

    /** Flag: attributes follow. */
    static final int NLM_F_ACK_TLVS = 0x200;

    /** Attribute: the kernel's own words. */
    static final int NLMSGERR_ATTR_MSG = 1;

    static NetlinkError decode(NetlinkMessage message) {
        ByteBuffer payload = message.payload();
        // A short NLMSG_DONE comes from kernels before 4.15 and means success.
        int errno = payload.remaining() < Integer.BYTES ? 0 : -payload.getInt(payload.position());
        return new NetlinkError(errno, (message.flags() & NLM_F_ACK_TLVS) == 0 ? "" : text(message, payload));
    }

    private static String text(NetlinkMessage message, ByteBuffer payload) {
        int offset = Integer.BYTES;
        if (message.type() == NetlinkMessage.NLMSG_ERROR) {
            boolean capped = (message.flags() & NLM_F_CAPPED) != 0;
            if (payload.remaining() < Integer.BYTES + NetlinkMessage.HEADER_BYTES) {
                return "";
            }
            int request = payload.getInt(payload.position() + Integer.BYTES);
            offset += capped ? NetlinkMessage.HEADER_BYTES : NetlinkMessage.align(request);
        }
        if (offset < 0 || offset > payload.remaining()) {
            return "";
        }
        AttributeReader attributes = new AttributeReader(payload.position(payload.position() + offset));
        while (attributes.next()) {
            if (attributes.type() == NLMSGERR_ATTR_MSG) {
                return attributes.text();
            }
        }
        return "";
    }

    void throwIfFailed(String operation) throws LinuxException {
        if (errno != 0) {
            throw failure(operation);
        }
    }

    LinuxException failure(String operation) {
        return new LinuxException(operation, errno, text);
    }
}
