package org.vrrp4j.config;

/**
 * A setting of the kernel (ip-sysctl in its documentation) that a host has while a router or node runs, whoever is
 * master; what was set before is put back at the end, and after a crash.
 */
public enum HostSetting {
    /**
     * {@code net.ipv4.conf.IF.promote_secondaries} of a router's interface is 1: when the first address of a subnet
     * goes, the next one takes its place, and they do not all go. keepalived's {@code promote_secondaries}. Addresses
     * that are given up here never take others along in any case; with it none do whose lease ends either.
     */
    PROMOTE_SECONDARIES,

    /**
     * {@code net.ipv4.igmp_link_local_mcast_reports} is 0, for the whole network namespace: the kernel does not report
     * that it is in groups of 224.0.0.0/24, as that of VRRP. Switches must send these everywhere (RFC 4541, 2.1.2).
     * keepalived's {@code disable_local_igmp}. Needs a writable /proc/sys/net.
     */
    NO_LOCAL_IGMP_REPORTS
}
