package org.vrrp4j.keepalived;

import java.util.Optional;
import java.util.function.BiFunction;
import org.vrrp4j.config.NamespaceName;

/** What stands outside of all blocks. */
final class RootKeywords {
    private static final String PROCESS = "processes and their files are those of the JVM";
    private static final String NOT_WATCHED = "nothing is watched, so a router stays master although this fails";
    private static final String LINKS = "links are watched by netlink, without polling and delay";

    static final KeywordTable<NodeDraft> TABLE = table();

    private RootKeywords() {}

    private static KeywordTable<NodeDraft> table() {
        KeywordTable<NodeDraft> table = new KeywordTable<NodeDraft>("the outermost level")
                .block("global_defs", GlobalKeywords.TABLE, (node, line) -> {
                    line.bare();
                    return new Block<>(GlobalKeywords.TABLE, node.globals);
                })
                .block("vrrp_instance", InstanceKeywords.TABLE, RootKeywords::onInstance)
                .line("net_namespace", RootKeywords::onNamespace)
                .noEffect(
                        "packets are dropped without ipsets, in a namespace too", Values.NONE, "namespace_with_ipsets")
                .noEffect(PROCESS, Values.text("NAME", "blue"), "instance")
                .noEffect(PROCESS, Values.NONE, "use_pid_dir")
                .noEffect(PROCESS, Values.number(0, 0xffff_ffffL), "child_wait_time")
                .noEffect(LINKS, Values.NONE, "linkbeat_use_polling")
                .noEffectBlock(LINKS, "linkbeat_interfaces", LinkKeywords.POLLED)
                .block("interface_up_down_delays", LinkKeywords::onDelays)
                .block("track_group", TrackGroups.TABLE, TrackGroups::onGroup)
                .noted(TrackGroups.NOTE, "track_group")
                .block("static_ipaddress", ResourceKeywords::onStaticAddresses)
                .block("static_routes", ResourceKeywords::onStaticRoutes)
                .block("static_rules", ResourceKeywords::onStaticRules)
                .notYetBlock(
                        "announcements of several interfaces are not limited together",
                        "garp_group",
                        LinkKeywords.GARP_GROUP);
        SyncGroupKeywords.addTo(table);
        addTracker(table, "vrrp_script", TrackerKind.SCRIPT, ScriptKeywords.TABLE, ScriptKeywords.ScriptDraft::new);
        addTracker(
                table,
                "vrrp_track_process",
                TrackerKind.PROCESS,
                ProcessKeywords.TABLE,
                ProcessKeywords.ProcessDraft::new);
        addTracker(table, "track_file", TrackerKind.FILE, FileKeywords.TABLE, FileKeywords.FileDraft::new);
        addTracker(table, "vrrp_track_file", TrackerKind.FILE, FileKeywords.TABLE, FileKeywords.FileDraft::new);
        addTracker(table, "bfd_instance", TrackerKind.BFD, BfdKeywords.TABLE, BfdKeywords.BfdDraft::new);
        LvsKeywords.addToRoot(table);
        return table;
    }

    private static <T extends TrackerDraft> void addTracker(
            KeywordTable<NodeDraft> table,
            String keyword,
            TrackerKind kind,
            KeywordTable<T> inner,
            BiFunction<String, Position, T> draft) {
        Keyword.BlockHandler<NodeDraft> handler = (node, line) -> node.trackers.define(kind, inner, line, draft);
        if (kind == TrackerKind.BFD) {
            table.notYetBlock(NOT_WATCHED, keyword, inner, handler);
        } else {
            table.block(keyword, inner, handler);
        }
    }

    private static void onNamespace(NodeDraft node, Statement line) {
        line.value("the name of a network namespace").ifPresent(name -> {
            String source = line.position().file() + ":" + line.position().line() + ": " + line.keyword() + " " + name;
            try {
                node.namespace = Optional.of(new NamespaceName(name, source));
            } catch (IllegalArgumentException e) {
                line.error(line.keyword() + " must be a name as 'ip netns list' shows it, or an absolute path: "
                        + Found.quote(name));
            }
        });
    }

    private static Block<?> onInstance(NodeDraft node, Statement line) {
        Optional<String> name = line.value("the name of the instance");
        InstanceDraft draft = new InstanceDraft(name.orElse(""), node.trackers, line.position());
        InstanceDraft first = name.isPresent() ? node.instances.putIfAbsent(draft.name, draft) : null;
        if (first != null) {
            line.error("vrrp_instance " + Found.quote(draft.name) + " is in line "
                    + first.position().line() + " already; give each instance a name of its own");
            return Block.skipped(line.position());
        }
        return new Block<>(InstanceKeywords.TABLE, draft);
    }
}
