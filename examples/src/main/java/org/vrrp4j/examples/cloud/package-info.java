/**
 * A virtual address that is no address of a network card but an entry in a cloud: {@link
 * org.vrrp4j.examples.cloud.CloudAddressBackend} shows what an {@link org.vrrp4j.spi.AddressBackend} for such a place
 * looks like. It speaks to a made-up HTTP API; a real one differs in its paths and its authentication.
 */
package org.vrrp4j.examples.cloud;
