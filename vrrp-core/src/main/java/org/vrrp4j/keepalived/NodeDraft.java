package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.config.NamespaceName;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;

/** What the whole file says. */
final class NodeDraft extends Draft {
    final GlobalDraft globals;
    final Map<String, InstanceDraft> instances = new LinkedHashMap<>();
    final List<InstanceDraft.AddressEntry> staticAddresses = new ArrayList<>();
    final List<VirtualRoute> staticRoutes = new ArrayList<>();
    final List<VirtualRule> staticRules = new ArrayList<>();
    final Map<String, SyncGroupKeywords.GroupDraft> groups = new LinkedHashMap<>();
    final TrackGroups trackGroups = new TrackGroups();
    final Trackers trackers = new Trackers();
    final Map<String, LinkKeywords.DelayEntry> linkDelays = new LinkedHashMap<>();
    Optional<NamespaceName> namespace = Optional.empty();

    NodeDraft(Position position) {
        super(position);
        this.globals = new GlobalDraft(position);
    }
}
