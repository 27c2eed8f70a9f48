package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vrrp4j.model.IpAddresses;

/** Reads an address, and gives the last one again if it is the same, which saves objects for each packet. */
final class LastAddress {
    private final byte[] found;
    private byte[] bytes;
    private InetAddress address;

    LastAddress(InetAddress first) {
        address = first;
        bytes = first.getAddress();
        found = new byte[bytes.length];
    }

    InetAddress read(ByteBuffer memory, int offset) {
        memory.get(offset, found);
        if (!Arrays.equals(found, bytes)) {
            bytes = found.clone();
            address = IpAddresses.of(found);
        }
        return address;
    }
}
