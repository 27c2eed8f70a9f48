package org.vrrp4j.examples.live;

/**
 * How two routers can speak to each other besides by multicast over IPv4, as the keepalived.conf of each: instance VI_1
 * with VRID 51. The hosts have the addresses 192.0.2.N, fe80::ff:fe00:N and 2001:db8::N.
 */
enum Way {
    IPV6("fe80::51", "fe80::51/64\n2001:db8::100/64", "version 3\nadvert_int 0.1"),
    IPV6_GLOBAL_ONLY("2001:db8::100", "2001:db8::100/64", "version 3\nadvert_int 0.1"),
    IPV6_UNICAST("2001:db8::100", "fe80::51/64\n2001:db8::100/64", """
            version 3
            advert_int 0.1
            unicast_peer {
                fe80::ff:fe00:PEER
            }"""),
    IPV6_UNICAST_GLOBAL("2001:db8::100", "fe80::51/64\n2001:db8::100/64", """
            version 3
            advert_int 0.1
            unicast_ttl 255
            unicast_src_ip 2001:db8::OWN
            unicast_peer {
                2001:db8::PEER
            }"""),
    UNICAST_V2("192.0.2.100", "192.0.2.100/24", """
            version 2
            advert_int 1
            authentication {
                auth_type PASS
                auth_pass secret
            }
            unicast_src_ip 192.0.2.OWN
            unicast_peer {
                192.0.2.PEER
            }"""),
    UNICAST_V3("192.0.2.100", "192.0.2.100/24", """
            version 3
            advert_int 0.1
            unicast_peer {
                192.0.2.PEER
            }"""),
    UNICAST_OLD_CHECKSUM("192.0.2.100", "192.0.2.100/24", """
            version 3
            advert_int 0.1
            old_unicast_checksum
            unicast_peer {
                192.0.2.PEER
            }""");

    /** The address that tests look for. */
    final String vip;

    private final String addresses;
    private final String lines;

    Way(String vip, String addresses, String lines) {
        this.vip = vip;
        this.addresses = addresses;
        this.lines = lines;
    }

    /** The configuration of the first or second host. */
    String text(int host, int priority) {
        return """
               vrrp_instance VI_1 {
                   state BACKUP
                   interface eth0
                   virtual_router_id 51
                   priority %d
                   %s
                   virtual_ipaddress {
                       %s
                   }
               }
               """.formatted(priority, lines.replace("OWN", "" + host).replace("PEER", "" + (3 - host)), addresses);
    }
}
