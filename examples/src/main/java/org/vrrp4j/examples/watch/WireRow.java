package org.vrrp4j.examples.watch;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.Advertisement;

/**
 * One virtual router on the wire.
 *
 * @param link the interface, with the VLAN if there is one
 * @param master who advertised last
 * @param state whether it still does
 * @param last its last advertisement that was not priority 0; if there is none, that one
 * @param measured the mean of its last intervals, up to 64; empty before the second advertisement
 * @param jitter how far these are from their mean, on average
 * @param advertisements how many have been seen, from all senders
 * @param conflicts what is wrong, in words; empty if nothing is
 */
public record WireRow(
        String link,
        int vrid,
        IpFamily family,
        InetAddress master,
        State state,
        Advertisement last,
        Optional<Duration> measured,
        Optional<Duration> jitter,
        long advertisements,
        List<String> conflicts) {

    /** What the master does. */
    public enum State {
        /** It advertises. */
        PRESENT,
        /** It has given up with priority 0, and nobody has taken over. */
        GAVE_UP,
        /** It has not been heard for longer than any backup waits. */
        SILENT
    }
}
