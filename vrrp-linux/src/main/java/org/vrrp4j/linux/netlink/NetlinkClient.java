package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * Requests with their answers, one at a time over a channel of its own.
 *
 * <p>The kernel answers rtnetlink requests while they are being sent, so no call waits: a missing answer is an error.
 */
public final class NetlinkClient implements AutoCloseable {
    private static final int DUMP_ATTEMPTS = 10;
    // Of refusals, 832 bytes each, the usual queue of 208 KiB holds 256; one that finds it full is lost. Fewer at once
    // take
    // longer: as soon as there is a gap the kernel works at the multicast groups of IPv6 addresses, and holds up the
    // rest.
    private static final int BATCH = 250;

    private final NetlinkChannel channel;
    private int sequence;

    /** The channel becomes the client's, to close with it. */
    public NetlinkClient(NetlinkChannel channel) {
        this.channel = channel;
    }

    /**
     * Has the kernel do something.
     *
     * @param operation the request in errors, such as {@code RTM_NEWADDR 192.0.2.100/24 dev eth0}
     * @param flags besides {@code NLM_F_REQUEST} and {@code NLM_F_ACK}
     * @throws LinuxException if the kernel refuses, with its own words where it has some
     */
    public void execute(String operation, int type, int flags, ByteBuffer payload) throws LinuxException {
        int number = ++sequence;
        int allFlags = flags | NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_ACK;
        channel.send(new NetlinkMessage(type, allFlags, payload).withSequence(number));
        while (true) {
            for (NetlinkMessage answer : receive(() -> operation)) {
                if (answer.sequence() == number && answer.type() == NetlinkMessage.NLMSG_ERROR) {
                    NetlinkError.decode(answer).throwIfFailed(operation);
                    return;
                }
            }
        }
    }

    /**
     * Has the kernel do several things of one kind, like {@link #executeAll(IntFunction, List)}.
     *
     * @param operation the request of a number in errors, as for {@link #execute}; asked for refused ones only
     * @param flags besides {@code NLM_F_REQUEST} and {@code NLM_F_ACK}
     * @return the refusals; empty if everything has been done
     * @throws LinuxException if the kernel does not take the requests or does not answer; what has been done is unknown
     */
    public List<LinuxException> executeAll(
            IntFunction<String> operation, int type, int flags, List<ByteBuffer> payloads) throws LinuxException {
        return List.copyOf(executeAll(
                        operation,
                        payloads.stream()
                                .map(payload -> new NetlinkMessage(type, flags, payload))
                                .toList())
                .values());
    }

    /**
     * Has the kernel do several things, each whatever becomes of the others, 250 of them at once. Only the last
     * of these is answered in any case, the others if they are refused: so many take hardly more calls than one.
     *
     * @param operation the request of a number in errors, as for {@link #execute}; asked for refused ones only
     * @param requests with their flags, besides {@code NLM_F_REQUEST} and {@code NLM_F_ACK}
     * @return the refusals by the number of the request, from 0 on; empty if everything has been done
     * @throws LinuxException if the kernel does not take the requests or does not answer; what has been done is unknown
     */
    public SortedMap<Integer, LinuxException> executeAll(IntFunction<String> operation, List<NetlinkMessage> requests)
            throws LinuxException {
        SortedMap<Integer, LinuxException> refusals = new TreeMap<>();
        for (int from = 0; from < requests.size(); from += BATCH) {
            List<NetlinkMessage> batch = requests.subList(from, Math.min(from + BATCH, requests.size()));
            executePart(operation, from, batch, refusals);
        }
        return refusals;
    }

    /** Hears which of several requests were refused. */
    @FunctionalInterface
    public interface Refusals {
        /**
         * The request at an index was refused.
         *
         * @param refusal makes it an exception, given what the request was
         */
        void onRefused(int index, Function<String, LinuxException> refusal);
    }

    /**
     * Has the kernel do things again and again, 250 of them at once. No request asks for an answer, and then the
     * kernel answers refused ones only: if none is, this makes no objects.
     *
     * @param requests with {@code NLM_F_REQUEST} and without {@code NLM_F_ACK}
     * @throws LinuxException if the kernel does not take the requests or has lost an answer; what has been done is
     *     unknown
     */
    public void repeat(List<NetlinkMessage> requests, Refusals refusals) throws LinuxException {
        for (int from = 0; from < requests.size(); from += BATCH) {
            int to = Math.min(from + BATCH, requests.size());
            int first = sequence + 1;
            sequence += to - from;
            channel.sendNumbered(first, requests, from, to);
            for (List<NetlinkMessage> answers = channel.receive(); !answers.isEmpty(); answers = channel.receive()) {
                for (NetlinkMessage answer : answers) {
                    int index = from + answer.sequence() - first;
                    if (answer.type() == NetlinkMessage.NLMSG_ERROR && index >= from && index < to) {
                        tellRefusal(index, NetlinkError.decode(answer), refusals);
                    }
                }
            }
        }
    }

