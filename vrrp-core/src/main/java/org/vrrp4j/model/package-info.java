/**
 * The words that every other package shares: roles and causes, identities, addresses, events and status, as immutable
 * values. Names are those of RFC 9568 and RFC 3768, except {@link org.vrrp4j.model.Role}, which keeps the operators'
 * words. Nothing here knows configuration, packets, time or input and output.
 */
package org.vrrp4j.model;
