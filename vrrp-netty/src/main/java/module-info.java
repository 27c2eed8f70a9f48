/** VRRP over Netty's epoll loop: the node's loop is Netty's, and raw sockets sit in it. */
module org.vrrp4j.netty {
    requires transitive org.vrrp4j.core;
    requires org.vrrp4j.linux;
    requires org.slf4j;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.unix.common;
    requires io.netty.transport.classes.epoll;

    exports org.vrrp4j.netty;

    provides org.vrrp4j.spi.TransportProvider with
            org.vrrp4j.netty.NettyTransportProvider;
}
