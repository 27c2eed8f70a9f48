package org.vrrp4j.linux.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.LinkState;

/**
 * Tells routers about their interfaces, by name. Like {@code ip monitor link address}.
 *
 * <ul>
 *   <li>Deleted, renamed, moved to another network namespace: missing, until there is one of the name again. If that
 *       happens before the messages have been read, it is told as another incarnation of the interface.
 *   <li>An overrun: interfaces and addresses are read anew, and each counts as another incarnation, as one that was
 *       deleted and created again with its old number and addresses looks like before.
 *   <li>The address that advertisements come from is the first of the interface's own that is primary, or else its
 *       first own one; over IPv6 the first link-local one that is no virtual address and has passed duplicate address
 *       detection. Each time it changes that is told.
 * </ul>
 *
 * <p>The kernel itself tells the loss of a carrier up to a second late when it happens twice within a second.
 */
public final class RouteLinkMonitor implements LinkMonitor {
    private final RouteFeed feed;
    private final Predicate<AddressMessage> virtual;
    private final List<Watched> watched = new ArrayList<>();

    private static final class Watched {
        private final String interfaceName;
        private final LinkListener listener;
        private LinkState told;

        Watched(String interfaceName, LinkListener listener) {
            this.interfaceName = interfaceName;
            this.listener = listener;
        }
    }

    /**
     * On a started feed, which stays the caller's.
     *
     * @param virtual which addresses are virtual and so not an interface's own
     */
    public RouteLinkMonitor(RouteFeed feed, Predicate<AddressMessage> virtual) {
        this.feed = feed;
        this.virtual = virtual;
        feed.follow(new RouteFeed.Follower() {
            @Override
            public void onAddressGone(AddressMessage address) {
                // The table without it is all that matters.
            }

            @Override
            public void onTable() {
                List.copyOf(watched).forEach(RouteLinkMonitor.this::tell);
            }
        });
    }

    @Override
    public void watch(String interfaceName, LinkListener listener) {
        feed.checkThread();
        feed.catchUp();
        Watched entry = new Watched(interfaceName, listener);
        watched.add(entry);
        tell(entry);
    }

    @Override
    public void unwatch(LinkListener listener) {
        watched.removeIf(entry -> entry.listener == listener);
    }

    private void tell(Watched entry) {
        LinkState state = stateOf(entry.interfaceName);
        if (watched.contains(entry) && !state.equals(entry.told)) {
            entry.told = state;
            entry.listener.onLink(state);
        }
    }

    private LinkState stateOf(String name) {
        return feed.table()
                .link(name)
                .map(link -> {
                    List<AddressMessage> own = feed.table().addressesOn(link.index()).stream()
                            .filter(virtual.negate())
                            .toList();
                    return new LinkState(
                            name,
                            true,
                            link.index(),
                            link.isUp(),
                            primaryIpv4(own),
                            linkLocal(own),
                            feed.table().incarnation(link.index()),
                            own.stream().map(AddressMessage::address).collect(Collectors.toSet()));
                })
                .orElseGet(() -> LinkState.missing(name));
    }

    /** The first primary address; beside a virtual address in its subnet, the interface's own may be secondary. */
    private static Optional<InetAddress> primaryIpv4(List<AddressMessage> own) {
        List<AddressMessage> candidates = own.stream()
                .filter(entry -> IpFamily.of(entry.address()) == IpFamily.IPV4)
                .toList();
        return candidates.stream()
                .filter(entry -> !entry.has(AddressMessage.IFA_F_SECONDARY))
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .map(AddressMessage::address);
    }

    private static Optional<InetAddress> linkLocal(List<AddressMessage> own) {
        return own.stream()
                .filter(entry -> IpFamily.of(entry.address()) == IpFamily.IPV6)
                .filter(entry -> entry.address().isLinkLocalAddress())
                .filter(entry -> !entry.has(AddressMessage.IFA_F_TENTATIVE))
                .filter(entry -> !entry.has(AddressMessage.IFA_F_DADFAILED))
                .map(AddressMessage::address)
                .findFirst();
    }

    @Override
    public void close() {
        watched.clear();
    }
}
