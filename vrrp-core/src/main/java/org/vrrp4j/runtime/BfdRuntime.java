package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vrrp4j.bfd.ControlPacket;
import org.vrrp4j.bfd.ControlPacketCodec;
import org.vrrp4j.bfd.ControlRejection;
import org.vrrp4j.bfd.DecodedControl;
import org.vrrp4j.config.BfdPath;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.model.BfdRejectionReason;
import org.vrrp4j.model.BfdSessions;
import org.vrrp4j.model.BfdStatus;
import org.vrrp4j.spi.BfdTransport;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.TrackerBackend;

/**
 * The BFD sessions of a node, one for each way to a neighbour, and which of them a packet belongs to. A session lives
 * as long as anybody follows it, whatever he asks of it meanwhile. On the loop's thread, but for {@link #status()}.
 */
final class BfdRuntime implements BfdTransport.Receiver {
    private final EventLoop loop;
    private final Platform platform;
    private final SplittableRandom random;
    private final List<BfdSession> sessions = new CopyOnWriteArrayList<>();
    private final Counters.EnumCounter<BfdRejectionReason> unassigned =
            new Counters.EnumCounter<>(BfdRejectionReason.class);
    private BfdTransport transport;

    BfdRuntime(EventLoop loop, Platform platform) {
        this.loop = loop;
        this.platform = platform;
        this.random = new SplittableRandom(loop.nanoTime() ^ loop.wallTime().toEpochMilli());
    }

    /**
     * Follows the session with a neighbour, which is begun unless there is one.
     *
     * @param listener is told at once how it is, then each time that it comes up or goes down
     * @throws IOException if there can be no such session on this host
     */
    TrackerBackend.Watch watch(BfdTracker tracker, BfdSession.Listener listener) throws IOException {
        BfdSession session = sessions.stream()
                .filter(running -> running.path().isSameWayAs(tracker.path()))
                .findFirst()
                .orElse(null);
        if (session == null) {
            session = open(tracker);
        }
        BfdSession followed = session;
        BfdSession.Follower follower = new BfdSession.Follower(tracker, listener);
        followed.add(follower);
        return () -> {
            if (sessions.contains(followed) && !followed.remove(follower)) {
                end(followed);
            }
        };
    }

    private BfdSession open(BfdTracker tracker) throws IOException {
        if (transport == null) {
            transport = platform.trackers().bfd(this);
        }
        try {
            BfdTransport.Way way = transport.open(tracker.path());
            BfdSession session = new BfdSession(loop, tracker, way, unusedDiscriminator(), () -> random.nextDouble());
            sessions.add(session);
            return session;
        } catch (IOException e) {
            closeUnused();
            throw new IOException(tracker + ": " + e.getMessage(), e);
        }
    }

    private int unusedDiscriminator() {
        int discriminator;
        do {
            discriminator = random.nextInt();
        } while (discriminator == 0 || find(discriminator).isPresent());
        return discriminator;
    }

    private void end(BfdSession session) {
        session.end();
        sessions.remove(session);
        closeUnused();
    }

    private void closeUnused() {
        if (sessions.isEmpty() && transport != null) {
            transport.close();
            transport = null;
        }
    }

    @Override
    public void onPacket(
            boolean multihop, InetAddress source, InetAddress destination, int hopLimit, ByteBuffer packet) {
        DecodedControl decoded = ControlPacketCodec.decode(packet);
        BfdSession sender = find(multihop, source, destination).orElse(null);
        if (decoded instanceof ControlRejection rejection) {
            reject(sender, source, rejection);
            return;
        }
        ControlPacket control = (ControlPacket) decoded;
        int discriminator = control.yourDiscriminator();
        BfdSession session = discriminator == 0 ? sender : find(discriminator).orElse(null);
        if (session == null) {
            reject(
                    sender,
                    source,
                    new ControlRejection(BfdRejectionReason.NO_SESSION, "discriminator " + discriminator));
        } else if (!isFrom(session.path(), multihop, source)) {
            reject(sender, source, new ControlRejection(BfdRejectionReason.WRONG_NEIGHBOR, ""));
        } else if (!session.path().accepts(hopLimit)) {
            reject(session, source, new ControlRejection(BfdRejectionReason.TTL, "found " + hopLimit));
        } else {
            session.onPacket(control);
        }
    }

    private void reject(BfdSession session, InetAddress source, ControlRejection rejection) {
        EventLog.bfdRejected(source, rejection);
        if (session == null) {
            unassigned.increment(rejection.reason());
        } else {
            session.onRejected(rejection.reason());
        }
    }

    private Optional<BfdSession> find(int discriminator) {
        for (BfdSession session : sessions) {
            if (session.discriminator() == discriminator) {
                return Optional.of(session);
            }
        }
        return Optional.empty();
    }

    /** That of a sender; of several, the one with the source that the packet was sent to. */
    private Optional<BfdSession> find(boolean multihop, InetAddress source, InetAddress destination) {
        BfdSession found = null;
        for (BfdSession session : sessions) {
            Optional<InetAddress> own = session.path().source();
            boolean to = own.isPresent() && own.get().equals(destination);
            if (isFrom(session.path(), multihop, source) && (to || own.isEmpty() && found == null)) {
                found = session;
            }
        }
        return Optional.ofNullable(found);
    }

    private static boolean isFrom(BfdPath path, boolean multihop, InetAddress source) {
        return path.multihop() == multihop && path.neighbor().equals(source);
    }

    /** On any thread. */
    BfdSessions status() {
        return new BfdSessions(
                sessions.stream()
                        .map(BfdSession::status)
                        .sorted(Comparator.comparing(BfdStatus::name))
                        .toList(),
                unassigned.snapshot());
    }
}
