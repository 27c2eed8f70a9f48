package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.model.IpFamily;

/** Where frames come from that say who has some addresses: a {@link HolderSocket}, or a list in tests. */
public interface HolderChannel extends AutoCloseable {

    /** Opens a channel that receives nothing until {@link HolderChannel#listenFor}. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens one.
         *
         * @param family whether it is about ARP or neighbour advertisements
         * @param interfaceIndex the number of an Ethernet interface
         * @throws LinuxException if the kernel refuses; for a missing right with the remedy
         */
        HolderChannel open(IpFamily family, int interfaceIndex) throws LinuxException;
    }

    /** The descriptor, to watch. */
    int fd();

    /**
     * Receives from now on what is said of these addresses, and little else.
     *
     * @param addresses of the channel's family; none for silence
     * @throws LinuxException if the kernel refuses; it goes on as before
     */
    void listenFor(Collection<InetAddress> addresses) throws LinuxException;

    /**
     * Receives one frame from its Ethernet header on. The buffer's position becomes 0 and its limit the length.
     *
     * @return whether one was there
     * @throws LinuxException ENETDOWN, once, when the interface goes down or away
     */
    boolean receive(ByteBuffer direct) throws LinuxException;

    @Override
    void close();
}
