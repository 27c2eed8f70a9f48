package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * A channel whose kernel is a function, for tests without root: it answers each request with whole messages.
 *
 * <pre>{@code
 * NetlinkScript kernel = new NetlinkScript(request -> List.of(NetlinkScript.refusal(request, Errno.EEXIST, "")));
 * }</pre>
 *
 * <p>An answer gets the sequence number of its request; that it was carried out is told only to a request with {@code
 * NLM_F_ACK}, as the kernel does. Not for several threads.
 */
public final class NetlinkScript implements NetlinkChannel {
    private final Function<NetlinkMessage, List<NetlinkMessage>> kernel;
    private final Deque<Optional<List<NetlinkMessage>>> datagrams = new ArrayDeque<>();
    private final List<NetlinkMessage> requests = new ArrayList<>();
    private int batches;
    private boolean closed;

    /** A channel with this kernel. */
    public NetlinkScript(Function<NetlinkMessage, List<NetlinkMessage>> kernel) {
        this.kernel = kernel;
    }

    /** A channel whose kernel answers nothing, for a monitor. */
    public static NetlinkScript silent() {
        return new NetlinkScript(request -> List.of());
    }

    /** The answer that a request has been carried out. */
    public static NetlinkMessage success(NetlinkMessage request) {
        return error(request, 0, "");
    }

    /** The answer that a request is refused, with the kernel's own words or an empty text. */
    public static NetlinkMessage refusal(NetlinkMessage request, Errno errno, String text) {
        return error(request, errno.number(), text);
    }

    /** The end of a dump. */
    public static NetlinkMessage done() {
        return new NetlinkMessage(
                NetlinkMessage.NLMSG_DONE, NetlinkMessage.NLM_F_MULTI, ByteBuffer.wrap(new byte[Integer.BYTES]));
    }

    /** Puts one datagram into the queue, as the kernel does that tells of a change. */
    public void tell(NetlinkMessage... messages) {
        datagrams.add(Optional.of(List.of(messages)));
    }

    /** Makes a later {@link #receive()} fail with ENOBUFS, after the datagrams that are in the queue already. */
    public void loseMessages() {
        datagrams.add(Optional.empty());
    }

    /** The requests so far. */
    public List<NetlinkMessage> requests() {
        return List.copyOf(requests);
    }

    /** Whether it has been closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public int fd() {
        return -1;
    }

    @Override
    public void send(NetlinkMessage request) {
        requests.add(request);
        boolean asked = (request.flags() & NetlinkMessage.NLM_F_ACK) != 0;
        List<NetlinkMessage> answers = kernel.apply(request).stream()
                .filter(answer -> asked || !isSuccess(answer))
                .map(answer -> answer.withSequence(request.sequence()))
                .toList();
        if (!answers.isEmpty()) {
            datagrams.add(Optional.of(answers));
        }
    }

    private static boolean isSuccess(NetlinkMessage answer) {
        return answer.type() == NetlinkMessage.NLMSG_ERROR
                && NetlinkError.decode(answer).errno() == 0;
    }

    @Override
    public void sendAll(List<NetlinkMessage> batch) {
        batches++;
        batch.forEach(this::send);
    }

    @Override
    public void sendNumbered(int sequence, List<NetlinkMessage> batch, int from, int to) {
        batches++;
        for (int i = from; i < to; i++) {
            send(batch.get(i).withSequence(sequence + i - from));
        }
    }

    /** How often several requests have been sent at once. */
    public int batches() {
        return batches;
    }

    @Override
    public List<NetlinkMessage> receive() throws LinuxException {
        Optional<List<NetlinkMessage>> datagram = datagrams.isEmpty() ? Optional.of(List.of()) : datagrams.remove();
        return datagram.orElseThrow(() -> new LinuxException("recv on netlink script", Errno.ENOBUFS.number()));
    }

    @Override
    public void close() {
        closed = true;
    }

    private static NetlinkMessage error(NetlinkMessage request, int errno, String text) {
        ByteBuffer payload = ByteBuffer.allocate(4 + NetlinkMessage.HEADER_BYTES + 8 + 4 * text.length())
                .order(ByteOrder.nativeOrder());
        payload.putInt(-errno);
        new NetlinkMessage(request.type(), request.flags(), ByteBuffer.allocate(0)).encode(payload);
        int flags = NetlinkError.NLM_F_CAPPED;
        if (!text.isEmpty()) {
            flags |= NetlinkError.NLM_F_ACK_TLVS;
            new AttributeWriter(payload).putText(NetlinkError.NLMSGERR_ATTR_MSG, text);
        }
        return new NetlinkMessage(NetlinkMessage.NLMSG_ERROR, flags, payload.flip());
    }
}
