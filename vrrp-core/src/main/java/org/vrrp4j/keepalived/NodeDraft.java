package org.vrrp4j.keepalived;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.config.NamespaceName;

/** What the whole file says. */
final class NodeDraft extends Draft {
    final GlobalDraft globals;
    final Map<String, InstanceDraft> instances = new LinkedHashMap<>();
    Optional<NamespaceName> namespace = Optional.empty();

    NodeDraft(Position position) {
        super(position);
        this.globals = new GlobalDraft(position);
    }
}
