package org.vrrp4j.linux.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.vrrp4j.linux.lab.Topology.Cable;

/**
 * A host of a lab: a network namespace with {@code lo} and {@code eth0}, and {@code eth1} and so on if added.
 *
 * <p>May be used from any thread. Made by {@link Lab#addHost}.
 */
public final class LabHost {
    private static final Duration RUN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RESOLVE_TIMEOUT = Duration.ofMillis(500);

    /** Process numbers begin anew in a lab, but /tmp is the machine's: JVMs would complain of each other's counters. */
    private static final String NO_COUNTERS = "-XX:-UsePerfData";

    private static final String NO_OTHER_USER =
            "This tcpdump may be built to change to another user, which a user namespace refuses: open the lab as root";

    private final Lab lab;
    private final Holder holder;
    private final String name;
    private final int namespaceId;
    private final List<Cable> cables = new CopyOnWriteArrayList<>();

    LabHost(Lab lab, Holder holder, String name, int namespaceId) {
        this.lab = lab;
        this.holder = holder;
        this.name = name;
        this.namespaceId = namespaceId;
    }

    /** The name it was added with. */
    public String name() {
        return name;
    }

    int namespaceId() {
        return namespaceId;
    }

    List<Cable> cables() {
        return cables;
    }

    void connect(Cable cable) {
        cables.add(cable);
    }

    /**
     * A further interface, plugged into a switch.
     *
     * @return its name: eth1, eth2, ...
     */
    public String addInterface(LabSwitch to, String... addresses) throws IOException {
        synchronized (lab) {
            String interfaceName = "eth" + cables.size();
            Cable cable = lab.cable(interfaceName, to, addresses);
            holder.script(
                    "lab: add " + interfaceName + " to " + name, Topology.addCable(name, cable, List.of(addresses)));
            connect(cable);
            return interfaceName;
        }
    }

    /**
     * Starts a command on this host, found on the PATH of this JVM or in the usual system directories.
     *
     * @return the running command; one that cannot be found ends with an error line and an exit code other than 0
     */
    public LabProcess start(String... command) throws IOException {
        return holder.start(name, command);
    }

    /** Starts another JVM like this one on this host, with this one's class path and the given main class. */
    public LabProcess startJava(Class<?> mainClass, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(List.of(java, NO_COUNTERS, "-cp", System.getProperty("java.class.path")));
        command.add(mainClass.getName());
        command.addAll(Arrays.asList(arguments));
        return start(command.toArray(String[]::new));
    }

    /**
     * Runs a command to its end, within 10 s, and returns its standard output.
     *
     * @throws IOException if the exit code is not 0, with the command's standard error; or if it takes too long, in
     *     which case it is killed
     */
    public String run(String... command) throws IOException {
        return run(RUN_TIMEOUT, command);
    }

    /** Runs a command to its end within a time of your choice, as {@link #run(String...)} does. */
    public String run(Duration timeout, String... command) throws IOException {
        return Holder.complete(start(command), "", timeout);
    }

    /**
     * Writes a file that goes away with the lab.
     *
     * @param fileName a plain name, without directory
     * @return its path for commands in the lab; outside there is no such file
     */
    public String write(String fileName, String text) throws IOException {
        if (!fileName.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("fileName must be a plain name: fileName=" + fileName);
        }
        String path = filePath(fileName);
        LabProcess writer = start("sh", "-c", "mkdir -p \"${0%/*}\" && cat >\"$0\"", path);
        Holder.complete(writer, text, RUN_TIMEOUT);
        return path;
    }

    String filePath(String fileName) {
        return "/run/lab/" + name + "/" + fileName;
    }

    /** The addresses that are on an interface now, such as {@code 192.0.2.1/24}, in the kernel's order. */
    public List<String> addresses(String interfaceName) throws IOException {
        return run("ip", "-o", "address", "show", "dev", interfaceName)
                .lines()
                .map(line -> line.strip().split("\\s+")[3])
                .toList();
    }

    /** Whether an address, given without prefix length, is on any interface of this host now. */
    public boolean holds(String address) throws IOException {
        return run("ip", "-o", "address", "show")
                .lines()
                .map(line -> line.strip().split("\\s+")[3])
                .anyMatch(held -> held.startsWith(address + "/"));
    }

