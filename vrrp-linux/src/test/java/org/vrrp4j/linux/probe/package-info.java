/** Scripts, processes and files of this host, for real. */
package org.vrrp4j.linux.probe;
