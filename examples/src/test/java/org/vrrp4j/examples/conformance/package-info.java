/**
 * Which requirement of the standards is shown by which test: {@code docs/conformance.md} from
 * {@code docs/requirements.txt} and the display names and tags of all modules' tests.
 */
package org.vrrp4j.examples.conformance;