    /**
     * Asks the network who answers for an address, by ARP or neighbour solicitation from eth0, and for 500 ms at most.
     *
     * @return the MAC address that answered; empty if nobody did. It is not one that was known before: the entry is
     *     removed first
     */
    public Optional<String> resolve(String address) throws IOException {
        String script = "ip neigh del \"$0\" dev eth0 2>/dev/null; ip neigh add \"$0\" dev eth0 nud none use";
        run("sh", "-c", script, address);
        Deadline deadline = Deadline.in(RESOLVE_TIMEOUT);
        while (true) {
            Optional<String> answer = neighbour(address);
            if (answer.isPresent() || deadline.isOver()) {
                return answer;
            }
        }
    }

    /** The MAC address that this host has for an address in its neighbour table now, without asking the network. */
    public Optional<String> neighbour(String address) throws IOException {
        return run("ip", "neighbour", "show", address, "dev", "eth0")
                .lines()
                .flatMap(line -> Stream.of(line.split("lladdr ")).skip(1))
                .map(rest -> rest.split(" ")[0])
                .findFirst();
    }

    /** Pulls the cables of all interfaces: the host sees its carrier go. */
    public void unplug() throws IOException {
        setPorts(cables, false);
    }

    /** Pulls the cable of one interface. */
    public void unplug(String interfaceName) throws IOException {
        setPorts(List.of(cable(interfaceName)), false);
    }

    /** Plugs the cables in again. The kernel may take up to a second to tell of a carrier that comes and goes often. */
    public void plug() throws IOException {
        setPorts(cables, true);
    }

    /** Plugs the cable of one interface in again. */
    public void plug(String interfaceName) throws IOException {
        setPorts(List.of(cable(interfaceName)), true);
    }

    private void setPorts(List<Cable> changed, boolean up) throws IOException {
        StringBuilder script = new StringBuilder("set -e\n");
        changed.forEach(cable -> script.append(Topology.setPort(cable, up)).append("\n"));
        holder.script("lab: " + (up ? "plug " : "unplug ") + name, script.toString());
    }

    private Cable cable(String interfaceName) {
        return cables.stream()
                .filter(cable -> cable.interfaceName().equals(interfaceName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no such interface on host " + name + ": interfaceName=" + interfaceName));
    }

    /** Cuts this host off from all others on all interfaces, silently: it keeps its carrier. */
    public void partition() throws IOException {
        lab.partition(this);
    }

    /** Ends the cut of this host. */
    public void heal() throws IOException {
        lab.heal(this);
    }

    /**
     * Prints every packet of an interface, one line each, with tcpdump(8); returns when it listens.
     *
     * @param interfaceName such as eth0
     * @param filter words of a pcap-filter(7), such as {@code ip proto 112}; none for every packet. Options of tcpdump
     *     may stand before them
     * @throws IOException if tcpdump is not installed or refuses, as Debian's does without root: it insists on changing
     *     to another user, and a user namespace has none
     */
    public LabProcess capture(String interfaceName, String... filter) throws IOException, InterruptedException {
        if (SearchPath.find("tcpdump").isEmpty()) {
            throw new IOException("no 'tcpdump' command: install tcpdump");
        }
        List<String> command = new ArrayList<>(
                List.of("tcpdump", "--immediate-mode", "-U", "-l", "-n", "-e", "-tt", "-i", interfaceName));
        if (!holder.isUserNamespace()) {
            command.addAll(List.of("-Z", "root"));
        }
        command.addAll(Arrays.asList(filter));
        LabProcess tcpdump = start(command.toArray(String[]::new));
        try {
            tcpdump.awaitLine("listening on", RUN_TIMEOUT);
            return tcpdump;
        } catch (InterruptedException e) {
            tcpdump.close();
            throw e;
        } catch (IOException e) {
            tcpdump.close();
            throw holder.isUserNamespace() ? new IOException(e.getMessage() + "\n" + NO_OTHER_USER, e) : e;
        }
    }

    /**
     * This host's network namespace as a file, for setns(2) from a thread of this JVM; only a lab opened by root can
     * be entered that way.
     */
    public Path networkNamespace() {
        return Path.of("/proc", Long.toString(holder.pid()), "root/run/netns", name);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
