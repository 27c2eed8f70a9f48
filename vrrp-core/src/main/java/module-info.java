/** The VRRP protocol, its configuration, runtime and simulator; nothing here needs an operating system's services. */
module org.vrrp4j.core {
    requires transitive java.management;
    requires org.slf4j;

    exports org.vrrp4j;
    exports org.vrrp4j.bfd;
    exports org.vrrp4j.config;
    exports org.vrrp4j.keepalived;
    exports org.vrrp4j.management;
    exports org.vrrp4j.model;
    exports org.vrrp4j.packet;
    exports org.vrrp4j.protocol;
    exports org.vrrp4j.sim;
    exports org.vrrp4j.spi;
    exports org.vrrp4j.spi.contract;

    uses org.vrrp4j.spi.PlatformProvider;
    uses org.vrrp4j.spi.TransportProvider;
}
