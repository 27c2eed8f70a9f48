package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.keepalived.ConfigHost;
import org.vrrp4j.management.NodeManagement;
import org.vrrp4j.model.ReloadResult;

/** Reads the file of {@code vrrp run} again, and lets the node run with it. */
record Reloads(
        VrrpNode node, Path file, ConfigHost host, NodeManagement management, MailSwitch mails, ProcessDuties duties) {
    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    /** Changes how mails are sent. */
    interface MailSwitch {
        void use(NodeConfig next) throws IOException;
    }

    /** Blocks until it is done or refused; the log says which. */
    void reload() throws InterruptedException {
        LOG.info("reading {} again", file);
        NodeConfig before = node.config();
        try {
            read().get();
            NodeConfig now = node.config();
            duties.use(now.process());
            management.refresh();
            if (MailOptions.differ(before, now)) {
                mails.use(now);
            }
            if (!now.name().equals(before.name())) {
                LOG.info("the path of the status socket is that of the start, and not of {}", now.name());
            }
        } catch (ConfigException | ExecutionException e) {
            LOG.debug("the node has told why", e);
        } catch (IOException e) {
            LOG.error("mails are sent as before, or the file cannot be read: {}", e.getMessage());
        }
    }

    /** The marker is there as long as files are read, and not for the reload that follows. */
    private CompletableFuture<ReloadResult> read() throws IOException {
        duties.onReading();
        try {
            return node.reload(file, host);
        } finally {
            duties.onRead();
        }
    }
}
