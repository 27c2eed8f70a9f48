package org.vrrp4j;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.TrackingTraps;
import org.vrrp4j.keepalived.ConfigHost;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.runtime.NodeRuntime;
import org.vrrp4j.runtime.NodeRuntime.Comparison;
import org.vrrp4j.spi.EventLoop;

/** New configurations of a running node: whether they can be used, what the log says, and who is told when. */
record NodeReloads(
        NodeRuntime runtime, NodeObservers observers, EventLoop loop, Function<NodeConfig, LoopScheduling> scheduling) {
    private static final Logger LOG = LoggerFactory.getLogger(NodeReloads.class);

    /** The configuration of a file and what it includes; what is wrong with it is noted. */
    NodeConfig read(String file, ConfigHost host) throws IOException {
        try {
            return usable(KeepalivedConf.read(file, host));
        } catch (IOException e) {
            refuse(e.getMessage());
            throw e;
        }
    }

    /** The configuration of a file that has been read; what is wrong with it is noted. */
    NodeConfig usable(KeepalivedConf conf) {
        if (conf.hasErrors()) {
            ConfigException errors = new ConfigException(conf.problems());
            refuse(errors.getMessage());
            throw errors;
        }
        conf.problems().forEach(problem -> LOG.warn("{}", problem));
        return conf.nodeConfig();
    }

    private void refuse(String text) {
        runtime.noteRefusedReload(text);
        LOG.error("not reloaded, everything is as before: {}", text);
    }

    /** Logs what is a trap in a configuration that no reader has warned of. */
    NodeConfig warned(NodeConfig config) {
        TrackingTraps.of(config).forEach(trap -> LOG.warn("{}", trap));
        return config;
    }

    /** What is different. */
    Comparison compare(NodeConfig config) {
        return Comparison.between(runtime.config(), config);
    }

    /** Goes on with another configuration; on the loop. */
    CompletionStage<ReloadResult> reload(Comparison comparison) {
        NodeConfig config = comparison.after();
        CompletableFuture<ReloadResult> answer = new CompletableFuture<>();
        runtime.reload(comparison, () -> observers.use(config, loop)).whenComplete((result, failure) -> {
            if (failure == null) {
                loop.use(scheduling.apply(config));
                LOG.info("{}: reloaded: {}", config.name(), result.text());
                observers.onReloaded(config, runtime.status());
                answer.complete(result);
            } else {
                LOG.error("{}: not reloaded, everything is as before: {}", config.name(), failure.getMessage());
                answer.completeExceptionally(
                        failure instanceof IOException ? NodeParts.startException(failure) : failure);
            }
        });
        return answer;
    }
}
