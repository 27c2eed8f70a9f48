package org.vrrp4j.linux.lab;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.vrrp4j.linux.lab.Topology.Cable;

/**
 * Real hosts on this machine, in network namespaces.
 *
 * <pre>{@code
 * try (Lab lab = Lab.open()) {
 *     LabHost a = lab.addHost("a", "192.0.2.1/24");
 *     LabHost b = lab.addHost("b", "192.0.2.2/24");
 *     LabProcess node = a.start("java", "-jar", "node.jar");
 *     a.partition();
 *     a.heal();
 * }
 * }</pre>
 *
 * <p>Works as root, and as a plain user where the kernel gives plain users user namespaces. Processes in the lab see
 * the machine's files, except that {@code /run} is empty; they see only the lab's processes.
 *
 * <p>A host takes some 20 ms to make. Every call is bounded: what takes longer than 10 s fails with an
 * {@link IOException} that names the command and has its error output. Closing ends every process of the lab; if the
 * JVM ends without closing, the kernel does it.
 *
 * <p>May be used from any thread.
 */
public final class Lab implements AutoCloseable {
    /** The name of the switch that is there from the start. */
    public static final String DEFAULT_SWITCH = "lan";

    /** Switch names are names of interfaces, which have 15 characters at most (IFNAMSIZ). */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,14}");

    private static final Pattern PORT_NAME = Pattern.compile("(port|part)\\d+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]+/\\d{1,3}");

    private final Holder holder;
    private final Map<String, LabSwitch> switches = new LinkedHashMap<>();
    private final Map<String, LabHost> hosts = new LinkedHashMap<>();
    private final List<String> hostNames = new CopyOnWriteArrayList<>();
    private int cables;
    private int partitions;

    private Lab(Holder holder) throws IOException {
        this.holder = holder;
        addSwitch(DEFAULT_SWITCH);
    }

    /** Whether {@link #open} works on this machine for this user; tried once, which takes some 50 ms. */
    public static boolean isAvailable() {
        return unavailabilityCause().isEmpty();
    }

    /** What is missing for a lab and how to get it: a command, a right, a kernel setting; empty if nothing is. */
    public static Optional<String> unavailabilityCause() {
        return Availability.CAUSE;
    }

    /**
     * A new lab with one switch and no host, apart from all others.
     *
     * @throws IOException if this machine cannot hold one, with the {@link #unavailabilityCause} as message
     */
    public static Lab open() throws IOException {
        if (!isAvailable()) {
            throw new IOException("no lab: " + Availability.CAUSE.orElseThrow());
        }
        Holder holder = startHolder();
        try {
            return new Lab(holder);
        } catch (IOException e) {
            holder.close();
            throw e;
        }
    }

    private static Holder startHolder() throws IOException {
        try {
            return Holder.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while opening a lab", e);
        }
    }

    /** Whether the lab runs in a user namespace, that is without the rights of root outside. */
    public boolean isUserNamespace() throws IOException {
        return holder.isUserNamespace();
    }

    /**
     * A further switch, connected to nothing.
     *
     * @param name lower-case letters, digits and hyphens, 15 at most
     */
    public synchronized LabSwitch addSwitch(String name) throws IOException {
        checkName(name, switches.keySet());
        if (PORT_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is kept for a port of a switch: name=" + name);
        }
        holder.script("lab: add switch " + name, Topology.addSwitch(name));
        LabSwitch added = new LabSwitch(name);
        switches.put(name, added);
        return added;
    }

    /**
     * A host whose interface {@code eth0} is plugged into the first switch.
     *
     * @param name lower-case letters, digits and hyphens, 15 at most
     * @param addresses the addresses of eth0 such as {@code 192.0.2.1/24}; IPv6 ones are usable at once
     */
    public LabHost addHost(String name, String... addresses) throws IOException {
        return addHost(name, switches().get(0), addresses);
    }

    /** A host whose interface {@code eth0} is plugged into the given switch. */
    public synchronized LabHost addHost(String name, LabSwitch to, String... addresses) throws IOException {
        checkName(name, hosts.keySet());
        Cable cable = cable("eth0", to, addresses);
        hostNames.add(name);
        int namespaceId = hostNames.size();
        LabHost host = new LabHost(this, holder, name, namespaceId);
        holder.script(
                "lab: add host " + name,
                Topology.addHost(name, namespaceId) + Topology.addCable(name, cable, List.of(addresses)));
        host.connect(cable);
        hosts.put(name, host);
        return host;
    }

    synchronized Cable cable(String interfaceName, LabSwitch to, String... addresses) {
        if (switches.get(to.name()) != to) {
            throw new IllegalArgumentException("switch must be of this lab: switch=" + to.name());
        }
        for (String address : addresses) {
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("address must be like 192.0.2.1/24: address=" + address);
            }
        }
        cables++;
        String mac = "02:00:00:00:%02x:%02x".formatted(cables >> 8, cables & 0xff);
        return new Cable(interfaceName, "port" + cables, mac, to);
    }

    private static void checkName(String name, Set<String> taken) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must match " + NAME + ": name=" + name);
        }
        if (taken.contains(name)) {
            throw new IllegalArgumentException("name is taken already: name=" + name);
        }
    }

    /** All switches in the order in which they were added. */
    public synchronized List<LabSwitch> switches() {
        return List.copyOf(switches.values());
    }

    /** All hosts in the order in which they were added. */
    public synchronized List<LabHost> hosts() {
        return List.copyOf(hosts.values());
    }

    /** The name of a host by the number of its namespace: the first host has 1. */
    String hostName(int namespaceId) {
        return namespaceId <= hostNames.size() ? hostNames.get(namespaceId - 1) : "unknown host " + namespaceId;
    }

    /**
     * Cuts these hosts off from all others, but not from each other, on all their interfaces, without any of them
     * losing its carrier. Cuts of before are forgotten for these hosts. In force when the call returns.
     */
    public synchronized void partition(LabHost... together) throws IOException {
        StringBuilder script = new StringBuilder();
        Map<LabSwitch, String> bridges = new LinkedHashMap<>();
        StringBuilder moves = new StringBuilder();
        for (LabHost host : together) {
            for (Cable cable : host.cables()) {
                String bridge = bridges.computeIfAbsent(cable.connectedTo(), each -> "part" + ++partitions);
                moves.append(Topology.movePort(cable, bridge)).append("\n");
            }
        }
        bridges.values().forEach(bridge -> script.append(Topology.addSwitch(bridge)));
        holder.script(
                "lab: partition " + Arrays.toString(together),
                script.append(moves).toString());
    }

    /** Ends the cuts of these hosts; of all hosts if none is named. In force when the call returns. */
    public void heal(LabHost... cut) throws IOException {
        List<LabHost> healed = cut.length == 0 ? hosts() : List.of(cut);
        StringBuilder script = new StringBuilder("set -e\n");
        for (LabHost host : healed) {
            for (Cable cable : host.cables()) {
                script.append(Topology.movePort(cable, cable.connectedTo().bridge()))
                        .append("\n");
            }
        }
        holder.script("lab: heal " + healed, script.toString());
    }

    /** Watches the addresses of all hosts, also of those still to be added. */
    public AddressWatch watchAddresses() throws IOException {
        return AddressWatch.start(this, holder);
    }

    /**
     * Ends every process of the lab and waits until it is gone, and with it every namespace, interface and address.
     *
     * @throws IOException if something is still there after 10 s
     */
    @Override
    public void close() throws IOException {
        holder.close();
    }
}
