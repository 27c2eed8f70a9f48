/** The small programs do what they say. */
package org.vrrp4j.examples;
