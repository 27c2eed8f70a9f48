/** Microbenchmarks (JMH) of what a node does for each advertisement, with allocation per operation. */
package org.vrrp4j.examples.jmh;
