package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.MailSettings;
import org.vrrp4j.config.NodeNotification;
import org.vrrp4j.config.NotifyFifo;

/** The part of global_defs about whom the node tells of what happens: mail, pipes, D-Bus and SNMP. */
final class ReportKeywords {
    private static final String PRIORITIES = "changes of the priority are told to listeners only";
    private static final String RELOAD = "the file is read once";
    private static final String DBUS = "there is no D-Bus object; node.status() and listeners tell the same";
    private static final String SNMP = "there is no SNMP agent; node.status() tells the same";
    private static final String CHECKS = "no real server is checked";
    private static final Values<Duration> UPDATE = Values.seconds(Duration.ofMillis(1), Duration.ofSeconds(30));

    private static final KeywordTable<RecipientList> RECIPIENTS = new KeywordTable<RecipientList>("notification_email")
            .others((list, line) -> list.reports.recipients.addAll(line.words()));

    private ReportKeywords() {}

    /** What these keywords say. */
    static final class ReportDraft {
        private final List<String> recipients = new ArrayList<>();
        private Optional<String> sender = Optional.empty();
        private Optional<String> server = Optional.empty();
        private int port = MailSettings.DEFAULT_PORT;
        private Optional<String> heloName = Optional.empty();
        private Duration connectTimeout = MailSettings.DEFAULT_TIMEOUT;
        private final Fifo fifo = new Fifo();
        private final Fifo vrrpFifo = new Fifo();
        private boolean mailOfFaults = true;
        Optional<Boolean> mailOfAll = Optional.empty();
        Optional<Boolean> mailOfRouters = Optional.empty();
        boolean scriptSecurity;

        NodeNotification build(GlobalDraft globals) {
            Optional<MailSettings> mail = recipients.isEmpty()
                    ? Optional.empty()
                    : server.map(host ->
                            new MailSettings(recipients, sender, host, port, heloName, connectTimeout, mailOfFaults));
            List<NotifyFifo> fifos = new ArrayList<>();
            fifo.build(globals).ifPresent(fifos::add);
            vrrpFifo.build(globals).ifPresent(fifos::add);
            return new NodeNotification(mail, fifos, scriptSecurity);
        }
    }

    /** A pipe. */
    private static final class Fifo {
        private Optional<String> path = Optional.empty();
        private Optional<String> owner = Optional.empty();
        private Optional<Command> reader = Optional.empty();

        void set(List<String> words) {
            path = Optional.of(words.get(0));
            owner = Statement.user(words.subList(1, words.size()));
        }

        Optional<NotifyFifo> build(GlobalDraft globals) {
            return path.map(file -> new NotifyFifo(file, owner, reader.map(globals::script)));
        }
    }

    /** The block of the recipients; they go to the globals. */
    private static final class RecipientList extends Draft {
        private final ReportDraft reports;

        RecipientList(ReportDraft reports, Position position) {
            super(position);
            this.reports = reports;
        }
    }

    static void addTo(KeywordTable<GlobalDraft> table) {
        addMail(table);
        addFifo(table, "notify_fifo");
        addFifo(table, "vrrp_notify_fifo");
        table.notYet(CHECKS, Values.words("PATH [USER [GROUP]]", "/run/fifo"), "lvs_notify_fifo")
                .notYet(CHECKS, Values.COMMAND, "lvs_notify_fifo_script")
                .notYet(
                        PRIORITIES,
                        "vrrp_notify_priority_changes",
                        Values.FLAG,
                        (globals, flag) -> globals.notifyPriorityChanges = flag)
                .noEffect(RELOAD, Values.NONE, "fifo_write_vrrp_states_on_reload")
                .line("log_unknown_vrids", Values.NONE, (globals, given) -> globals.logsUnknownRouters = true)
                .notYet(CHECKS, Values.FLAG, "rs_init_notifies", "no_checker_emails", "checker_log_all_failures")
                .notYet(CHECKS, Values.FLAG, "smtp_alert_checker")
                .noEffect(DBUS, Values.NONE, "enable_dbus")
                .noEffect(DBUS, Values.text("NAME", "org.example.Vrrp"), "dbus_service_name")
                .noEffect(DBUS, Values.text("NAME", "none"), "dbus_no_interface_name")
                .noEffect(SNMP, Values.text("SOCKET", "unix:/var/agentx/master"), "snmp_socket")
                .noEffect(SNMP, Values.NONE, "enable_traps", "enable_snmp_vrrp", "enable_snmp_keepalived")
                .noEffect(SNMP, Values.NONE, "enable_snmp_checker", "enable_snmp_rfc", "enable_snmp_rfcv2")
                .noEffect(SNMP, Values.NONE, "enable_snmp_rfcv3")
                .noEffect(SNMP, UPDATE, "snmp_vs_stats_update_interval", "snmp_rs_stats_update_interval");
    }

