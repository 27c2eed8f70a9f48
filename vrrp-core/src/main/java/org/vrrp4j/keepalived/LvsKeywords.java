package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.List;

/** Virtual servers, their real servers and the checks of these (IPVS): read, checked and not yet acted on. */
final class LvsKeywords {
    private static final String LVS = "no virtual server is set up";
    private static final long UINT = 0xffff_ffffL;
    private static final int MAX_WEIGHT = Integer.MAX_VALUE;
    private static final Values<Duration> TIME = Values.seconds(Duration.ofNanos(1000), Duration.ofSeconds(4294));
    private static final Values<Duration> TIME_OR_NONE = Values.secondsFrom(Duration.ZERO);
    private static final Values<Duration> LONG_TIME = Values.secondsFrom(Duration.ofNanos(1000));
    private static final Values<Integer> PORT = Values.integer(1, 65535);
    private static final Values<String> METHOD = new Values<>(
            "NAT | DR | TUN [OPTION...]",
            List.of("NAT", "DR", "TUN"),
            List.of("ROUTE"),
            line -> line.firstOf("NAT", "DR", "TUN"));
    private static final Values<List<String>> SERVER = Values.words("ADDRESS [PORT]", "192.0.2.9 80");

    private LvsKeywords() {}

    /** Adds the blocks of the outermost level. */
    static void addToRoot(KeywordTable<NodeDraft> root) {
        root.notYetBlock(LVS, "SSL", ssl())
                .notYetBlock(
                        LVS,
                        "virtual_server_group",
                        new KeywordTable<Draft>("virtual_server_group").others((draft, line) -> {}))
                .notYetBlock(LVS, "virtual_server", virtualServer())
                .notYet(LVS, Values.words("[NAME]", "lvs"), "net_namespace_ipvs");
    }

    /** Adds the keywords of global_defs. */
    static void addTo(KeywordTable<GlobalDraft> table) {
        table.notYet(LVS, Values.words("[tcp S] [tcpfin S] [udp S]", "tcp 900"), "lvs_timeouts")
                .notYet(LVS, Values.NONE, "lvs_flush")
                .notYet(LVS, Values.words("[VS]", "", "VS"), "lvs_flush_on_stop", "lvs_flush_onstop")
                .notYet(LVS, Values.words("INTERFACE [INSTANCE] [OPTION...]"), "lvs_sync_daemon")
                .notYet(LVS, Values.words("[TABLE]", ""), "nftables_ipvs")
                .notYet(LVS, Values.number(Integer.MIN_VALUE, Integer.MAX_VALUE), "nftables_ipvs_priority")
                .notYet(LVS, Values.number(1, UINT), "nftables_ipvs_start_fwmark");
    }

    private static KeywordTable<Draft> ssl() {
        return new KeywordTable<Draft>("SSL")
                .covered(Values.text("TEXT", "secret"), "password")
                .covered(Values.text("PATH", "/tmp/x.pem"), "ca", "certificate", "key");
    }

    private static KeywordTable<Draft> virtualServer() {
        Values<String> scheduler = Values.oneOf(
                "rr", "wrr", "lc", "wlc", "lblc", "sh", "mh", "dh", "fo", "ovf", "lblcr", "sed", "nq", "twos");
        KeywordTable<Draft> table = new KeywordTable<Draft>("virtual_server")
                .covered(Values.oneOf("inet", "inet6"), "ip_family")
                .covered(scheduler, "lb_algo", "lvs_sched")
                .covered(Values.NONE, "hashed", "ops", "flag-1", "flag-2", "flag-3", "sh-port", "sh-fallback")
                .covered(Values.NONE, "mh-port", "mh-fallback", "ha_suspend", "alpha", "omega")
                .covered(METHOD, "lb_kind", "lvs_method", "sorry_server_lvs_method")
                .covered(Values.text("NAME", "sip"), "persistence_engine")
                .covered(Values.words("[SECONDS]", "", "50"), "persistence_timeout")
                .covered(Values.text("MASK", "255.255.255.0"), "persistence_granularity")
                .covered(Values.oneOf("TCP", "UDP", "SCTP"), "protocol")
                .covered(Values.COMMAND, "quorum_up", "quorum_down")
                .covered(Values.number(1, UINT), "quorum")
                .covered(Values.number(0, UINT), "hysteresis")
                .covered(Values.integer(1, MAX_WEIGHT), "weight")
                .covered(SERVER, "sorry_server")
                .covered(Values.NONE, "sorry_server_inhibit")
                .coveredBlock("real_server", realServer());
        return addCommon(table);
    }

