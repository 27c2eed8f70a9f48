package org.vrrp4j.linux.netlink;

import java.util.List;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * Whole messages to and from the kernel: the seam at which tests put a {@link NetlinkScript}.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> never. <b>Failure:</b> {@link LinuxException}. <b>Idempotence:</b>
 * {@link #close()} may be called twice.
 */
public interface NetlinkChannel extends AutoCloseable {

    /** The descriptor, to be watched for readability. */
    int fd();

    /**
     * Sends a request. The kernel has done it, and queued its answer, when this returns.
     *
     * @throws LinuxException if the kernel does not take it; a refusal is an answer instead
     */
    void send(NetlinkMessage request) throws LinuxException;

    /**
     * Sends several requests, in one datagram as far as they fit. The kernel carries out each, whatever becomes of the
     * others.
     *
     * @throws LinuxException if the kernel does not take them; then some of them may have been carried out
     */
    void sendAll(List<NetlinkMessage> requests) throws LinuxException;

    /**
     * Sends some of a list of requests in one datagram, numbered anew, and makes no objects.
     *
     * @param sequence the number of the first one sent, the others counting on from it
     * @param from the index of the first one
     * @param to that behind the last one; they must fit into 64 KiB
     * @throws LinuxException if the kernel does not take them; then some of them may have been carried out
     */
    void sendNumbered(int sequence, List<NetlinkMessage> requests, int from, int to) throws LinuxException;

    /**
     * Receives the messages of one datagram.
     *
     * @return empty when nothing is there
     * @throws LinuxException ENOBUFS if messages have been lost since the last call
     */
    List<NetlinkMessage> receive() throws LinuxException;

    @Override
    void close();
}
