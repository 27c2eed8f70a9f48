/** Tests of the benchmark's reading, counting and drawing. */
package org.vrrp4j.examples.bench;
