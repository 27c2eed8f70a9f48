/**
 * Sentences about two and three hosts, about hosts whose world falls apart at random, and about the simulator itself.
 */
package org.vrrp4j.sim;
