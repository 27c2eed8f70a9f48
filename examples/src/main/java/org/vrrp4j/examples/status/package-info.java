/**
 * The state of a running {@code vrrp run}, for {@code vrrp status}: {@link org.vrrp4j.examples.status.StatusSocket}
 * answers on a Unix socket (unix(7)), each connection one request, a line, and one answer. {@code json} is answered in
 * the format of keepalived's JSON dump ({@link org.vrrp4j.examples.status.KeepalivedJson}), {@code table} by a table
 * for people. Nothing can be changed through it.
 */
package org.vrrp4j.examples.status;
