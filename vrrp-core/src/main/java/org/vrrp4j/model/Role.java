package org.vrrp4j.model;

/**
 * What a virtual router is at a moment. The words are those of operators and of keepalived; RFC 9568 calls
 * {@link #MASTER} "Active" and {@link #INIT} "Initialize".
 */
public enum Role {
    /** Not running: not started yet, or stopped. */
    INIT,
    /** Listening to a master, ready to take over. */
    BACKUP,
    /** Advertising and holding the virtual addresses. */
    MASTER,
    /** Kept out of the election by something that must be put right first, see {@link Fault}. */
    FAULT
}
