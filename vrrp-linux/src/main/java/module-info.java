/** Virtual addresses, links, raw and packet sockets on Linux, through JNA. */
module org.vrrp4j.linux {
    requires transitive org.vrrp4j.core;
    requires com.sun.jna;

    exports org.vrrp4j.linux.libc;
    exports org.vrrp4j.linux.socket;
}
