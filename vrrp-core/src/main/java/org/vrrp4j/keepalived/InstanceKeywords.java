package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.config.ElectionDelays;

/** The block of a vrrp_instance. */
final class InstanceKeywords {
    private static final Duration MIN_INTERVAL = Duration.ofMillis(10);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(255);
    private static final int MAX_INTERFACE_LENGTH = 15;

    private static final String NO_ADDRESS = "a peer that follows RFC 9568 (5.2.5) ignores advertisements without an"
            + " address, and would be a second master; an address that nobody uses does what is meant";

    private static final Values<Integer> ONE_BYTE = Values.integer(1, 255);
    private static final Values<Duration> INTERVAL = Values.seconds(MIN_INTERVAL, MAX_INTERVAL);
    private static final Values<String> INTERFACE =
            new Values<>("NAME", List.of("eth0"), List.of("a-name-too-long-x"), InstanceKeywords::interfaceName);

    static final KeywordTable<InstanceDraft> TABLE = table();

    private InstanceKeywords() {}

    private static KeywordTable<InstanceDraft> table() {
        KeywordTable<InstanceDraft> table = new KeywordTable<InstanceDraft>("vrrp_instance")
                .line("state", Values.oneOf("MASTER", "BACKUP"), (draft, state) -> draft.state = Optional.of(state))
                .line("interface", INTERFACE, (draft, name) -> draft.interfaceName = Optional.of(name))
                .line("virtual_router_id", ONE_BYTE, (draft, vrid) -> draft.vrid = OptionalInt.of(vrid))
                .line("priority", ONE_BYTE, (draft, priority) -> draft.priority = OptionalInt.of(priority))
                .line("advert_int", INTERVAL, (draft, interval) -> draft.advertInterval = Optional.of(interval))
                .line("version", GlobalKeywords.VERSION, (draft, version) -> draft.version = Optional.of(version))
                .line("preempt", Values.NONE, (draft, given) -> draft.preempt = true)
                .line("nopreempt", Values.NONE, (draft, given) -> draft.preempt = false)
                .line(
                        "down_timer_adverts",
                        Values.integer(1, 100),
                        (draft, count) -> draft.downTimerAdverts = OptionalInt.of(count))
                .line("v3_checksum_as_v2", Values.FLAG, (draft, flag) -> draft.checksumAsV2 = Optional.of(flag))
                .line("strict_mode", InstanceKeywords::onStrict)
                .line("mcast_dst_ip", (draft, line) -> GlobalKeywords.requireGroup(line, "224.0.0.18", "ff02::12"))
                .block("authentication", AuthenticationKeywords.TABLE, InstanceKeywords::onAuthentication)
                .block("virtual_ipaddress", (draft, line) -> {
                    line.noParameters();
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
        VirtualMacKeywords.addTo(table);
        table.refusedBlock(
                        "the peers would refuse advertisements without it, and all would be masters",
                        "auth_hmac",
                        AuthenticationKeywords.HMAC)
                .line("track_src_ip", Values.NONE, (draft, given) -> draft.tracksSource = true)
                .noEffect("the family is that of the addresses", Values.NONE, "native_ipv6")
                .line("dont_track_primary", Values.NONE, (draft, given) -> draft.tracksLink = false)
                .noEffect("links are watched by netlink", Values.NONE, "linkbeat_use_polling")
                .noEffect(
                        "socket buffers have the sizes of this library",
                        Values.number(0, 0xffff_ffffL),
                        "kernel_rx_buf_size")
                .noEffect("keepalived does not use it either", Values.integer(0, 4), "debug");
    }

    private static void addElection(KeywordTable<InstanceDraft> table) {
        table.line(
                        "preempt_delay",
                        Values.seconds(Duration.ZERO, ElectionDelays.MAX),
                        (draft, delay) -> draft.preemptDelay = Optional.of(delay))
                .line(
                        "skip_check_adv_addr",
                        (draft, line) -> draft.skipAddressCheck = GlobalKeywords.skipsAddressCheck(line))
                .line("timer_expired_backup", InstanceKeywords::onExpiredTimer)
                .line("thread_timer_expired", InstanceKeywords::onExpiredTimer)
                .fixed("lower_prio_no_advert", false, "a lower-priority advertisement is answered at once")
                .fixed("higher_prio_send_advert", true, "one last advertisement is always sent before yielding")
                .fixed("owner_ignore_adverts", false, "an address owner listens to advertisements")
                .notYet("no announcements for other interfaces", GarpSettings.EXTRA, "garp_extra_if")
                .notYet("no announcements for other interfaces", GarpSettings.EXTRA, "vmac_garp_intvl")
                .notYet("the kernel's setting is left alone", Values.NONE, "promote_secondaries");
    }

    private static void addResources(KeywordTable<InstanceDraft> table) {
        ResourceKeywords.addTo(table);
        table.notYet(NO_ADDRESS, Values.NONE, "no_virtual_ipaddress")
                .notYet("no virtual server is set up", Values.text("INTERFACE", "eth0"), "lvs_sync_daemon_interface");
        TrackLists.addTo(table, draft -> draft.tracked);
        NotifyDraft.addTo(table, draft -> draft.notification);
        NotifyDraft.addToInstance(table);
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
