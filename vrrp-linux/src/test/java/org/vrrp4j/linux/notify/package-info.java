/** Notify scripts and pipes, with real programs. */
package org.vrrp4j.linux.notify;
