package org.vrrp4j.linux.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;

/** The interfaces of this host and their addresses, in the kernel's order, as far as messages have told. */
public final class InterfaceTable {
    private final Map<Integer, LinkMessage> links = new LinkedHashMap<>();
    private final Map<Key, AddressMessage> addresses = new LinkedHashMap<>();
    private final Map<InetAddress, List<AddressMessage>> places = new HashMap<>();
    private final Map<Integer, Long> incarnations = new HashMap<>();
    private long lastIncarnation;
    private long shape;
    private long hostShape;

    InterfaceTable() {}

    /** What the kernel tells addresses apart by. */
    private record Key(int interfaceIndex, InetAddress address, int prefixLength) {
        static Key of(AddressMessage message) {
            return new Key(message.interfaceIndex(), message.address(), message.prefixLength());
        }
    }

    /**
     * Takes in what a message tells; one of another kind changes nothing.
     *
     * @param onGone hears of each address that has gone by it
     */
    void apply(NetlinkMessage message, Consumer<AddressMessage> onGone) {
        switch (message.type()) {
            case LinkMessage.RTM_NEWLINK ->
                LinkMessage.decode(message.payload()).ifPresent(this::add);
            case LinkMessage.RTM_DELLINK ->
                LinkMessage.decode(message.payload()).ifPresent(link -> removeLink(link.index(), onGone));
            case AddressMessage.RTM_NEWADDR ->
                AddressMessage.decode(message.payload()).ifPresent(this::add);
            case AddressMessage.RTM_DELADDR ->
                AddressMessage.decode(message.payload()).ifPresent(address -> {
                    remove(address);
                    onGone.accept(address);
                });
            default -> {}
        }
    }

    /** Takes in what has been changed of an interface: of one that is down the kernel does not tell it. */
    public void add(LinkMessage link) {
        if (!link.equals(links.put(link.index(), link))) {
            onChange();
        }
        incarnations.computeIfAbsent(link.index(), index -> ++lastIncarnation);
    }

    /** Takes in an address that the kernel has accepted: of an IPv6 address it tells only some time later. */
    void add(AddressMessage address) {
        AddressMessage before = addresses.put(Key.of(address), address);
        if (before == null || before.flags() != address.flags()) {
            onChange(address);
        }
        if (before != null) {
            places.get(address.address()).remove(before);
        }
        places.computeIfAbsent(address.address(), none -> new ArrayList<>(1)).add(address);
    }

    private void onChange() {
        shape++;
        hostShape++;
    }

    private void onChange(AddressMessage address) {
        shape++;
        if (address.protocol() != AddressMessage.PROTOCOL_VRRP) {
            hostShape++;
        }
    }

    private void remove(AddressMessage address) {
        onChange(address);
        AddressMessage before = addresses.remove(Key.of(address));
        if (before != null) {
            places.computeIfPresent(before.address(), (none, entries) -> {
                entries.remove(before);
                return entries.isEmpty() ? null : entries;
            });
        }
    }

    /**
     * Another number than before says that an address has come or gone or has other flags, or that an interface is not
     * what it was; renewals do not count.
     */
    long shape() {
        return shape;
    }

    /** The same for interfaces and addresses without our tag. */
    long hostShape() {
        return hostShape;
    }

    private void removeLink(int index, Consumer<AddressMessage> onGone) {
        onChange();
        links.remove(index);
        incarnations.remove(index);
        addressesOn(index).forEach(address -> {
            remove(address);
            onGone.accept(address);
        });
    }

    /**
     * Becomes like another table. Every interface may be another one by now, as what happened in between is not known.
     *
     * @param onGone hears of each address that the other has not
     */
    void replaceBy(InterfaceTable other, Consumer<AddressMessage> onGone) {
        List<AddressMessage> gone = addresses.entrySet().stream()
                .filter(entry -> !other.addresses.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        onChange();
        links.clear();
        incarnations.clear();
        other.links.values().forEach(this::add);
        addresses.clear();
        places.clear();
        other.addresses.values().forEach(this::add);
        gone.forEach(onGone);
    }

    /** All interfaces. */
    public Collection<LinkMessage> links() {
        return List.copyOf(links.values());
    }

    /** The interface of a name. */
    public Optional<LinkMessage> link(String name) {
        return links.values().stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** The interface of a number. */
    public Optional<LinkMessage> link(int index) {
        return Optional.ofNullable(links.get(index));
    }

    /** A number that an interface has as long as it certainly is the same one; 0 if it has gone. */
    public long incarnation(int index) {
        return incarnations.getOrDefault(index, 0L);
    }

    /** Whether a MAC address is that of an interface of this host. */
    public boolean hasMac(MacAddress mac) {
        return links.values().stream()
                .anyMatch(link -> link.mac().filter(mac::equals).isPresent());
    }

    /** The name of an interface for messages, or its number if it has gone. */
    public String nameOf(int index) {
        LinkMessage link = links.get(index);
        return link == null ? "interface " + index : link.name();
    }

    /** What an address that is there is called, and told apart by: see {@link ClaimRecords#place}. */
    String placeOf(AddressMessage entry) {
        return IpAddresses.text(entry.address(), nameOf(entry.interfaceIndex()));
    }

    /** All addresses. */
    public Collection<AddressMessage> addresses() {
        return List.copyOf(addresses.values());
    }

    /** The addresses of one interface. */
    public List<AddressMessage> addressesOn(int index) {
        return addresses.values().stream()
                .filter(address -> address.interfaceIndex() == index)
                .toList();
    }

    /** Wherever an address is; with several prefix lengths it can be twice on one interface. */
    public List<AddressMessage> find(InetAddress address) {
        return List.copyOf(places.getOrDefault(address, List.of()));
    }

    /** An address with this prefix length on this interface. */
    public Optional<AddressMessage> find(int interfaceIndex, InetAddress address, int prefixLength) {
        return Optional.ofNullable(addresses.get(new Key(interfaceIndex, address, prefixLength)));
    }
}
