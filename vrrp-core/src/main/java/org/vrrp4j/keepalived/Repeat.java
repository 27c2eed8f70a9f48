package org.vrrp4j.keepalived;

/** What a second keyword in the same block means. */
enum Repeat {
    /** It adds something. */
    ADDS,
    /** It replaces the first. */
    REPLACES,
    /** It is a mistake. */
    REFUSED
}
