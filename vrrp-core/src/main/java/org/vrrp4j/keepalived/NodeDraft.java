package org.vrrp4j.keepalived;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.config.NamespaceName;

/** What the whole file says. */
final class NodeDraft extends Draft {
    final GlobalDraft globals;
    final Map<String, InstanceDraft> instances = new LinkedHashMap<>();
    final Map<String, SyncGroupKeywords.GroupDraft> groups = new LinkedHashMap<>();
    final Trackers trackers = new Trackers();
    Optional<NamespaceName> namespace = Optional.empty();

    NodeDraft(Position position) {
        super(position);
        this.globals = new GlobalDraft(position);
    }
}
