package org.vrrp4j.linux.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.vrrp4j.config.HostSetting;
import org.vrrp4j.linux.libc.NetworkNamespace;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.Ipv4Setting;
import org.vrrp4j.spi.AddressClaim;

/**
 * A setting where it is set.
 *
 * @param setting which
 * @param interfaceName of one interface; for others that which keeps what was before
 */
record SettingPlace(HostSetting setting, String interfaceName) {
    private static final String LOOPBACK = "lo";
    private static final String IGMP = "igmp_link_local_mcast_reports";

    /** Where a claim wants it. */
    static SettingPlace of(HostSetting setting, AddressClaim claim) {
        return new SettingPlace(
                setting,
                setting == HostSetting.PROMOTE_SECONDARIES ? claim.router().interfaceName() : LOOPBACK);
    }

    /** The name in /proc/sys/net. */
    String name() {
        return setting == HostSetting.PROMOTE_SECONDARIES ? Ipv4Setting.PROMOTE_SECONDARIES.toString() : IGMP;
    }

    /** The setting with that name; null for another one. */
    static HostSetting named(String name) {
        return name.equals(IGMP)
                ? HostSetting.NO_LOCAL_IGMP_REPORTS
                : name.equals(Ipv4Setting.PROMOTE_SECONDARIES.toString()) ? HostSetting.PROMOTE_SECONDARIES : null;
    }

    /** The value that is wanted. */
    int wanted() {
        return setting == HostSetting.PROMOTE_SECONDARIES ? 1 : 0;
    }

    /** The file, from /proc/sys/net on. */
    String file() {
        return setting == HostSetting.PROMOTE_SECONDARIES
                ? "ipv4/conf/" + interfaceName + "/" + name()
                : "ipv4/" + name();
    }

    int read(NetlinkClient client, int interfaceIndex, Path settings) throws IOException {
        if (setting == HostSetting.PROMOTE_SECONDARIES) {
            // works where /proc/sys is read-only, as in many containers
            return Ipv4Setting.PROMOTE_SECONDARIES.read(client, interfaceIndex);
        }
        try {
            return Integer.parseInt(
                    NetworkNamespace.callWhereSocketsAre(() -> Files.readString(settings.resolve(file())))
                            .strip());
        } catch (NumberFormatException e) {
            throw new IOException("no number is in " + settings.resolve(file()), e);
        }
    }

    void write(NetlinkClient client, int interfaceIndex, Path settings, int value) throws IOException {
        if (setting == HostSetting.PROMOTE_SECONDARIES) {
            Ipv4Setting.PROMOTE_SECONDARIES.set(client, interfaceIndex, interfaceName, value);
            return;
        }
        NetworkNamespace.callWhereSocketsAre(
                () -> Files.writeString(settings.resolve(file()), Integer.toString(value), StandardOpenOption.WRITE));
    }

    @Override
    public String toString() {
        return "net." + file().replace('/', '.');
    }
}
