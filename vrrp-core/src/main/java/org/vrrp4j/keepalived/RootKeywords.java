package org.vrrp4j.keepalived;

import java.util.Optional;
import org.vrrp4j.config.NamespaceName;

/** What stands outside of all blocks. */
final class RootKeywords {
    private static final String PROCESS = "processes and their files are those of the JVM";
    private static final String TRACK_GROUP = "what is static is put back, and no instance follows it";
    private static final String TRACKING = "nothing is watched, so a router stays master although this fails";
    private static final String LVS = "no virtual server is set up";

    static final KeywordTable<NodeDraft> TABLE = new KeywordTable<NodeDraft>("the outermost level")
            .block("global_defs", (node, line) -> new Block<>(GlobalKeywords.TABLE, node.globals))
            .block("vrrp_instance", RootKeywords::onInstance)
            .block(
                    "vrrp_sync_group",
                    known(OtherBlocks.SYNC_GROUP, "each instance changes its role for itself, not with its group"))
            .block("vrrp_script", known(OtherBlocks.SCRIPT, TRACKING))
            .block("vrrp_track_process", known(OtherBlocks.TRACK_PROCESS, TRACKING))
            .block("track_file", known(OtherBlocks.TRACK_FILE, TRACKING))
            .block("vrrp_track_file", known(OtherBlocks.TRACK_FILE, TRACKING))
            .block("bfd_instance", known(OtherBlocks.BFD_INSTANCE, TRACKING))
            .line("net_namespace", RootKeywords::onNamespace)
            .unsupported("no packet filter is changed", "namespace_with_ipsets")
            .unsupported(PROCESS, "instance", "use_pid_dir", "child_wait_time")
            .unsupported(
                    "links are watched by netlink, without polling and delay",
                    "linkbeat_use_polling",
                    "linkbeat_interfaces",
                    "interface_up_down_delays")
            .unsupported(TRACK_GROUP, "track_group")
            .block("static_ipaddress", ResourceKeywords::onStaticAddresses)
            .block("static_routes", ResourceKeywords::onStaticRoutes)
            .block("static_rules", ResourceKeywords::onStaticRules)
            .unsupported("announcements of several interfaces are not limited together", "garp_group")
            .unsupported(LVS, "SSL", "virtual_server_group", "virtual_server", "net_namespace_ipvs");

    private RootKeywords() {}

    private static Keyword.BlockHandler<NodeDraft> known(KeywordTable<Draft> table, String consequence) {
        return (node, line) -> {
            line.warning(Found.quote(line.keyword()) + " is not supported yet: " + consequence);
            return new Block<>(table, new Draft(line.position()));
        };
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
        InstanceDraft draft = new InstanceDraft(name.orElse(""), line.position());
        InstanceDraft first = name.isPresent() ? node.instances.putIfAbsent(draft.name, draft) : null;
        if (first != null) {
            line.error("vrrp_instance " + Found.quote(draft.name) + " is in line "
                    + first.position().line() + " already; give each instance a name of its own");
            return Block.skipped(line.position());
        }
        return new Block<>(InstanceKeywords.TABLE, draft);
    }
}
