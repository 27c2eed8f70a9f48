/** Example programs. */
module org.vrrp4j.examples {
    requires org.vrrp4j.core;

    exports org.vrrp4j.examples;
}