    private static void addMail(KeywordTable<GlobalDraft> table) {
        table.block("notification_email", RECIPIENTS, (globals, line) -> {
                    line.noParameters();
                    return new Block<>(RECIPIENTS, new RecipientList(globals.reports, line.position()));
                })
                .line(
                        "notification_email_from",
                        Values.text("ADDRESS", "root@example.org"),
                        (globals, text) -> globals.reports.sender = Optional.of(text))
                .line("smtp_server", server(), ReportKeywords::onServer)
                .line(
                        "smtp_helo_name",
                        Values.text("NAME", "lb1.example.org"),
                        (globals, text) -> globals.reports.heloName = Optional.of(text))
                .line(
                        "smtp_connect_timeout",
                        Values.integer(1, 4294),
                        (globals, seconds) -> globals.reports.connectTimeout = Duration.ofSeconds(seconds))
                .line("smtp_alert", Values.FLAG, (globals, flag) -> globals.reports.mailOfAll = Optional.of(flag))
                .line(
                        "smtp_alert_vrrp",
                        Values.FLAG,
                        (globals, flag) -> globals.reports.mailOfRouters = Optional.of(flag))
                .line("no_email_faults", Values.NONE, (globals, given) -> globals.reports.mailOfFaults = false);
    }

    private static Values<List<String>> server() {
        return new Values<>("HOST [PORT]", List.of("192.0.2.25", "192.0.2.25 587"), List.of("192.0.2.25 0"), line -> {
            line.warnOfMoreThan(3);
            if (line.values().isEmpty()) {
                line.error("smtp_server needs a value: HOST [PORT]");
                return Optional.empty();
            }
            boolean valid = line.values().size() < 2
                    || Numbers.integer(line.values().get(1), 1, 65535).isPresent();
            if (!valid) {
                line.error("the port of smtp_server must be 1 to 65535: "
                        + Found.quote(line.values().get(1)));
            }
            return valid ? Optional.of(line.values()) : Optional.empty();
        });
    }

    private static void onServer(GlobalDraft globals, List<String> words) {
        globals.reports.server = Optional.of(words.get(0));
        globals.reports.port = words.size() < 2 ? MailSettings.DEFAULT_PORT : Integer.parseInt(words.get(1));
    }

    private static void addFifo(KeywordTable<GlobalDraft> table, String keyword) {
        Values<List<String>> path = new Values<>(
                "PATH [USER [GROUP]]",
                List.of("/run/fifo"),
                List.of(),
                line -> line.value("the path of a pipe").map(text -> line.values()));
        table.once(keyword, path, (globals, words) -> fifo(globals, keyword).set(words))
                .once(
                        keyword + "_script",
                        Values.COMMAND,
                        (globals, command) -> fifo(globals, keyword).reader = Optional.of(command));
    }

    private static Fifo fifo(GlobalDraft globals, String keyword) {
        return keyword.startsWith("vrrp_") ? globals.reports.vrrpFifo : globals.reports.fifo;
    }
}