    /** What a virtual server says for all its real servers, and each of them for itself. */
    private static KeywordTable<Draft> addCommon(KeywordTable<Draft> table) {
        return table.covered(Values.number(1, UINT), "retry")
                .covered(TIME_OR_NONE, "delay_before_retry", "warmup")
                .covered(TIME, "connect_timeout")
                .covered(LONG_TIME, "delay_loop")
                .covered(Values.NONE, "inhibit_on_failure")
                .covered(Values.FLAG, "smtp_alert")
                .covered(Values.text("NAME", "www.example.org"), "virtualhost", "snmp_name");
    }

    private static KeywordTable<Draft> realServer() {
        KeywordTable<Draft> table = new KeywordTable<Draft>("real_server")
                .covered(Values.integer(0, MAX_WEIGHT), "weight")
                .covered(METHOD, "lvs_method")
                .covered(Values.number(0, UINT), "uthreshold", "lthreshold")
                .covered(Values.COMMAND, "notify_up", "notify_down")
                .covered(Values.FLAG, "alpha")
                .coveredBlock("TCP_CHECK", checker("TCP_CHECK"))
                .coveredBlock("PING_CHECK", checker("PING_CHECK"))
                .coveredBlock("HTTP_GET", httpCheck("HTTP_GET"))
                .coveredBlock("SSL_GET", httpCheck("SSL_GET"))
                .coveredBlock(
                        "SMTP_CHECK",
                        checker("SMTP_CHECK")
                                .covered(Values.text("NAME", "lb1"), "helo_name")
                                .coveredBlock("host", checker("host")))
                .coveredBlock(
                        "DNS_CHECK",
                        checker("DNS_CHECK")
                                .covered(
                                        Values.oneOf("A", "NS", "CNAME", "SOA", "MX", "TXT", "AAAA", "RRSIG", "DNSKEY"),
                                        "type")
                                .covered(Values.text("NAME", "example.org"), "name"))
                .coveredBlock(
                        "MISC_CHECK",
                        checker("MISC_CHECK")
                                .covered(Values.COMMAND, "misc_path")
                                .covered(Values.integer(0, 4294), "misc_timeout")
                                .covered(Values.NONE, "misc_dynamic")
                                .covered(Values.words("USER [GROUP]", "root"), "user"))
                .coveredBlock(
                        "UDP_CHECK",
                        checker("UDP_CHECK")
                                .covered(Values.words("HEX", "0a0b"), "payload")
                                .covered(Values.words("[HEX]", "", "0a0b"), "require_reply")
                                .covered(Values.integer(0, 65535), "min_reply_length", "max_reply_length"))
                .coveredBlock(
                        "BFD_CHECK",
                        new KeywordTable<Draft>("BFD_CHECK")
                                .covered(Values.text("NAME", "bfd1"), "name")
                                .covered(Values.FLAG, "alpha"))
                .coveredBlock(
                        "FILE_CHECK",
                        new KeywordTable<Draft>("FILE_CHECK")
                                .covered(Values.text("NAME", "switch"), "track_file")
                                .covered(Values.words("WEIGHT [reverse]", "1"), "weight"));
        return addCommon(table);
    }

    private static KeywordTable<Draft> checker(String name) {
        return new KeywordTable<Draft>(name)
                .covered(Values.ADDRESS, "connect_ip", "bindto")
                .covered(PORT, "connect_port", "bind_port")
                .covered(Values.text("INTERFACE", "eth0"), "bind_if")
                .covered(TIME, "connect_timeout")
                .covered(LONG_TIME, "delay_loop")
                .covered(Values.number(0, UINT), "fwmark", "retry")
                .covered(TIME_OR_NONE, "delay_before_retry", "warmup")
                .covered(Values.FLAG, "alpha", "log_all_failures");
    }

    private static KeywordTable<Draft> httpCheck(String name) {
        KeywordTable<Draft> url = new KeywordTable<Draft>("url")
                .covered(Values.text("PATH", "/"), "path")
                .covered(Values.text("MD5", "9b3a0c85a887a256d6939da88aabd8cd"), "digest")
                .covered(Values.words("CODE[-CODE]...", "200", "200-299 301"), "status_code")
                .covered(Values.text("NAME", "www.example.org"), "virtualhost")
                .covered(Values.words("EXPRESSION", "ok"), "regex")
                .covered(Values.NONE, "regex_no_match", "tls_compliant")
                .covered(Values.words("OPTION...", "caseless"), "regex_options")
                .covered(Values.number(0, UINT), "regex_min_offset", "regex_max_offset")
                .covered(Values.words("START MAX", "1024 4096"), "regex_stack");
        return checker(name)
                .covered(Values.number(0, UINT), "nb_get_retry")
                .covered(Values.text("NAME", "www.example.org"), "virtualhost", "sni_name")
                .covered(Values.oneOf("1.0", "1.0C", "1.0c", "1.1"), "http_protocol")
                .covered(Values.NONE, "enable_sni", "tls_compliant")
                .covered(Values.FLAG, "fast_recovery")
                .coveredBlock("url", url);
    }
}
