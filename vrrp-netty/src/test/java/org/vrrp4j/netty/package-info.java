/**
 * The loop and the provider, as far as they can be tested without rights; the rest is in the live tests of examples.
 */
package org.vrrp4j.netty;
