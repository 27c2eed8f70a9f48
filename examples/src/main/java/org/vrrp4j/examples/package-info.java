/**
 * Small programs to start from: {@link org.vrrp4j.examples.HoldVip} holds an address on a real interface,
 * {@link org.vrrp4j.examples.Quickstart} shows two nodes in one JVM without any rights. The command line is in the
 * package {@code cli}.
 */
package org.vrrp4j.examples;
