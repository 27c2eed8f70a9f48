package org.vrrp4j.management;

import java.util.List;

/** A node, as JMX shows it: the values of {@link org.vrrp4j.model.NodeStatus} of the moment. */
public interface NodeMXBean {
    /** Whether every virtual router is MASTER and has its addresses. */
    boolean isMaster();

    /** The names of the virtual routers, in the order of the configuration. */
    List<String> getRouters();

    /** When the configuration was last reloaded, or a reload refused, as ISO 8601 in UTC; empty if never. */
    String getLastReload();

    /** Whether the node runs with the configuration of the last reload; false too if there was none. */
    boolean isLastReloadDone();

    /** What the last reload has changed, or why it was refused; empty if there was none. */
    String getLastReloadText();

    /** For how long the node goes on advertising while its process is paused, in milliseconds; 0 if it does not. */
    long getPauseGraceMillis();

    /** Why it does not although it is to; else empty. */
    String getPauseGraceUnavailability();
}
