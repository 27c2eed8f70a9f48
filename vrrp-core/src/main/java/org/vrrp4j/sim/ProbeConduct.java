package org.vrrp4j.sim;

/** What scripts and health checks of a name do on a simulated host. */
public enum ProbeConduct {
    /** They succeed at once. */
    PASSES,
    /** They fail at once. */
    FAILS,
    /** They do not answer until they are cancelled. */
    HANGS
}
