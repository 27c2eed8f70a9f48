package org.vrrp4j.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.config.NodeConfig;

/** Opens a {@link Platform}; found by {@link java.util.ServiceLoader}. Called on any thread. */
public interface PlatformProvider {

    /** The name in messages, such as {@code linux}. */
    String name();

    /** Why this host cannot do it now (another operating system, a missing right), with the remedy; empty if it can. */
    Optional<Throwable> unavailabilityCause();

    /**
     * The same in another network namespace, in which all sockets of the node are then opened.
     *
     * @param nameOrPath a name that {@code ip netns list} shows, or an absolute path such as {@code /proc/PID/ns/net}
     * @throws IllegalArgumentException if it is neither
     * @throws UnsupportedOperationException if this platform knows no namespaces, as unless overridden
     */
    default PlatformProvider inNamespace(String nameOrPath) {
        throw new UnsupportedOperationException("the platform " + name() + " knows no network namespaces");
    }

    /**
     * Opens the platform for one node, on the thread of its loop.
     *
     * @throws IOException if it cannot be opened
     */
    Platform open(EventLoop loop) throws IOException;

    /**
     * A platform of which nothing reaches the host, while the code that runs is that of {@link #open}: the interfaces
     * are there and work, and addresses come and go as asked. A node rehearses on it.
     *
     * @param loop a loop without descriptors, whose thread is the caller's
     * @param interfaceNames the interfaces that there are to be
     * @return empty if there is none, as unless overridden
     * @throws IOException if it cannot be opened
     */
    default Optional<Platform> openStage(EventLoop loop, Set<String> interfaceNames) throws IOException {
        return Optional.empty();
    }

    /**
     * Gets ready to run the notify scripts of a configuration, in the network namespace of this platform. Off the loop.
     *
     * @param limit how long one run of a script may take before it is ended
     * @return what runs them; closed by the node. Empty if this platform runs no programs, as unless overridden
     * @throws IOException if it cannot get ready
     */
    default Optional<Notifier> openNotifier(NodeConfig config, Duration limit) throws IOException {
        return Optional.empty();
    }

    /** Whether this host can do it now. */
    default boolean isAvailable() {
        return unavailabilityCause().isEmpty();
    }
}
