/** Example programs, and the vrrp command line. */
module org.vrrp4j.examples {
    requires org.vrrp4j.core;
    requires org.vrrp4j.linux;
    requires info.picocli;
    requires ch.qos.logback.classic;
    requires jdk.httpserver;
    requires org.slf4j;

    exports org.vrrp4j.examples;

    opens org.vrrp4j.examples.cli to
            info.picocli;
}
