/** Tests of the shared words: addresses as text and in order, MAC addresses, the authentication field. */
package org.vrrp4j.model;
