/**
 * The configuration of a node and its virtual routers: immutable values, checked when they are built, so that what
 * exists is valid. Where it came from (a builder, keepalived.conf) does not show; what a text may have wrong is told
 * by {@link org.vrrp4j.config.Problem}, and what differs between two by {@link org.vrrp4j.config.NodeDifference}.
 * Ranges and defaults are those of RFC 9568, section 6.1, and RFC 3768, section 6.1, unless the method says otherwise.
 */
package org.vrrp4j.config;
