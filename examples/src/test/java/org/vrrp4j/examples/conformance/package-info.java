/**
 * Which requirement of the standards is shown by which test: {@code docs/conformance.md} from
 * {@code docs/requirements.txt} and the tests of all modules.
 */
package org.vrrp4j.examples.conformance;
