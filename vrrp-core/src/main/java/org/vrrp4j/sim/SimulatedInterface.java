package org.vrrp4j.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.spi.LinkState;

/**
 * An interface of a host: its own addresses and the virtual ones, its carrier, what it knows of the neighbours on its
 * LAN, and whether what is sent gets out.
 *
 * <p><b>Thread:</b> as of its {@link SimulatedNetwork}.
 */
public final class SimulatedInterface {
    private static final int FIRST_LINK_INDEX = 2;

    private final SimulatedHost host;
    private final SimulatedLan lan;
    private final int index;
    private final int number;
    private final String name;
    private final InetAddress address;
    private final InetAddress linkLocal;
    private final Timeline timeline;
    private final HostAddresses kernel;
    private final BitSet cutOff = new BitSet();
    private final List<SimulatedChannel> channels = new ArrayList<>();
    private final Map<InetAddress, SimulatedHost> neighbours = new HashMap<>();
    private boolean up = true;
    private boolean sendsFail;

    /**
     * An interface.
     *
     * @param index which one of the LAN
     * @param number which one of the host
     */
    SimulatedInterface(SimulatedHost host, SimulatedLan lan, int index, int number, InetAddress address) {
        this.host = host;
        this.lan = lan;
        this.index = index;
        this.number = number;
        this.name = "eth" + number;
        this.address = address;
        this.timeline = host.timeline();
        this.kernel = new HostAddresses(this);
        byte[] bytes = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        System.arraycopy(address.getAddress(), 0, bytes, 12, 4);
        this.linkLocal = IpAddresses.of(bytes);
    }

    /** Its name, such as {@code eth0}. */
    public String name() {
        return name;
    }

    /** The host that it belongs to. */
    public SimulatedHost host() {
        return host;
    }

    /** The LAN that it is on. */
    public SimulatedLan lan() {
        return lan;
    }

    /** Its primary IPv4 address. */
    public InetAddress address() {
        return address;
    }

    /** Its link-local IPv6 address. */
    public InetAddress linkLocal() {
        return linkLocal;
    }

    /** Its own address of a family, which advertisements come from. */
    public InetAddress address(IpFamily family) {
        return family == IpFamily.IPV4 ? address : linkLocal;
    }

    /** Takes the carrier away: nothing comes in or goes out, and processes are told. */
    public void linkDown() {
        setLink(false);
    }

    /** Gives the carrier back. */
    public void linkUp() {
        setLink(true);
    }

    private void setLink(boolean value) {
        timeline.call(() -> {
            up = value;
            host.network().interfered(host, (up ? "link up" : "link down") + place());
            host.platforms().forEach(platform -> platform.onLink(state()));
        });
    }

    /** Lets every send fail while the link stays up, as a packet filter does; or work again. */
    public void failSends(boolean fail) {
        timeline.call(() -> {
            sendsFail = fail;
            host.network().interfered(host, (fail ? "sends fail" : "sends work") + place());
        });
    }

    /**
     * Somebody else puts a virtual address on this interface.
     *
     * @throws IllegalStateException if it is there already
     */
    public void addForeignAddress(InetAddress virtual) {
        timeline.call(() -> {
            if (kernel.has(virtual)) {
                throw new IllegalStateException(virtual.getHostAddress() + " is on " + host + " already");
            }
            kernel.addForeign(virtual);
            host.platforms().forEach(platform -> platform.backend().onForeignChange());
        });
    }

    /** Somebody else takes an address away, whoever put it there. Without effect if it is not on this interface. */
    public void removeAddress(InetAddress virtual) {
        timeline.call(() -> {
            if (kernel.remove(virtual, "by somebody else")) {
                onVanished(virtual);
                host.platforms().forEach(platform -> platform.backend().onForeignChange());
            }
        });
    }

    /** The virtual addresses that are on this interface now, whoever put them there. */
    public Set<InetAddress> addresses() {
        return timeline.ask(kernel::present);
    }

    /** Whether a virtual address is on this interface now. */
    public boolean has(InetAddress virtual) {
        return timeline.ask(() -> kernel.has(virtual));
    }

