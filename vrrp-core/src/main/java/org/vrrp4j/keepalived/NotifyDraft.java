package org.vrrp4j.keepalived;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.NotifySettings.Occasion;

/** What an instance or a group says about whom to tell of its changes. */
final class NotifyDraft {
    private final Map<Occasion, Command> scripts = new EnumMap<>(Occasion.class);
    private boolean deletion;
    private Optional<Boolean> priorityChanges = Optional.empty();
    private Optional<Boolean> mail = Optional.empty();

    /** Adds the keywords that both have. */
    static <D extends Draft> void addTo(KeywordTable<D> table, Function<D, NotifyDraft> of) {
        addScript(table, of, "notify_master", Occasion.MASTER);
        addScript(table, of, "notify_backup", Occasion.BACKUP);
        addScript(table, of, "notify_fault", Occasion.FAULT);
        addScript(table, of, "notify_stop", Occasion.STOP);
        addScript(table, of, "notify", Occasion.ANY);
        table.line(
                "notify_priority_changes",
                Values.FLAG,
                (draft, flag) -> of.apply(draft).priorityChanges = Optional.of(flag));
        table.line("smtp_alert", Values.FLAG, (draft, flag) -> of.apply(draft).mail = Optional.of(flag));
    }

    /** Adds the keywords that only an instance has. */
    static void addToInstance(KeywordTable<InstanceDraft> table) {
        addScript(table, draft -> draft.notification, "notify_master_rx_lower_pri", Occasion.LOWER_PRIORITY_HEARD);
        Values<Optional<Command>> values = new Values<>(
                "[COMMAND [USER [GROUP]]]",
                List.of("", "/bin/true"),
                List.of(),
                line -> line.values().isEmpty()
                        ? Optional.of(Optional.empty())
                        : line.command().map(Optional::of));
        table.once("notify_deleted", values, (draft, command) -> {
            draft.notification.deletion = true;
            command.ifPresent(given -> draft.notification.scripts.put(Occasion.DELETED, given));
        });
    }

    private static <D extends Draft> void addScript(
            KeywordTable<D> table, Function<D, NotifyDraft> of, String keyword, Occasion occasion) {
        table.once(
                keyword,
                Values.COMMAND,
                (draft, command) -> of.apply(draft).scripts.put(occasion, command));
    }

    /** Takes from the group of an instance what that says for its members, and they do not themselves. */
    void inherit(NotifyDraft group) {
        priorityChanges = priorityChanges.or(() -> group.priorityChanges);
    }

    /** What is said here and, where nothing is, in global_defs. */
    NotifySettings build(GlobalDraft globals) {
        Map<Occasion, Command> commands = new EnumMap<>(Occasion.class);
        scripts.forEach((occasion, command) -> commands.put(occasion, globals.script(command)));
        return new NotifySettings(
                commands,
                deletion,
                priorityChanges.orElse(globals.notifyPriorityChanges),
                mail.or(() -> globals.reports.mailOfRouters)
                        .or(() -> globals.reports.mailOfAll)
                        .orElse(false));
    }
}
