package org.vrrp4j.protocol;

/** The deadlines of a virtual router, in the order in which several that have come are acted on. */
enum Timer {
    /** When the delay after the start ends (init). */
    START,
    /** Adver_Timer: when to advertise next (master). */
    ADVERTISE,
    /** Master_Down_Timer, RFC 9568's Active_Down_Timer: when the master counts as down (backup). */
    MASTER_DOWN,
    /** When to extend the lease between two advertisements (master). */
    RENEW,
    /** When to announce the addresses next (master). */
    ANNOUNCE,
    /** When another master has been silent for so long that the conflict is over (master). */
    RIVAL,
    /** When a host that claims an address has been silent for so long that the conflict is over (master). */
    HOLDER,
    /** When to announce again since such a host was heard too soon after the last time (master). */
    DEFEND,
    /** Until when a release is waited for before the rest of leaving goes on. */
    RELEASE,
    /** When to try again after the addresses could not be set (fault). */
    RETRY
}
