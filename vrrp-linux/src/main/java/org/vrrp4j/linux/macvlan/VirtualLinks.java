package org.vrrp4j.linux.macvlan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.Ipv4Setting;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;

/** Makes, changes and removes the interfaces, with the settings of those below. */
final class VirtualLinks {
    private static final String VRF = "vrf";
    private static final List<String> NO_BASES = List.of("macvlan", "macvtap", "ipvlan", "ipvtap");

    private final RouteFeed feed;
    private final NetlinkClient client;
    private final SlowRequests slow;
    private final BaseSettings settings;
    private final Path ipv6Settings;
    private final Ownership ownership;

    VirtualLinks(RouteFeed feed, NetlinkClient client, SlowRequests slow, Ownership ownership, Path ipv6Settings) {
        this.feed = feed;
        this.client = client;
        this.slow = slow;
        this.ownership = ownership;
        this.ipv6Settings = ipv6Settings;
        settings = new BaseSettings(feed, client);
    }

    Optional<LinkMessage> find(String name) {
        return feed.table().link(name);
    }

    Ownership ownership() {
        return ownership;
    }

    void catchUp() {
        feed.catchUp();
        feed.tellSoon();
    }

    /**
     * Nothing of it stays if a step fails.
     *
     * @param families those of the addresses that it is to hold
     */
    void make(String name, MacAddress mac, LinkMessage base, RouterId router, Set<IpFamily> families)
            throws IOException {
        Optional<String> obstacle = obstacle(base);
        if (obstacle.isPresent()) {
            throw new IOException("cannot make " + name + ": " + obstacle.get());
        }
        MacvlanRequests.add(client, name, mac, base, vrfOf(base));
        feed.catchUp();
        LinkMessage made = find(name)
                .orElseThrow(() -> new IOException("interface " + name + " is not there right after it was made"));
        try {
            made = configure(made, base, router, families);
        } catch (IOException e) {
            settings.onLeaving(made);
            MacvlanRequests.delete(client, made);
            feed.catchUp();
            throw e;
        }
    }

    /**
     * Gives an interface what it needs for addresses of these families; returns it as it is then.
     *
     * @throws IOException if the kernel refuses
     */
    LinkMessage configure(LinkMessage link, LinkMessage base, RouterId router, Set<IpFamily> families)
            throws IOException {
        Map<Ipv4Setting, Integer> saved =
                LinkAlias.of(link).map(LinkAlias::saved).orElse(Map.of());
        if (saved.isEmpty() && families.contains(IpFamily.IPV4)) {
            saved = settings.apply(base);
        }
        LinkAlias alias = new LinkAlias(router.toString(), saved);
        LinkMessage configured = link.withAlias(alias.toString());
        MacvlanRequests.configure(client, configured, alias, families, ipv6Settings);
        feed.table().add(configured);
        return configured;
    }

    /** Why no other MAC address is possible beside that of an interface. */
    static Optional<String> obstacle(LinkMessage base) {
        return NO_BASES.contains(base.kind())
                ? Optional.of(
                        base.name() + " is a " + base.kind() + " itself, which has no other MAC address beside its own")
                : Optional.empty();
    }

    private int vrfOf(LinkMessage base) {
        return feed.table()
                .link(base.masterIndex())
                .filter(master -> master.kind().equals(VRF))
                .map(LinkMessage::index)
                .orElse(0);
    }

    void setUp(LinkMessage link) throws LinuxException {
        MacvlanRequests.setUp(client, link, true);
        feed.catchUp();
    }

    CompletionStage<Boolean> setDown(LinkMessage link) {
        return slow.run(requests -> MacvlanRequests.setUp(requests, link, false));
    }

    CompletionStage<Boolean> remove(LinkMessage link) {
        settings.onLeaving(link);
        return slow.run(requests -> MacvlanRequests.delete(requests, link));
    }
}
