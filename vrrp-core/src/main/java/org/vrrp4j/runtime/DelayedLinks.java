package org.vrrp4j.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vrrp4j.config.LinkDelays;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.LinkState;

/**
 * Links whose going down or coming up must last for a while. While a link is down and that does not count yet, it is
 * told of as it was; while it is up and that does not count yet, as it is, but down. On the loop's thread.
 */
final class DelayedLinks implements LinkMonitor {
    private static final LinkDelays NONE = new LinkDelays(Duration.ZERO, Duration.ZERO);

    private final LinkMonitor links;
    private final EventLoop loop;
    private final List<Delayed> listeners = new ArrayList<>();
    private Map<String, LinkDelays> delays = Map.of();

    /** One listener of one interface. */
    private final class Delayed implements LinkListener {
        private final String interfaceName;
        private final LinkListener listener;
        private LinkState told;
        private LinkState latest;
        private EventLoop.Scheduled waiting;

        Delayed(String interfaceName, LinkListener listener) {
            this.interfaceName = interfaceName;
            this.listener = listener;
        }

        @Override
        public void onLink(LinkState state) {
            latest = state;
            Duration wait = delay(state);
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

        private Duration delay(LinkState state) {
            if (told == null || !told.present() || !state.present() || told.up() == state.up()) {
                return Duration.ZERO;
            }
            LinkDelays delay = delays.getOrDefault(interfaceName, NONE);
            return state.up() ? delay.up() : delay.down();
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

    /** The links of another monitor, without delay. */
    DelayedLinks(LinkMonitor links, EventLoop loop) {
        this.links = links;
        this.loop = loop;
    }

    /** From the next change of a link on these delays count, and none for other interfaces. */
    void use(Map<String, LinkDelays> next) {
        delays = next;
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
        Delayed added = new Delayed(interfaceName, listener);
        listeners.add(added);
        links.watch(interfaceName, added);
    }

    @Override
    public void unwatch(LinkListener listener) {
        for (Delayed delayed : List.copyOf(listeners)) {
            if (delayed.listener == listener) {
                delayed.cancel();
                links.unwatch(delayed);
                listeners.remove(delayed);
            }
        }
    }

    /** Tells nobody anything any more; the other monitor is closed by its owner. */
    @Override
    public void close() {
        List.copyOf(listeners).forEach(delayed -> unwatch(delayed.listener));
    }
}
