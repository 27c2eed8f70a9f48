package org.vrrp4j.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.vrrp4j.config.LinkDelays;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.LinkState;

/**
 * Links whose going down or coming up must last for a while. While a link is down and that does not count yet, it is
 * told of as it was; while it is up and that does not count yet, as it is, but down. On the loop's thread.
 */
public final class DelayedLinks implements LinkMonitor {
    private final LinkMonitor links;
    private final EventLoop loop;
    private final Map<String, LinkDelays> delays;
    private final Map<LinkListener, Delayed> delayed = new HashMap<>();

    /** One listener of one interface. */
    private final class Delayed implements LinkListener {
        private final LinkDelays delay;
        private final LinkListener listener;
        private LinkState told;
        private LinkState latest;
        private EventLoop.Scheduled waiting;

        Delayed(LinkDelays delay, LinkListener listener) {
            this.delay = delay;
            this.listener = listener;
        }

        @Override
        public void onLink(LinkState state) {
            latest = state;
            Duration wait = told == null || !told.present() || !state.present() || told.up() == state.up()
                    ? Duration.ZERO
                    : state.up() ? delay.up() : delay.down();
            if (wait.isZero()) {
                tell();
            } else {
                if (waiting == null) {
                    waiting = loop.schedule(loop.nanoTime() + wait.toNanos(), this::tell);
                }
                if (state.up()) {
                    told = down(state);
                    listener.onLink(told);
                }
            }
        }

        private void tell() {
            cancel();
            told = latest;
            listener.onLink(latest);
        }

        void cancel() {
            if (waiting != null) {
                waiting.cancel();
                waiting = null;
            }
        }
    }

    /**
     * The links of another monitor.
     *
     * @param delays for each interface that has some
     */
    public DelayedLinks(LinkMonitor links, EventLoop loop, Map<String, LinkDelays> delays) {
        this.links = links;
        this.loop = loop;
        this.delays = Map.copyOf(delays);
    }

    private static LinkState down(LinkState state) {
        return new LinkState(
                state.name(),
                state.present(),
                state.index(),
                false,
                state.ipv4(),
                state.ipv6LinkLocal(),
                state.incarnation());
    }

    @Override
    public void watch(String interfaceName, LinkListener listener) throws IOException {
        LinkDelays delay = delays.get(interfaceName);
        if (delay == null) {
            links.watch(interfaceName, listener);
            return;
        }
        Delayed added = new Delayed(delay, listener);
        delayed.put(listener, added);
        links.watch(interfaceName, added);
    }

    @Override
    public void close() {
        delayed.values().forEach(Delayed::cancel);
        links.close();
    }
}
