/** Virtual addresses, links and raw sockets on Linux, and real hosts in network namespaces for tests. */
module org.vrrp4j.linux {
    requires transitive org.vrrp4j.core;

    exports org.vrrp4j.linux.lab;
}
