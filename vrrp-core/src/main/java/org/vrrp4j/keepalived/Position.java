package org.vrrp4j.keepalived;

/** Where something stands. */
record Position(String file, int line) {}
