/** The front door, on a simulated network in real time. */
package org.vrrp4j;