    /** The host that packets for an address are sent to from here: the last that announced it, if any was heard. */
    public Optional<SimulatedHost> neighbour(InetAddress virtual) {
        return timeline.ask(() -> Optional.ofNullable(neighbours.get(virtual)));
    }

    /**
     * Sends a message that no node has sent, from this interface and its address to the VRRP group.
     *
     * @param message from position to limit
     * @param hopLimit the TTL or hop limit it arrives with
     */
    public void forge(IpFamily family, ByteBuffer message, int hopLimit) {
        forge(address(family), family.multicastGroup(), message, hopLimit);
    }

    /**
     * Sends a message that no node has sent, from this interface, with any addresses.
     *
     * @param message from position to limit
     * @param hopLimit the TTL or hop limit it arrives with
     */
    public void forge(InetAddress source, InetAddress destination, ByteBuffer message, int hopLimit) {
        Packet packet = Packet.copy(source, destination, hopLimit, message, true);
        timeline.call(() -> lan.carry(this, packet));
    }

    /** Sends an advertisement that no node has sent, well formed. */
    public void forge(IpFamily family, Advertisement advertisement) {
        ByteBuffer message = AdvertisementCodec.encode(
                advertisement, ChecksumForm.PSEUDO_HEADER, address(family), family.multicastGroup());
        forge(family, message, AdvertisementCodec.HOP_LIMIT);
    }

    @Override
    public String toString() {
        return host + "/" + name;
    }

    int index() {
        return index;
    }

    /** What texts say of it: nothing where it is the host's first. */
    String place() {
        return number == 0 ? "" : " on " + name;
    }

    BitSet cutOff() {
        return cutOff;
    }

    HostAddresses kernel() {
        return kernel;
    }

    boolean isUp() {
        return up;
    }

    boolean canSend() {
        return up && !sendsFail;
    }

    boolean reaches(SimulatedInterface other) {
        return up && other.up && !cutOff.get(other.index);
    }

    LinkState state() {
        return new LinkState(name, true, FIRST_LINK_INDEX + number, up, Optional.of(address), Optional.of(linkLocal));
    }

    /** Whether a packet to this address is for this host. */
    boolean isFor(InetAddress destination) {
        return destination.isMulticastAddress()
                || destination.equals(address)
                || destination.equals(linkLocal)
                || kernel.has(destination);
    }

    void checkCanSend(InetAddress source) throws IOException {
        checkCanSend();
        if (!isFor(source)) {
            throw new IOException("sendmsg on " + name + " failed with EINVAL (22): the source "
                    + source.getHostAddress() + " is not on this host; put it there or configure another");
        }
    }

    void checkCanSend() throws IOException {
        if (!up) {
            throw new IOException(
                    "sendto on " + name + " failed with ENETDOWN (100): network is down; set the link up");
        }
        if (sendsFail) {
            throw new IOException("sendto on " + name + " failed with EPERM (1): operation not permitted; look at the"
                    + " packet filter's rules for output");
        }
    }

    void add(SimulatedChannel channel) {
        channels.add(channel);
    }

    void remove(SimulatedChannel channel) {
        channels.remove(channel);
    }

    /** Whether anything would hear a packet. */
    boolean listens() {
        return !channels.isEmpty();
    }

    void deliver(Packet packet) {
        if (!up) {
            return;
        }
        SimulatedNode node = host.node();
        if (packet.suspicious() && node != null && !node.isStalled()) {
            List<Occurrence.RouterState> before = node.routerStates();
            receive(packet);
            host.network().occur(new Occurrence.SuspiciousPacket(host, before, node.routerStates()));
        } else {
            receive(packet);
        }
    }

    private void receive(Packet packet) {
        // a receiver may close its channel
        for (int i = channels.size() - 1; i >= 0; i--) {
            if (i < channels.size()) {
                channels.get(i).receive(packet);
            }
        }
    }

    void hearAnnouncement(InetAddress virtual, SimulatedHost owner) {
        if (up) {
            neighbours.put(virtual, owner);
        }
    }

    /** An address has left this interface, but not because of the process that had it. */
    void onVanished(InetAddress virtual) {
        host.platforms().forEach(platform -> platform.backend().onVanished(this, virtual));
    }
}