    private static void tellRefusal(int index, NetlinkError error, Refusals refusals) {
        if (error.errno() != 0) {
            refusals.onRefused(index, error::failure);
        }
    }

    private void executePart(
            IntFunction<String> operation,
            int start,
            List<NetlinkMessage> requests,
            SortedMap<Integer, LinuxException> refusals)
            throws LinuxException {
        int first = sequence + 1;
        int last = sequence + requests.size();
        channel.sendAll(numbered(requests, last));
        while (true) {
            for (NetlinkMessage answer : receive(() -> operation.apply(start + requests.size() - 1))) {
                int index = answer.sequence() - first;
                if (index < 0 || index >= requests.size() || answer.type() != NetlinkMessage.NLMSG_ERROR) {
                    continue;
                }
                try {
                    NetlinkError.decode(answer).throwIfFailed(operation.apply(start + index));
                } catch (LinuxException e) {
                    refusals.put(start + index, e);
                }
                if (answer.sequence() == last) {
                    return;
                }
            }
        }
    }

    /** Of these the one with the number {@code acknowledged} is answered in any case. */
    private List<NetlinkMessage> numbered(List<NetlinkMessage> requests, int acknowledged) {
        List<NetlinkMessage> numbered = new ArrayList<>(requests.size());
        for (NetlinkMessage request : requests) {
            int number = ++sequence;
            int flags = request.flags() | NetlinkMessage.NLM_F_REQUEST;
            flags |= number == acknowledged ? NetlinkMessage.NLM_F_ACK : 0;
            numbered.add(new NetlinkMessage(request.type(), flags, request.payload()).withSequence(number));
        }
        return numbered;
    }

    /**
     * Has netfilter do several things in one go: all or none.
     *
     * @param operation the batch in errors
     * @param requests from its begin to its end
     * @throws LinuxException if the kernel refuses one of them
     */
    public void executeBatch(String operation, List<NetlinkMessage> requests) throws LinuxException {
        int first = sequence + 1;
        int acknowledged = sequence + requests.size() - 1;
        channel.sendAll(numbered(requests, acknowledged));
        while (true) {
            for (NetlinkMessage answer : receive(() -> operation)) {
                int index = answer.sequence() - first;
                if (index >= 0 && index < requests.size() && answer.type() == NetlinkMessage.NLMSG_ERROR) {
                    NetlinkError.decode(answer).throwIfFailed(operation);
                    if (answer.sequence() == acknowledged) {
                        return;
                    }
                }
            }
        }
    }

    /**
     * Reads a whole table, anew if it changed meanwhile.
     *
     * @param operation the request in errors
     * @throws LinuxException if the kernel refuses; EBUSY if the table changed during each of ten attempts
     */
    public List<NetlinkMessage> dump(String operation, int type, ByteBuffer payload) throws LinuxException {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            List<NetlinkMessage> entries = new ArrayList<>();
            if (dumpOnce(operation, type, payload, entries)) {
                return entries;
            }
        }
        throw new LinuxException(
                operation, Errno.EBUSY.number(), "the table changed during each of " + DUMP_ATTEMPTS + " attempts");
    }

    /** Returns false if the table changed meanwhile; the answer has been read to its end even so. */
    private boolean dumpOnce(String operation, int type, ByteBuffer payload, List<NetlinkMessage> entries)
            throws LinuxException {
        int number = ++sequence;
        int flags = NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_DUMP;
        channel.send(new NetlinkMessage(type, flags, payload).withSequence(number));
        boolean consistent = true;
        while (true) {
            for (NetlinkMessage answer : receive(() -> operation)) {
                if (answer.sequence() != number) {
                    continue;
                }
                consistent &= (answer.flags() & NetlinkMessage.NLM_F_DUMP_INTR) == 0;
                switch (answer.type()) {
                    case NetlinkMessage.NLMSG_ERROR, NetlinkMessage.NLMSG_DONE -> {
                        NetlinkError.decode(answer).throwIfFailed(operation);
                        return consistent;
                    }
                    default -> entries.add(answer);
                }
            }
        }
    }

    private List<NetlinkMessage> receive(Supplier<String> operation) throws LinuxException {
        List<NetlinkMessage> messages = channel.receive();
        if (messages.isEmpty()) {
            throw new LinuxException(operation.get(), Errno.ETIMEDOUT.number(), "the kernel has not answered");
        }
        return messages;
    }

    @Override
    public void close() {
        channel.close();
    }
}
