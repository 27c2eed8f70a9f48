package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.Optional;
import org.vrrp4j.config.ElectionDelays;

/** The block of a vrrp_instance. */
final class InstanceKeywords {
    private static final Duration MIN_INTERVAL = Duration.ofMillis(10);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(255);
    private static final int MAX_INTERFACE_LENGTH = 15;

    private static final String TRACKING = "this is not watched, and the router keeps its addresses although it fails";
    private static final String SCRIPTS = "no script is run; a listener is told instead";
    private static final String VIRTUAL_MAC = "the addresses answer with the interface's own MAC address";

    static final KeywordTable<InstanceDraft> TABLE = table();

    private InstanceKeywords() {}

    private static KeywordTable<InstanceDraft> table() {
        KeywordTable<InstanceDraft> table = new KeywordTable<InstanceDraft>("vrrp_instance")
                .line("state", (draft, line) -> draft.state = line.oneOf("MASTER", "BACKUP"))
                .line("interface", (draft, line) -> draft.interfaceName = interfaceName(line))
                .line("virtual_router_id", (draft, line) -> draft.vrid = line.integer(1, 255))
                .line("priority", (draft, line) -> draft.priority = line.integer(1, 255))
                .line("advert_int", (draft, line) -> draft.advertInterval = line.seconds(MIN_INTERVAL, MAX_INTERVAL))
                .line("version", (draft, line) -> draft.version = GlobalKeywords.version(line))
                .line("preempt", (draft, line) -> onPreempt(draft, line, true))
                .line("nopreempt", (draft, line) -> onPreempt(draft, line, false))
                .line("down_timer_adverts", (draft, line) -> draft.downTimerAdverts = line.integer(1, 100))
                .line("v3_checksum_as_v2", (draft, line) -> draft.checksumAsV2 = line.flag())
                .line("strict_mode", InstanceKeywords::onStrict)
                .line("mcast_dst_ip", (draft, line) -> GlobalKeywords.requireGroup(line, "224.0.0.18", "ff02::12"))
                .block("authentication", InstanceKeywords::onAuthentication)
                .block("virtual_ipaddress", (draft, line) -> {
                    line.bare();
                    draft.hasAddressBlock = true;
                    return new Block<>(
                            AddressLine.TABLE,
                            new AddressLine.ListDraft(AddressLine.advertised(draft), line.position()));
                });
        GarpSettings.addTo(table, "", draft -> draft.garp);
        addTransport(table);
        addElection(table);
        addResources(table);
        return table;
    }

    private static void addTransport(KeywordTable<InstanceDraft> table) {
        UnicastKeywords.addTo(table);
        table.refused("the peers would refuse advertisements without it, and all would be masters", "auth_hmac")
                .unsupported("sending fails while the source is not there, and that is reported", "track_src_ip")
                .unsupported(VIRTUAL_MAC, "use_vmac", "vmac_xmit_base", "use_vmac_addr", "use_ipvlan")
                .unsupported("the family is that of the addresses", "native_ipv6")
                .unsupported("a link that fails puts the router into FAULT", "dont_track_primary")
                .unsupported("links are watched by netlink", "linkbeat_use_polling")
                .unsupported("socket buffers have the sizes of this library", "kernel_rx_buf_size")
                .unsupported("keepalived does not use it either", "debug");
    }

    private static void addElection(KeywordTable<InstanceDraft> table) {
        table.line(
                        "preempt_delay",
                        (draft, line) -> draft.preemptDelay = line.seconds(Duration.ZERO, ElectionDelays.MAX))
                .line(
                        "skip_check_adv_addr",
                        (draft, line) -> draft.skipAddressCheck = GlobalKeywords.skipsAddressCheck(line))
                .line("timer_expired_backup", InstanceKeywords::onExpiredTimer)
                .line("thread_timer_expired", InstanceKeywords::onExpiredTimer)
                .fixed("lower_prio_no_advert", false, "a lower-priority advertisement is answered at once")
                .fixed("higher_prio_send_advert", true, "one last advertisement is always sent before yielding")
                .fixed("owner_ignore_adverts", false, "an address owner listens to advertisements")
                .unsupported("no announcements for other interfaces", "garp_extra_if", "vmac_garp_intvl")
                .unsupported("the kernel's setting is left alone", "promote_secondaries");
    }

    private static void addResources(KeywordTable<InstanceDraft> table) {
        ResourceKeywords.addTo(table);
        table.unsupported("a router needs at least one address", "no_virtual_ipaddress")
                .unsupported(TRACKING, "track_interface", "track_script", "track_file", "track_process", "track_bfd")
                .unsupported(SCRIPTS, "notify_master", "notify_backup", "notify_fault", "notify_stop")
                .unsupported(SCRIPTS, "notify_deleted", "notify", "notify_master_rx_lower_pri")
                .fixed("notify_priority_changes", false, "events go to listeners only")
                .fixed("smtp_alert", false, "no mail is sent")
                .unsupported("no virtual server is set up", "lvs_sync_daemon_interface");
    }

    /** A name that the kernel would take; whether there is such an interface is seen at start. */
    static Optional<String> interfaceName(Statement line) {
        return line.value("the name of an interface").filter(name -> {
            boolean valid = isInterfaceName(name);
            if (!valid) {
                line.error(line.keyword() + " must have 1 to " + MAX_INTERFACE_LENGTH
                        + " characters, none of them '/': " + Found.quote(name));
            }
            return valid;
        });
    }

    static boolean isInterfaceName(String name) {
        return !name.isBlank() && name.length() <= MAX_INTERFACE_LENGTH && name.indexOf('/') < 0;
    }

    private static void onPreempt(InstanceDraft draft, Statement line, boolean preempt) {
        line.bare();
        draft.preempt = preempt;
    }

    /** The priority of the best peer is not needed: a stall counts from the shortest wait that a peer has. */
    private static void onExpiredTimer(InstanceDraft draft, Statement line) {
        line.warnOfMoreThan(2);
        draft.stepDownAfterStall = true;
    }

    private static void onStrict(InstanceDraft draft, Statement line) {
        draft.strict = line.flag();
        if (draft.strict.orElse(false)) {
            GlobalKeywords.warnOfStrict(line);
        }
    }

    private static Block<?> onAuthentication(InstanceDraft draft, Statement line) {
        line.bare();
        if (draft.authentication == null) {
            draft.authentication = new AuthenticationDraft(line.position());
        }
        return new Block<>(AuthenticationKeywords.TABLE, draft.authentication);
    }
}
