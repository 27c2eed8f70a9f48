/** The socket of the status, and what it answers. */
package org.vrrp4j.examples.status;
