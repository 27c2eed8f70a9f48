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
public final class DelayedLinks implements LinkMonitor {
    private final LinkMonitor links;
    private final EventLoop loop;
    private static final LinkDelays NONE = new LinkDelays(Duration.ZERO, Duration.ZERO);

    private Map<String, LinkDelays> delays;
    private final List<Delayed> delayed = new ArrayList<>();

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
            LinkDelays delay = delays.getOrDefault(interfaceName, NONE);
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

    /** From now on these; what is waited for already is waited for as long as was said then. */
    public void use(Map<String, LinkDelays> next) {
        delays = Map.copyOf(next);
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
        delayed.add(added);
        links.watch(interfaceName, added);
    }

    @Override
    public void unwatch(LinkListener listener) {
        delayed.removeIf(entry -> {
            boolean unwatched = entry.listener == listener;
            if (unwatched) {
                links.unwatch(entry);
                entry.cancel();
            }
            return unwatched;
        });
    }

    @Override
    public void close() {
        delayed.forEach(Delayed::cancel);
        links.close();
    }
}
