package org.vrrp4j;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.config.NamespaceName;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.runtime.MissingInterfaceException;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.MissingPermissionException;
import org.vrrp4j.spi.Notifier;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.TransportProvider;

/** What a node is put together from: what was given by hand, and what the class path offers for the rest. */
record NodeParts(
        NodeConfig config,
        Map<RouterConfig, List<VrrpListener>> routerListeners,
        List<VrrpListener> nodeListeners,
        Executor executor,
        TransportProvider transport,
        PlatformProvider platform,
        AddressBackend addressBackend,
        Map<String, Probe> healthChecks,
        Optional<Duration> scriptLimit,
        int journalSize,
        LoopScheduling loopScheduling) {

    private static final Logger LOG = LoggerFactory.getLogger(NodeParts.class);

    /** The given transport, or the one of the class path. */
    static TransportProvider transport(TransportProvider given) {
        return firstAvailable(
                given != null ? List.of(given) : ServiceLoader.load(TransportProvider.class),
                "transport (vrrp-netty)",
                TransportProvider::unavailabilityCause);
    }

    /** The given platform, or the one of the class path; in a namespace, if there is one. */
    static PlatformProvider platform(PlatformProvider given, Optional<NamespaceName> namespace) {
        PlatformProvider found = firstAvailable(
                given != null ? List.of(given) : ServiceLoader.load(PlatformProvider.class),
                "platform (vrrp-linux)",
                PlatformProvider::unavailabilityCause);
        return namespace.map(name -> inNamespace(found, name)).orElse(found);
    }

    private static PlatformProvider inNamespace(PlatformProvider platform, NamespaceName namespace) {
        PlatformProvider there = null;
        Throwable cause;
        try {
            there = platform.inNamespace(namespace.name());
            cause = there.unavailabilityCause().orElse(null);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            cause = e;
        }
        if (cause != null) {
            throw new NodeStartException(
                    reason(cause, NodeStartException.Reason.UNAVAILABLE),
                    namespace.source() + ": " + cause.getMessage(),
                    cause);
        }
        return there;
    }

    /** The listeners of a router: its own, which a router of that identity or else name was given, then the node's. */
    List<VrrpListener> listeners(RouterConfig router) {
        List<VrrpListener> all = new ArrayList<>();
        given(other -> other.id().equals(router.id()))
                .or(() -> given(other -> other.name().equals(router.name())))
                .ifPresent(all::addAll);
        all.addAll(nodeListeners);
        return all;
    }

    private Optional<List<VrrpListener>> given(Predicate<RouterConfig> which) {
        return routerListeners.keySet().stream().filter(which).findFirst().map(routerListeners::get);
    }

    /** What runs the scripts, if it was asked for; if not, the log says what is not run. */
    Notifier openNotifier(NodeConfig config) throws IOException {
        boolean any = !config.notification().fifos().isEmpty()
                || Stream.concat(
                                config.routers().stream().map(RouterConfig::notification),
                                config.groups().stream().map(SyncGroupConfig::notification))
                        .anyMatch(settings -> !settings.scripts().isEmpty());
        if (!any) {
            return Notifier.NONE;
        }
        if (scriptLimit.isEmpty()) {
            LOG.info("{}: notify scripts and pipes are left alone, listeners are told instead", config.name());
            return Notifier.NONE;
        }
        return platform.openNotifier(config, scriptLimit.get())
                .orElseThrow(() -> new IOException("the platform " + platform.name() + " runs no notify scripts"));
    }

    /** How the loop is scheduled with a configuration. */
    LoopScheduling scheduling(NodeConfig of) {
        return of.process().scheduling().orElse(loopScheduling);
    }

    Platform openPlatform(EventLoop loop) throws IOException {
        Platform opened = platform.open(loop);
        return new AssembledPlatform(opened, Optional.ofNullable(addressBackend), Map.copyOf(healthChecks));
    }

    static NodeStartException startException(Throwable cause) {
        NodeStartException.Reason reason = cause instanceof MissingInterfaceException
                ? NodeStartException.Reason.INTERFACE_MISSING
                : reason(cause, NodeStartException.Reason.FAILED);
        String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        return new NodeStartException(reason, message, cause);
    }

    private static <P> P firstAvailable(
            Iterable<P> providers, String what, Function<P, Optional<Throwable>> unavailabilityCause) {
        Throwable cause = null;
        for (P provider : providers) {
            Optional<Throwable> unavailable = unavailabilityCause.apply(provider);
            if (unavailable.isEmpty()) {
                return provider;
            }
            cause = unavailable.get();
        }
        if (cause == null) {
            throw new NodeStartException(
                    NodeStartException.Reason.UNAVAILABLE,
                    "no " + what + " on the class path: add it as a dependency or give one to the builder",
                    null);
        }
        throw new NodeStartException(reason(cause, NodeStartException.Reason.UNAVAILABLE), cause.getMessage(), cause);
    }

    static NodeStartException.Reason reason(Throwable failure, NodeStartException.Reason otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingPermissionException) {
                return NodeStartException.Reason.PERMISSION;
            }
        }
        return otherwise;
    }
}
