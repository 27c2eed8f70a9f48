package org.vrrp4j.linux.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;

/**
 * Renews the leases of claims: all that are asked for in a turn of the loop go to the kernel in one datagram at its
 * end. As long as nothing changes and nothing is refused this makes no objects for each.
 */
final class Renewals {
    private static final Logger LOG = LoggerFactory.getLogger(RouteAddressBackend.class);

    private final RouteFeed feed;
    private final AddressRequests requests;
    private final NetlinkClient client;
    private final List<ClaimRecord> waiting = new ArrayList<>();
    private final List<NetlinkMessage> messages = new ArrayList<>();
    /** Whose each message is. */
    private final List<ClaimRecord> owners = new ArrayList<>();

    // kept, as they are wanted with each renewal
    private final NetlinkClient.Refusals refused = this::onRefused;
    private final IntFunction<String> operation = this::operation;
    private final Runnable renewal;

    /** Feed and client stay the caller's. */
    Renewals(RouteFeed feed, AddressRequests requests, NetlinkClient client) {
        this.feed = feed;
        this.requests = requests;
        this.client = client;
        this.renewal = feed.unlessClosed(this::renew);
    }

    /** Renews what is held of a claim, at the end of this turn. */
    void add(ClaimRecord record) {
        if (record.isRenewalDue(feed.nanoTime()) && record.onRenewalAsked()) {
            waiting.add(record);
            if (waiting.size() == 1) {
                feed.runSoon(renewal);
            }
        }
    }

    private void renew() {
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
        try {
            client.repeat(operation, messages, refused);
        } catch (LinuxException e) {
            waiting.forEach(record -> tell(record, e));
        }
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).onRenewalEnded();
        }
        waiting.clear();
        messages.clear();
        owners.clear();
    }

    private String operation(int index) {
        return requests.operation(messages.get(index));
    }

    private void onRefused(int index, LinuxException refusal) {
        tell(owners.get(index), refusal);
    }

    /** The first of several failures. */
    private static void tell(ClaimRecord record, LinuxException failure) {
        if (record.onRenewalRefused()) {
            LOG.warn("Cannot renew the lease of {}: {}", record.claim().router(), failure.getMessage());
        }
    }
}
