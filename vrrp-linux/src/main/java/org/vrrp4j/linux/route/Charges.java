package org.vrrp4j.linux.route;

import java.util.Optional;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * Which living node of ours on this host has charge of what: an address with our tag of which nobody has charge is a
 * leftover. What is in charge is a name, that of a virtual router or of an address.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Failure:</b> {@link LinuxException} from {@link #take}.
 * <b>Idempotence:</b> giving back what was not taken has no effect.
 */
public interface Charges extends AutoCloseable {

    /**
     * Takes charge.
     *
     * @param onFree called once on the loop, if someone else has charge, when it is worth trying again: he has given it
     *     back or is dead
     * @return empty if it is ours now; else who has it, in words
     * @throws LinuxException if this host cannot tell
     */
    Optional<String> take(String name, Runnable onFree) throws LinuxException;

    /**
     * Whether nobody has charge of something that is not ours; takes no charge.
     *
     * @throws LinuxException if this host cannot tell
     */
    default boolean isFree(String name) throws LinuxException {
        boolean free = take(name, () -> {}).isEmpty();
        giveBack(name);
        return free;
    }

    /** Gives back what was taken, or stops waiting for it. */
    void giveBack(String name);

    /** Gives everything back. */
    @Override
    void close();
}
