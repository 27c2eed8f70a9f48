package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The block of a vrrp_sync_group. */
final class SyncGroupKeywords {

    private static final KeywordTable<MemberList> MEMBERS =
            new KeywordTable<MemberList>("group").others((list, line) -> list.add(line));

    static final KeywordTable<GroupDraft> TABLE = table();

    private SyncGroupKeywords() {}

    /** A member and the line it is in. */
    record Member(String name, Position position) {}

    /** What the block says. */
    static final class GroupDraft extends Draft {
        final String name;
        final List<Member> members = new ArrayList<>();
        final TrackLists tracked;
        final NotifyDraft notification = new NotifyDraft();
        boolean weighted;

        GroupDraft(String name, Trackers trackers, Position position) {
            super(position);
            this.name = name;
            this.tracked = new TrackLists(trackers);
        }
    }

    /** The block of the members; they go to the group. */
    private static final class MemberList extends Draft {
        private final GroupDraft group;

        MemberList(GroupDraft group, Position position) {
            super(position);
            this.group = group;
        }

        void add(Statement line) {
            line.words().forEach(word -> group.members.add(new Member(word, line.position())));
        }
    }

    private static KeywordTable<GroupDraft> table() {
        KeywordTable<GroupDraft> table = new KeywordTable<GroupDraft>("vrrp_sync_group")
                .block("group", (draft, line) -> {
                    line.noParameters();
                    return new Block<>(MEMBERS, new MemberList(draft, line.position()));
                })
                .line("sync_group_tracking_weight", Values.NONE, (draft, given) -> draft.weighted = true)
                .noEffect("it has none in keepalived either", Values.NONE, "global_tracking");
        TrackLists.addTo(table, draft -> draft.tracked);
        NotifyDraft.addTo(table, draft -> draft.notification);
        return table;
    }

    static void addTo(KeywordTable<NodeDraft> root) {
        root.block("vrrp_sync_group", TABLE, SyncGroupKeywords::onGroup);
    }

    private static Block<?> onGroup(NodeDraft node, Statement line) {
        Optional<String> name = line.value("the name of the group");
        if (name.isEmpty()) {
            return Block.skipped(line.position());
        }
        GroupDraft draft = new GroupDraft(name.get(), node.trackers, line.position());
        GroupDraft first = node.groups.putIfAbsent(name.get(), draft);
        if (first != null) {
            line.error("vrrp_sync_group " + Found.quote(name.get()) + " is in line "
                    + first.position().line() + " already; give each group a name of its own");
            return Block.skipped(line.position());
        }
        return new Block<>(TABLE, draft);
    }
}
