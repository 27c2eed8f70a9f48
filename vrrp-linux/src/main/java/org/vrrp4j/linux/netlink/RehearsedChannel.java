package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import java.util.List;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * A channel for rehearsals: its kernel is a script, and yet every request goes to the real one and back, as a message
 * of the same length that means nothing (netlink(7): NLMSG_NOOP) and is acknowledged.
 */
public final class RehearsedChannel implements NetlinkChannel {
    private static final int NLMSG_NOOP = 1;

    private final NetlinkScript script;
    private final NetlinkSocket socket;

    private RehearsedChannel(NetlinkScript script, NetlinkSocket socket) {
        this.script = script;
        this.socket = socket;
    }

    /**
     * Opens the way to the kernel.
     *
     * @param script answers the requests
     * @throws LinuxException if the kernel refuses
     */
    public static RehearsedChannel open(NetlinkScript script) throws LinuxException {
        return new RehearsedChannel(script, NetlinkSocket.open());
    }

    @Override
    public int fd() {
        return script.fd();
    }

    @Override
    public void send(NetlinkMessage request) throws LinuxException {
        script.send(request);
        socket.send(meaningless(request));
    }

    private static NetlinkMessage meaningless(NetlinkMessage request) {
        ByteBuffer payload = request.payload();
        return new NetlinkMessage(NLMSG_NOOP, NetlinkMessage.NLM_F_ACK, payload).withSequence(request.sequence());
    }

    @Override
    public void sendAll(List<NetlinkMessage> requests) throws LinuxException {
        script.sendAll(requests);
        socket.sendAll(requests.stream().map(RehearsedChannel::meaningless).toList());
    }

    @Override
    public void sendNumbered(int sequence, List<NetlinkMessage> requests, int from, int to) throws LinuxException {
        script.sendNumbered(sequence, requests, from, to);
        List<NetlinkMessage> meaningless =
                requests.stream().map(RehearsedChannel::meaningless).toList();
        socket.sendNumbered(sequence, meaningless, from, to);
    }

    @Override
    public List<NetlinkMessage> receive() throws LinuxException {
        while (!socket.receive().isEmpty()) {
            // what the kernel says to nothing
        }
        return script.receive();
    }

    @Override
    public void close() {
        socket.close();
        script.close();
    }
}
