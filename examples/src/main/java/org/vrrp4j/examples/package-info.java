/** Small programs that show how vrrp4j is used, each with a main method. */
package org.vrrp4j.examples;
