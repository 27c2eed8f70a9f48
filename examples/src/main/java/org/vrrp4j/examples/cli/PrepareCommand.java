package org.vrrp4j.examples.cli;

import java.io.IOException;
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

/**
 * {@code vrrp prepare}, for {@code bin/vrrp}: loads the classes that {@code vrrp run} needs, so that the JVM can put
 * them into an archive from which it starts faster (class data sharing). Nothing of it reaches the host or the network;
 * without the rights that a node needs it loads less.
 */
@Command(name = "prepare", hidden = true, description = "Loads what vrrp run needs, for an archive of classes.")
final class PrepareCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareCommand.class);
    private static final List<Class<?>> OPENED_BY_A_NODE = List.of(RawSocket.class, PacketSocket.class);
    private static final String CONFIGURATION = """
            vrrp_instance VI_1 {
                version 3
                state BACKUP
                interface eth0
                virtual_router_id 51
                priority 100
                advert_int 0.1
                virtual_ipaddress {
                    192.0.2.100/24
                }
            }
            """;

    @Override
    public Integer call() throws IOException, ClassNotFoundException {
        Path file = Files.createTempFile("vrrp", ".conf");
        try {
            Files.writeString(file, CONFIGURATION);
            load(KeepalivedConf.read(file));
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
}
