package org.vrrp4j.runtime;

import java.io.IOException;
import java.util.function.Consumer;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.Advertisement;

/** What a router has sent, and could not send of late: counted, and a failure reported the first time of several. */
final class SendFailures implements AnnouncementRounds.Observer {
    private final RouterConfig config;
    private final Counters counters;
    private final Consumer<VrrpEvent> report;
    private boolean advertisements;
    private boolean peers;
    private boolean announcements;

    SendFailures(RouterConfig config, Counters counters, Consumer<VrrpEvent> report) {
        this.config = config;
        this.counters = counters;
        this.report = report;
    }

    /** Whether the last advertisement reached nobody. */
    boolean ofAdvertisements() {
        return advertisements;
    }

    /** Whether the last advertisement reached not everybody. */
    boolean ofAny() {
        return advertisements || peers;
    }

    /** An advertisement reached nobody. */
    void onNobodyReached(IOException failure) {
        onFailed("an advertisement", failure, advertisements);
        advertisements = true;
    }

    /**
     * An advertisement reached somebody.
     *
     * @param failure that of a peer, or null
     * @return whether the last one had reached nobody
     */
    boolean onReached(Advertisement advertisement, IOException failure) {
        counters.sent(advertisement);
        if (failure != null) {
            onFailed("an advertisement to one of several peers", failure, peers);
        }
        peers = failure != null;
        boolean recovered = advertisements;
        advertisements = false;
        return recovered;
    }

    @Override
    public void onAnnounced(int frames) {
        counters.announcements.add(frames);
    }

    @Override
    public void onRoundEnded(IOException failure) {
        if (failure != null) {
            onFailed("an announcement", failure, announcements);
        }
        announcements = failure != null;
    }

    private void onFailed(String operation, IOException failure, boolean known) {
        counters.sendFailures.increment();
        if (!known) {
            report.accept(new VrrpEvent.SendFailed(config.id(), operation, failure.getMessage()));
        }
    }
}
