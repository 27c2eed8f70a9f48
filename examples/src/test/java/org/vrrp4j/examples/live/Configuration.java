package org.vrrp4j.examples.live;

/** The text of a keepalived.conf with one instance, VI_1, that holds 192.0.2.100. */
record Configuration(Protocol protocol, int priority, String more) {
    static final String VIP = "192.0.2.100";

    /** What is spoken on the wire. */
    enum Protocol {
        V2_PASS("""
                version 2
                    advert_int 1
                    authentication {
                        auth_type PASS
                        auth_pass secret
                    }"""),
        V3_100_MS("version 3\n    advert_int 0.1"),
        V3_1_S("version 3\n    advert_int 1");

        private final String lines;

        Protocol(String lines) {
            this.lines = lines;
        }
    }

    static Configuration of(Protocol protocol, int priority) {
        return new Configuration(protocol, priority, "");
    }

    Configuration with(String line) {
        return new Configuration(protocol, priority, more + "\n    " + line);
    }

    /** The same with another password. */
    String textWithPassword(String password) {
        return text().replace("secret", password);
    }

    String text() {
        return """
               vrrp_instance VI_1 {
                   state BACKUP
                   interface eth0
                   virtual_router_id 51
                   priority %d
                   %s%s
                   virtual_ipaddress {
                       %s/24 dev eth0
                   }
               }
               """.formatted(priority, protocol.lines, more, VIP);
    }
}
