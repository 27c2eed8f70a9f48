package org.vrrp4j.examples.mail;

import java.util.Set;
import java.util.stream.Collectors;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.SyncGroupConfig;

/**
 * Whom mails are sent about; keepalived's {@code smtp_alert}.
 *
 * @param routers the names of routers
 * @param groups the names of sync groups
 */
public record MailSubjects(Set<String> routers, Set<String> groups) {

    /** Copies the sets. */
    public MailSubjects {
        routers = Set.copyOf(routers);
        groups = Set.copyOf(groups);
    }

    /** Those of a configuration. */
    public static MailSubjects of(NodeConfig config) {
        return new MailSubjects(
                config.routers().stream()
                        .filter(router -> router.notification().mail())
                        .map(RouterConfig::name)
                        .collect(Collectors.toUnmodifiableSet()),
                config.groups().stream()
                        .filter(group -> group.notification().mail())
                        .map(SyncGroupConfig::name)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return routers.isEmpty() && groups.isEmpty();
    }
}
