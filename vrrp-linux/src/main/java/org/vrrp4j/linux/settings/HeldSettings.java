package org.vrrp4j.linux.settings;

import java.util.List;

/** Hears what is to be put back when this process dies. On the loop's thread. */
public interface HeldSettings {
    /** Nobody does. */
    HeldSettings UNOBSERVED = held -> {};

    /**
     * A setting that we have changed.
     *
     * @param file its file, from /proc/sys/net on
     * @param before the value that it had
     * @param interfaceIndex the interface with the record of that
     * @param recordName its alternative name that is the record; empty if there is none
     */
    record Held(String file, int before, int interfaceIndex, String recordName) {}

    /** From now on there are these. */
    void onHeld(List<Held> held);
}
