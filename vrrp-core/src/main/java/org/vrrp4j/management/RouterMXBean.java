package org.vrrp4j.management;

import java.util.List;
import java.util.Map;

/** One virtual router, as JMX shows it: the values of {@link org.vrrp4j.model.RouterStatus} of the moment. */
public interface RouterMXBean {
    /** INIT, BACKUP, MASTER or FAULT. */
    String getRole();

    /** Why it has this role, in words. */
    String getCause();

    /** Since when, as ISO 8601 in UTC. */
    String getSince();

    /** How often its role has changed; see {@link org.vrrp4j.model.RoleChange#epoch()}. */
    long getEpoch();

    /** Whether it is MASTER and has its addresses. */
    boolean isMaster();

    /** The priority it runs with, 1 to 255. */
    int getPriority();

    /** The interval that it advertises with, in milliseconds. */
    long getAdvertisementIntervalMillis();

    /** For how long the node goes on advertising while its process is paused, in milliseconds; 0 if it does not. */
    long getPauseGraceMillis();

    /** Why it does not although it is to; else empty. */
    String getPauseGraceUnavailability();

    /** The virtual addresses. */
    List<String> getAddresses();

    /** The primary address of the master that it follows; empty if it is the master or knows none. */
    String getMasterAddress();

    /** The priority of that master, 0 if there is none. */
    int getMasterPriority();

    /** What keeps it in FAULT. */
    List<String> getFaults();

    /** Advertisements handed to the kernel. */
    long getAdvertisementsSent();

    /** Advertisements that passed every check. */
    long getAdvertisementsReceived();

    /** How often it became MASTER. */
    long getBecameMaster();

    /** Advertisements of priority 0 sent. */
    long getReleasesSent();

    /** Advertisements of priority 0 received. */
    long getReleasesReceived();

    /** Gratuitous ARP and unsolicited neighbour advertisement frames sent. */
    long getAnnouncements();

    /** Sends that failed. */
    long getSendFailures();

    /** Stalls of this process that were noticed. */
    long getStalls();

    /** Rejected packets by reason. */
    Map<String, Long> getRejections();
}
