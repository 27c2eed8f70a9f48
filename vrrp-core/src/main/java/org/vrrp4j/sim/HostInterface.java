package org.vrrp4j.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.vrrp4j.spi.LinkState;

/** The one interface of a host: its own addresses, its carrier, and whether what is sent gets out. */
final class HostInterface {
    private final InetAddress address;
    private final InetAddress linkLocal;
    private final HostAddresses kernel;
    private boolean up = true;
    private boolean sendsFail;

    HostInterface(InetAddress address, InetAddress linkLocal, HostAddresses kernel) {
        this.address = address;
        this.linkLocal = linkLocal;
        this.kernel = kernel;
    }

    InetAddress address() {
        return address;
    }

    InetAddress linkLocal() {
        return linkLocal;
    }

    boolean isUp() {
        return up;
    }

    void setUp(boolean value) {
        up = value;
    }

    void failSends(boolean fail) {
        sendsFail = fail;
    }

    boolean canSend() {
        return up && !sendsFail;
    }

    LinkState state() {
        return new LinkState(SimulatedHost.INTERFACE, true, 2, up, Optional.of(address), Optional.of(linkLocal));
    }

    /** Whether a packet to this address is for this host. */
    boolean isFor(InetAddress destination) {
        return destination.isMulticastAddress()
                || destination.equals(address)
                || destination.equals(linkLocal)
                || kernel.has(destination);
    }

    void checkCanSend(InetAddress source) throws IOException {
        checkCanSend();
        if (!isFor(source)) {
            throw new IOException("sendmsg on eth0 failed with EINVAL (22): the source " + source.getHostAddress()
                    + " is not on this host; put it there or configure another");
        }
    }

    void checkCanSend() throws IOException {
        if (!up) {
            throw new IOException("sendto on eth0 failed with ENETDOWN (100): network is down; set the link up");
        }
        if (sendsFail) {
            throw new IOException("sendto on eth0 failed with EPERM (1): operation not permitted; look at the packet"
                    + " filter's rules for output");
        }
    }
}
