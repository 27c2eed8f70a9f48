package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.NodeStartException;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.linux.LinuxPlatformProvider;
import org.vrrp4j.linux.socket.PacketSocket;
import org.vrrp4j.linux.socket.RawSocket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code vrrp prepare}, for {@code bin/vrrp}: loads the classes that {@code vrrp run} needs, so that the JVM can put
 * them into an archive from which it starts faster (class data sharing). With an interface, on a network that nobody
 * else uses, it is {@code vrrp run} for a moment. Without one nothing of it reaches the host or the network, and it
 * loads less, and without the rights that a node needs still less.
 */
@Command(name = "prepare", hidden = true, description = "Loads what vrrp run needs, for an archive of classes.")
final class PrepareCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareCommand.class);
    private static final List<Class<?>> OPENED_BY_A_NODE = List.of(RawSocket.class, PacketSocket.class);
    private static final String ADDRESS = "192.0.2.100";
    private static final String CONFIGURATION = """
            vrrp_instance VI_1 {
                version 3
                state BACKUP
                interface %s
                virtual_router_id 51
                priority 255
                advert_int 0.1
                virtual_ipaddress {
                    %s/24
                }
            }
            """;
    private static final int LOOKS = 200;
    private static final int PAUSE_MILLIS = 50;
    /** What follows the first advertisement. */
    private static final int AFTERMATH_MILLIS = 1000;

    @Option(names = "--run-on", paramLabel = "INTERFACE", description = "Where nothing can be disturbed.")
    private String interfaceName;

    @Override
    public Integer call() throws IOException, ClassNotFoundException, InterruptedException {
        Path file = Files.createTempFile("vrrp", ".conf");
        try {
            Files.writeString(file, CONFIGURATION.formatted(interfaceName == null ? "eth0" : interfaceName, ADDRESS));
            load(KeepalivedConf.read(file));
            if (interfaceName != null) {
                run(file, Path.of(file + ".sock"));
            }
            return 0;
        } finally {
            Files.delete(file);
        }
    }

    private static void load(KeepalivedConf conf) throws ClassNotFoundException {
        for (Class<?> each : OPENED_BY_A_NODE) {
            Class.forName(each.getName());
        }
        try {
            VrrpNode.builder()
                    .config(conf.nodeConfig())
                    .platform(new LinuxPlatformProvider().withGuard())
                    .rehearse();
        } catch (NodeStartException e) {
            LOG.info("not everything could be loaded: {}", e.getMessage());
        }
    }

    /** Until it holds its address and all is open. The end of the JVM ends it as a signal does. */
    private static void run(Path file, Path socket) throws IOException, InterruptedException {
        String[] command = {"run", "--socket", socket.toString(), file.toString()};
        Thread thread = new Thread(() -> Vrrp.commandLine(command).execute(command), "vrrp-run");
        thread.setDaemon(true);
        thread.start();
        InetAddress address = InetAddress.getByName(ADDRESS);
        for (int i = 0; i < LOOKS && NetworkInterface.getByInetAddress(address) == null; i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        Thread.sleep(AFTERMATH_MILLIS);
    }
}
