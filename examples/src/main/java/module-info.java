/** Example programs, and the vrrp command line. */
module org.vrrp4j.examples {
    requires org.vrrp4j.core;
    requires org.vrrp4j.linux;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires jakarta.mail;
    requires org.eclipse.angus.mail;
    requires java.net.http;
    requires jdk.httpserver;
    requires jdk.management;
    requires org.slf4j;

    exports org.vrrp4j.examples;

    uses org.vrrp4j.spi.TransportProvider;

    opens org.vrrp4j.examples.cli to
            info.picocli;
}
