package org.vrrp4j.spi.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.EventLoop;

/**
 * The world that a backend under test acts on: a kernel, a cloud, or a fake of one. Each check has a new one, in which
 * no virtual address is in place.
 */
public interface BackendWorld extends AutoCloseable {

    /** The loop on whose thread the backend is called. */
    EventLoop loop();

    /**
     * Opens a backend. Called on the loop's thread, at most once.
     *
     * @throws IOException if it cannot be opened
     */
    AddressBackend open() throws IOException;

    /** The interface of the claims. */
    String interfaceName();

    /**
     * At least four addresses of one family that the backend can put in place. Default: 192.0.2.100 to 192.0.2.103, of
     * 192.0.2.0/24.
     */
    default List<VirtualAddress> addresses() {
        return Stream.of("192.0.2.100/24", "192.0.2.101/24", "192.0.2.102/24", "192.0.2.103/24")
                .map(VirtualAddress::parse)
                .toList();
    }

    /**
     * Which virtual addresses are in place: asked of the world, not of the backend. Called on any thread.
     *
     * @throws IOException if the world does not answer
     */
    Set<InetAddress> held() throws IOException;

    /**
     * Lets a little time pass, virtual or real, so that what is under way goes on. Not called on the loop's thread,
     * unless the loop has none of its own.
     */
    void pass();

    /**
     * Routes that the backend can put in place, at least two; none if it has no routes, rules and filter at all and so
     * must refuse claims that have them. Default: none.
     */
    default List<VirtualRoute> routes() {
        return List.of();
    }

    /**
     * Which of {@link #routes()} are in place: asked of the world, not of the backend. Called on any thread.
     *
     * @throws IOException if the world does not answer
     */
    default Set<VirtualRoute> heldRoutes() throws IOException {
        return Set.of();
    }

    /** Whether this world can do what {@link #addByOthers} and {@link #removeByOthers} say. Default: not. */
    default boolean hasOthers() {
        return false;
    }

    /**
     * Somebody else puts an address in place.
     *
     * @throws IOException if that fails
     */
    default void addByOthers(VirtualAddress address) throws IOException {
        throw new UnsupportedOperationException("this world has no others");
    }

    /**
     * Somebody else takes an address away, whoever put it in place.
     *
     * @throws IOException if that fails
     */
    default void removeByOthers(VirtualAddress address) throws IOException {
        throw new UnsupportedOperationException("this world has no others");
    }

    /** Ends the world, its loop included; the backend may be closed or not. */
    @Override
    void close() throws IOException;
}
