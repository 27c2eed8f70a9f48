package org.vrrp4j.linux.routing;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkChannel;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.spi.EventLoop;

/**
 * Hears of routes and rules that others delete or replace, from the first router on that has some: on a host with many
 * routes nobody else is to pay for their changes.
 */
final class RoutingWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoutingWatch.class);

    private final EventLoop loop;
    private final RoutingAddressBackend.Channels.Opener opener;
    private NetlinkChannel channel;
    private EventLoop.Watch watch = () -> {};
    private Runnable onDoubt = () -> {};
    private Consumer<String> onReplaced = key -> {};
    private boolean doubting;
    private boolean closed;

    RoutingWatch(EventLoop loop, RoutingAddressBackend.Channels.Opener opener) {
        this.loop = loop;
        this.opener = opener;
    }

    /**
     * Who is told.
     *
     * @param lost called soon after something may have gone
     * @param replaced called with the charge of what somebody has replaced
     */
    void tell(Runnable lost, Consumer<String> replaced) {
        onDoubt = lost;
        onReplaced = replaced;
    }

    /**
     * Listens from now on; may be called again.
     *
     * @throws LinuxException if the kernel refuses
     */
    void open() throws LinuxException {
        if (channel == null && !closed) {
            channel = opener.open();
            try {
                watch = loop.watch(channel.fd(), this::onReadable);
            } catch (IOException e) {
                LOG.warn("Routes and rules are not watched: {}", e.getMessage());
            }
        }
    }

    /** Something may have gone, as an interface has gone down. Told soon, once for all that happens in a moment. */
    void doubt() {
        if (channel != null && !doubting && !closed) {
            doubting = true;
            loop.execute(() -> {
                doubting = false;
                if (!closed) {
                    onDoubt.run();
                }
            });
        }
    }

    private void onReadable() {
        while (!closed) {
            try {
                List<NetlinkMessage> messages = channel.receive();
                if (messages.isEmpty()) {
                    return;
                }
                messages.forEach(this::onMessage);
            } catch (LinuxException e) {
                LOG.info("Messages about routes and rules were lost; looking at all of ours: {}", e.getMessage());
                doubt();
                return;
            }
        }
    }

    private void onMessage(NetlinkMessage message) {
        boolean ours = RoutingKernel.isOurs(message);
        switch (message.type()) {
            case RouteMessage.RTM_DELROUTE, RuleMessage.RTM_DELRULE -> {
                if (ours) {
                    doubt();
                }
            }
            case RouteMessage.RTM_NEWROUTE -> {
                if (!ours && (message.flags() & NetlinkMessage.NLM_F_REPLACE) != 0) {
                    RouteMessage.key(message.payload())
                            .ifPresent(key -> onReplaced.accept(RoutingKernel.charge(true, key)));
                }
            }
            default -> {}
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
        if (channel != null) {
            channel.close();
        }
    }
}
