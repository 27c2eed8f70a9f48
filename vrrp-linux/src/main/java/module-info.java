/** Virtual addresses, links, raw and packet sockets on Linux, through JNA; and real hosts in namespaces for tests. */
module org.vrrp4j.linux {
    requires transitive org.vrrp4j.core;
    requires com.sun.jna;
    requires org.slf4j;

    exports org.vrrp4j.linux.lab;
    exports org.vrrp4j.linux.libc;
    exports org.vrrp4j.linux.socket;
}
