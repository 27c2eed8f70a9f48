/** Virtual addresses, links, raw and packet sockets on Linux, through JNA. */
module org.vrrp4j.linux {
    requires transitive org.vrrp4j.core;
    requires com.sun.jna;

    exports org.vrrp4j.linux;
    exports org.vrrp4j.linux.announce;
    exports org.vrrp4j.linux.libc;
    exports org.vrrp4j.linux.netlink;
    exports org.vrrp4j.linux.route;
    exports org.vrrp4j.linux.socket;

    provides org.vrrp4j.spi.PlatformProvider with
            org.vrrp4j.linux.LinuxPlatformProvider;
}
