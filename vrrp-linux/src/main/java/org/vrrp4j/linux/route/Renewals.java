package org.vrrp4j.linux.route;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;

/**
 * Renews the leases of claims: all that are asked for in a turn of the loop go to the kernel in one datagram. As long
 * as nothing changes and nothing is refused this makes no objects for each.
 *
 * <p>The kernel changes addresses of the whole host one after the other, whatever network namespace they are in (its
 * RTNL lock): while a namespace with 600 interfaces ended, a renewal was measured to wait for 0.34 s. So the loop does
 * not wait: it hands over what is to be renewed, and a loop that hangs hands over nothing. Before it changes an address
 * itself it has {@link #settle} see to it that no renewal is under way, which could bring back what has gone.
 *
 * <p><b>Thread:</b> the loop's, but for {@link #run}.
 */
final class Renewals {
    private static final Logger LOG = LoggerFactory.getLogger(RouteAddressBackend.class);

    private final RouteFeed feed;
    private final AddressRequests requests;
    private final NetlinkClient client;
    private final Executor executor;
    // kept, as they are wanted again and again
    private final Runnable renewal;
    private final Runnable send = this::run;
    private final NetlinkClient.Refusals refused = this::onRefused;
    private final List<ClaimRecord> waiting = new ArrayList<>();
    private boolean renewsSoon;

    // What has been handed over: nobody touches it until it is done.
    private final List<ClaimRecord> renewed = new ArrayList<>();
    private final List<NetlinkMessage> messages = new ArrayList<>();
    /** Whose each message is. */
    private final List<ClaimRecord> owners = new ArrayList<>();

    private final List<Refused> refusals = new ArrayList<>();
    private LinuxException failure;

    // Guarded by this.
    private Stage stage = Stage.IDLE;
    private boolean awaited;

    private enum Stage {
        IDLE,
        HANDED_OVER,
        RUNNING,
        DONE
    }

    /** A message by its index, and how to make the refusal an exception. */
    private record Refused(int index, Function<String, LinuxException> refusal) {}

    /**
     * Feed, client and executor stay the caller's.
     *
     * @param client for renewals only
     * @param executor where the kernel is asked
     */
    Renewals(RouteFeed feed, AddressRequests requests, NetlinkClient client, Executor executor) {
        this.feed = feed;
        this.requests = requests;
        this.client = client;
        this.executor = executor;
        this.renewal = feed.unlessClosed(this::renew);
    }

    /** Renews what is held of a claim, after this turn. */
    void add(ClaimRecord record) {
        collect();
        if (record.isRenewalDue(feed.nanoTime()) && record.onRenewalAsked()) {
            waiting.add(record);
            renewSoon();
        }
    }

    private void renewSoon() {
        if (!renewsSoon) {
            renewsSoon = true;
            feed.runSoon(renewal);
        }
    }

    private void renew() {
        renewsSoon = false;
        if (isUnderWay()) {
            return;
        }
        collect();
        if (waiting.isEmpty()) {
            return;
        }
        long now = feed.nanoTime();
        for (int i = 0; i < waiting.size(); i++) {
            ClaimRecord record = waiting.get(i);
            record.onLeased(now, requests.leaseSeconds(record.claim()));
            List<NetlinkMessage> renewals = record.renewals(requests);
            for (int j = 0; j < renewals.size(); j++) {
                messages.add(renewals.get(j));
                owners.add(record);
            }
        }
        renewed.addAll(waiting);
        waiting.clear();
        synchronized (this) {
            stage = Stage.HANDED_OVER;
        }
        executor.execute(send);
        collect();
    }

    /** Whether the next ones must wait; then they are sent as soon as the last ones are done. */
    private synchronized boolean isUnderWay() {
        boolean underWay = stage == Stage.HANDED_OVER || stage == Stage.RUNNING;
        awaited = underWay && !waiting.isEmpty();
        return underWay;
    }

    /** Sends what has been handed over, unless it has been withdrawn: on a thread of the executor. */
    private void run() {
        synchronized (this) {
            if (stage != Stage.HANDED_OVER) {
                return;
            }
            stage = Stage.RUNNING;
        }
        boolean isToBeTold;
        try {
            client.repeat(messages, refused);
        } catch (LinuxException e) {
            failure = e;
        } finally {
            synchronized (this) {
                stage = Stage.DONE;
                isToBeTold = awaited || failure != null || !refusals.isEmpty();
                awaited = false;
                notifyAll();
            }
        }
        if (isToBeTold) {
            try {
                feed.runSoon(renewal);
            } catch (RejectedExecutionException e) {
                LOG.debug("nobody waits for renewals any more", e);
            }
        }
    }

    private void onRefused(int index, Function<String, LinuxException> refusal) {
        refusals.add(new Refused(index, refusal));
    }

    /** Takes note of what is done. */
    private void collect() {
        synchronized (this) {
            if (stage != Stage.DONE) {
                return;
            }
            stage = Stage.IDLE;
        }
        for (Refused each : refusals) {
            String operation = requests.operation(messages.get(each.index()));
            tell(owners.get(each.index()), each.refusal().apply(operation));
        }
        for (int i = 0; i < renewed.size(); i++) {
            if (failure != null) {
                tell(renewed.get(i), failure);
            }
            renewed.get(i).onRenewalEnded();
        }
        failure = null;
        clear();
    }

    private void clear() {
        renewed.clear();
        messages.clear();
        owners.clear();
        refusals.clear();
    }

    /** Returns when no renewal is under way; one that has not begun is put off until after this turn. */
    void settle() {
        if (awaitEnd()) {
            waiting.addAll(0, renewed);
            clear();
            renewSoon();
        }
    }

    /** Returns whether what was handed over has been withdrawn. */
    private synchronized boolean awaitEnd() {
        if (stage == Stage.HANDED_OVER) {
            stage = Stage.IDLE;
            return true;
        }
        boolean interrupted = false;
        while (stage == Stage.RUNNING) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** The first of several failures. */
    private static void tell(ClaimRecord record, LinuxException failure) {
        if (record.onRenewalRefused()) {
            LOG.warn("Cannot renew the lease of {}: {}", record.claim().router(), failure.getMessage());
        }
    }
}
