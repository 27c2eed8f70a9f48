package org.vrrp4j.keepalived;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the whole file says. */
final class NodeDraft extends Draft {
    final GlobalDraft globals;
    final Map<String, InstanceDraft> instances = new LinkedHashMap<>();

    NodeDraft(Position position) {
        super(position);
        this.globals = new GlobalDraft(position);
    }
}
