package org.vrrp4j.linux.libc;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.spi.MissingPermissionException;

/** Whether this host, Java virtual machine and process can make the calls of this module. */
public final class LinuxHost {

    private LinuxHost() {}

    /**
     * Why not, with the remedy: another operating system, a native library that cannot be loaded, a missing right.
     * Changes nothing; any thread may ask.
     *
     * @param needed the rights that must be in force
     * @return empty if everything is there
     */
    public static Optional<Throwable> unavailabilityCause(Set<Capability> needed) {
        String name = System.getProperty("os.name", "");
        if (!name.toLowerCase(Locale.ROOT).startsWith("linux")) {
            return Optional.of(new UnsupportedOperationException("needs Linux: os.name=" + name));
        }
        try {
            Libc.errno();
        } catch (LinkageError e) {
            return Optional.of(new UnsupportedOperationException(
                    "JNA cannot load its native library; if the directory named here is mounted noexec or read-only,"
                            + " give it another one with -Djna.tmpdir=DIR: " + e,
                    e));
        }
        try {
            return Capability.missing(Capability.effective(), needed)
                    .map(missing -> new MissingPermissionException(missing, null));
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}
