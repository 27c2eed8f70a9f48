package org.vrrp4j.packet;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.VrrpVersion;

/**
 * The content of a VRRP ADVERTISEMENT, the only message of the protocol.
 *
 * @param version the protocol version
 * @param vrid the virtual router identifier
 * @param priority the sender's priority; 0 when it gives up
 * @param interval the sender's advertisement interval; whole seconds in version 2, hundredths in version 3
 * @param addresses the virtual addresses
 * @param authentication the authentication of version 2; {@link Authentication#NONE} in version 3
 */
public record Advertisement(
        VrrpVersion version,
        int vrid,
        int priority,
        Duration interval,
        List<InetAddress> addresses,
        Authentication authentication) {

    /** Whether the sender gives up being master. */
    public boolean isRelease() {
        return priority == Priority.RELEASE;
    }

    /** The same advertisement with another priority. */
    public Advertisement withPriority(int value) {
        return new Advertisement(version, vrid, value, interval, addresses, authentication);
    }
}
