/** Virtual addresses, links, raw and packet sockets on Linux, through JNA; and real hosts in namespaces for tests. */
module org.vrrp4j.linux {
    requires transitive org.vrrp4j.core;
    requires com.sun.jna;
    requires java.management;
    requires org.slf4j;

    exports org.vrrp4j.linux;
    exports org.vrrp4j.linux.announce;
    exports org.vrrp4j.linux.doctor;
    exports org.vrrp4j.linux.guard;
    exports org.vrrp4j.linux.holder;
    exports org.vrrp4j.linux.lab;
    exports org.vrrp4j.linux.libc;
    exports org.vrrp4j.linux.macvlan;
    exports org.vrrp4j.linux.netlink;
    exports org.vrrp4j.linux.notify;
    exports org.vrrp4j.linux.probe;
    exports org.vrrp4j.linux.process;
    exports org.vrrp4j.linux.route;
    exports org.vrrp4j.linux.settings;
    exports org.vrrp4j.linux.socket;
    exports org.vrrp4j.linux.uring;

    provides org.vrrp4j.spi.PlatformProvider with
            org.vrrp4j.linux.LinuxPlatformProvider;
}
